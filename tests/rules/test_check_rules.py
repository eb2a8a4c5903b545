"""`manage.py check_rules`: JSON in, one JSON line per order out, nothing half-printed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.rules.cases import CLEAN_ENTERPRISE

ORDER: dict[str, Any] = {
    "id": "示例-1",
    "province": "33",
    "order_type": "first",
    "facts": {**CLEAN_ENTERPRISE, "principal.birth_date": "2008-03-03"},
    "materials": [],
}


def run(folder: Path, content: object) -> list[dict[str, Any]]:
    file = folder / "orders.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    printed = StringIO()
    call_command("check_rules", str(file), "--today", "2026-03-02", stdout=printed)
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def test_finding_is_printed_with_its_parts(tmp_path: Path) -> None:
    (result,) = run(tmp_path, ORDER)

    (finding,) = [found for found in result["findings"] if found["outcome"] == "block"]
    assert result["id"] == "示例-1"
    assert finding["message"] == {
        "zh": "主体负责人未满 18 周岁。",
        "en": "The subject's responsible person is younger than 18.",
    }
    assert (finding["rule"], finding["kind"], finding["facts"], finding["about"]) == (
        "33-08",
        "min_age",
        ["principal.birth_date"],
        "principal",
    )
    assert finding["material"] is None
    assert finding["source"]["retrieved"] == "2026-11-16"


def test_list_gives_one_line_each(tmp_path: Path) -> None:
    results = run(tmp_path, [ORDER, {**ORDER, "id": "示例-2"}])

    assert [result["id"] for result in results] == ["示例-1", "示例-2"]


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ({"facts": {"subject.colour": "red"}}, 'unknown fact "subject.colour"'),
        ({"facts": {"subject.has_seal": 1}}, 'fact "subject.has_seal" must be true or false'),
        ({"facts": []}, "facts must be an object"),
        ({"province": "99"}, 'unknown province "99"'),
        ({"province": 33}, "province must be a string"),
        ({"order_type": "second"}, 'unknown order type "second"'),
        ({"materials": "residence_permit"}, "materials must be a list"),
        ({"id": "\ud800"}, "'id' holds half of a character"),
        ({"facts": {"subject.name": "\ud800"}}, "'subject.name' holds half of a character"),
        ({"id": float("nan")}, "NaN is no number"),
        (
            {"facts": {"domain.realname_passed_on": "9999-12-30"}},
            'fact "domain.realname_passed_on" must be a date up to 9800-12-31',
        ),
        (
            {"facts": {"principal.birth_date": "1990-W10-1"}},
            'fact "principal.birth_date" must be a date YYYY-MM-DD',
        ),
    ],
)
def test_bad_input_ends_with_status_2_and_prints_nothing(
    tmp_path: Path, broken: dict[str, Any], complaint: str
) -> None:
    file = tmp_path / "orders.json"
    file.write_text(json.dumps([ORDER, {**ORDER, **broken}]), encoding="utf-8")
    printed = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("check_rules", str(file), stdout=printed)

    assert refusal.value.returncode == 2
    assert complaint in str(refusal.value)
    assert printed.getvalue() == ""


def test_what_no_rule_knows_is_left_out_and_named(tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    more = {"note": "…", "materials": ["residence_permitt"]}
    file.write_text(json.dumps({**ORDER, **more}), encoding="utf-8")
    printed, warned = StringIO(), StringIO()

    call_command("check_rules", str(file), "--today=2026-03-02", stdout=printed, stderr=warned)

    assert json.loads(printed.getvalue())["findings"] == run(tmp_path, ORDER)[0]["findings"]
    assert warned.getvalue() == "order 示例-1: ignored 'note', 'residence_permitt'\n"


def test_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_text("{", encoding="utf-8")

    with pytest.raises(CommandError, match="no JSON"):
        call_command("check_rules", str(file))


def test_file_nested_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_text("[" * 200_000, encoding="utf-8")

    with pytest.raises(CommandError, match="nested too deep") as refusal:
        call_command("check_rules", str(file))

    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    "number", ["9" * 5000, "1e999", "-1e999"], ids=["digits", "infinite", "negative"]
)
def test_number_beyond_what_can_be_read_is_refused(tmp_path: Path, number: str) -> None:
    file = tmp_path / "orders.json"
    file.write_text(json.dumps({**ORDER, "id": 0}).replace('"id": 0', f'"id": {number}'))

    with pytest.raises(CommandError, match="write it as a string") as refusal:
        call_command("check_rules", str(file))

    assert refusal.value.returncode == 2


def test_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_bytes(b"\xff")

    with pytest.raises(CommandError, match=r"orders\.json: no text in UTF-8"):
        call_command("check_rules", str(file))


@pytest.mark.parametrize("day", ["20260302", "2026-W10-1", "9999-12-31", "soon"])
def test_day_to_judge_by_is_one_of_the_calendar(tmp_path: Path, day: str) -> None:
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        call_command("check_rules", str(tmp_path / "any.json"), "--today", day)


def test_document_valid_to_the_last_day_there_is_counts_as_long_term(tmp_path: Path) -> None:
    facts = {**CLEAN_ENTERPRISE, "subject.doc_expiry": "9999-12-31"}

    (result,) = run(tmp_path, {**ORDER, "facts": facts})

    assert [found for found in result["findings"] if found["outcome"] == "block"] == []


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_rules", str(tmp_path / "nothing.json"))
