"""Certificate numbers. All numbers are fictitious; only their arithmetic is right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.certificates import CheckedNumber, check_number, read_id_card
from rules.certificates.check import FORMATS
from rules.certificates.credit_code import ALPHABET, check_character, organisation_part_fits
from rules.certificates.id_card import check_digit
from rules.certificates.legacy import licence_check, organisation_code_check

BODY = st.text(alphabet=ALPHABET, min_size=17, max_size=17)
TODAY = date(2026, 11, 16)


def problem_code(number_format: str, value: str) -> str | None:
    checked = check_number(number_format, value, today=TODAY)
    return checked.problem.code if checked.problem else None


def credit_code(body: str) -> str:
    return body + check_character(body)


def id_number(body: str) -> str:
    return body + check_digit(body)


SAMPLE_CODE = credit_code("91330100MA0000000")
SAMPLE_ID = id_number("33010019850505001")


@pytest.mark.parametrize(
    ("number_format", "value", "code"),
    [
        ("credit_code", SAMPLE_CODE, None),
        ("credit_code", SAMPLE_CODE.lower(), None),
        ("credit_code", f" {SAMPLE_CODE[:8]}-{SAMPLE_CODE[8:]} ", None),
        ("credit_code", SAMPLE_CODE[:-1], "credit_code_length"),
        ("credit_code", "O" + SAMPLE_CODE[1:], "credit_code_letter"),
        ("credit_code", "中" + SAMPLE_CODE[1:], "credit_code_character"),
        ("credit_code", "8" + SAMPLE_CODE[1:], "credit_code_check"),
        ("credit_code", "330100000000000", "legacy_licence"),
        ("legacy_licence", "110108000000016", None),
        ("legacy_licence", "110108000000017", "legacy_licence"),
        ("organisation_code", "00000000-0", None),
        ("organisation_code", "00000001-0", "organisation_code"),
        ("organisation_code", "0000000", "organisation_code"),
        ("id_card", SAMPLE_ID, None),
        ("id_card", SAMPLE_ID[:-1] + ("0" if SAMPLE_ID[-1] != "0" else "1"), "id_card_check"),
        ("id_card", "330100850505001", "id_card_first_generation"),
        ("id_card", SAMPLE_ID[:-1], "id_card_shape"),
        ("id_card", id_number("99010019850505001"), "id_card_region"),
        ("id_card", id_number("33010019850230001"), "id_card_date"),
        ("id_card", id_number("33010020261117001"), "id_card_date"),
        ("hk_macau_permit", "H12345678", None),
        ("hk_macau_permit", "h1234567801", None),
        ("hk_macau_permit", "A12345678", "hk_macau_permit"),
        ("taiwan_permit", "12345678", None),
        ("taiwan_permit", "1234567", "taiwan_permit"),
        ("residence_permit", id_number("81000019850505001"), None),
        ("residence_permit", SAMPLE_ID, "residence_permit"),
        ("residence_permit", id_number("81000019850505001")[:-1] + "?", "residence_permit"),
        ("passport", "E12345678", None),
        ("passport", "E123", "passport"),
        ("passport", "AAAAA", "passport"),
        ("passport", "123456789", None),
        ("permanent_residence", "ABC123456789012", None),
        ("permanent_residence", id_number("91115619850505001"), None),
        ("permanent_residence", "ABC", "permanent_residence"),
        ("free_text", "示例字第 001 号", None),
        ("free_text", "", "certificate_number_length"),
    ],
)
def test_certificate_number(number_format: str, value: str, code: str | None) -> None:
    assert problem_code(number_format, value) == code


def test_credit_code_tells_the_province_that_issued_it() -> None:
    assert check_number("credit_code", SAMPLE_CODE) == CheckedNumber(
        SAMPLE_CODE, None, province="33"
    )


def test_old_licence_number_in_the_new_field_is_accepted_and_marked() -> None:
    checked = check_number("credit_code", "110108000000016")

    assert (checked.problem, checked.is_legacy) == (None, True)


def test_id_number_tells_birth_date_sex_and_region() -> None:
    card = read_id_card(SAMPLE_ID)

    assert card is not None
    assert (card.birth_date, card.sex, card.province) == (date(1985, 5, 5), "male", "33")


def test_faulty_id_number_tells_nothing() -> None:
    assert read_id_card(SAMPLE_ID[:-2] + "00") is None


@given(BODY)
def test_one_wrong_character_never_passes_in_a_credit_code(body: str) -> None:
    good = credit_code(body)
    for place in range(18):
        wrong = ALPHABET[(ALPHABET.index(good[place]) + 1) % 31]

        assert problem_code("credit_code", good[:place] + wrong + good[place + 1 :]) is not None


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_real_birth_date_makes_an_id_number(born: date, serial: int) -> None:
    number = id_number(f"330100{born:%Y%m%d}{serial:03}")

    assert problem_code("id_card", number) is None


@given(st.text(max_size=20), st.sampled_from(sorted(FORMATS)))
def test_any_text_is_judged_without_an_error(value: str, number_format: str) -> None:
    check_number(number_format, value, today=TODAY)


def test_organisation_part_is_a_second_check() -> None:
    organisation = "00000000" + organisation_code_check("00000000")

    assert organisation_part_fits(credit_code("91330100" + organisation))
    assert not organisation_part_fits(credit_code("91330100" + "000000001"))


def test_licence_check_digit_of_the_standard_example() -> None:
    assert licence_check("11010800000001") == "6"
