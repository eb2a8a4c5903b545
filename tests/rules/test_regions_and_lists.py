"""Provinces, cities and the ministry's lists are complete and consistent."""

from __future__ import annotations

import pytest

from rules.certificates.check import FORMATS
from rules.enumerations import (
    certificate_type,
    certificate_types,
    content_categories,
    nature,
    natures,
    personal_certificate_types,
    pre_approvals,
    resource_kinds,
)
from rules.enumerations.loader import read_list
from rules.regions import (
    UnknownRegion,
    cities_of,
    city,
    city_of_credit_code,
    province,
    provinces,
    region_name,
)
from rules.vocabulary import RESIDENCIES

LISTS = (
    "natures",
    "certificates",
    "personal_certificates",
    "content_categories",
    "languages",
    "pre_approvals",
    "resource_kinds",
    "app_platforms",
)


def test_there_are_31_provinces_with_prefixes_of_their_own() -> None:
    assert len(provinces()) == 31
    assert "".join(sorted(row.prefix for row in provinces().values())) == "".join(
        sorted("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇藏陕陇青宁新")
    )


def test_prefix_is_the_one_of_filing_numbers_not_of_number_plates() -> None:
    assert (province("51").prefix, province("62").prefix) == ("蜀", "陇")


def test_unknown_province_is_refused() -> None:
    with pytest.raises(UnknownRegion):
        province("71")


def test_every_province_has_cities() -> None:
    assert min(len(cities_of(code)) for code in provinces()) == 1
    assert [place.zh for place in cities_of("11")] == ["北京市"]
    assert len(cities_of("33")) == 11


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("33", "浙江省", "Zhejiang"),
        ("3301", "浙江省杭州市", "Hangzhou, Zhejiang"),
        ("3101", "上海市", "Shanghai"),
        ("419001", "河南省济源市", "Jiyuan, Henan"),
        ("99", "99", "99"),
    ],
)
def test_region_is_named_in_both_languages(code: str, zh: str, en: str) -> None:
    assert (region_name(code), region_name(code, "en")) == (zh, en)


def test_credit_code_tells_the_city() -> None:
    assert city_of_credit_code("91330100MA00000000") == "3301"
    assert city_of_credit_code("91990100MA00000000") is None


def test_unknown_city_is_none() -> None:
    assert city("9901") is None


@pytest.mark.parametrize("name", LISTS)
def test_list_has_words_in_both_languages(name: str) -> None:
    for entry in read_list(name):
        assert entry.label("zh-hans") == entry.zh
        assert entry.label("en") == entry.en
        assert entry.zh
        assert entry.en


def test_every_certificate_belongs_to_a_nature_and_has_a_number_format() -> None:
    keys = {entry.key for entry in natures()}
    certificates = read_list("certificates")

    assert {entry.more["nature"] for entry in certificates} == keys
    assert {entry.more["format"] for entry in certificates} <= FORMATS


def test_enterprise_is_offered_the_merged_licence_and_not_the_organisation_code() -> None:
    assert [entry.key for entry in certificate_types("enterprise")] == [
        "business_licence",
        "foreign_representative_registration",
    ]
    organisation_code = certificate_type("organisation_code_enterprise")
    assert organisation_code is not None
    assert not organisation_code.active


@pytest.mark.parametrize("residency", RESIDENCIES)
def test_every_residency_has_a_certificate(residency: str) -> None:
    assert personal_certificate_types(residency) != ()


def test_temporary_id_card_is_not_offered() -> None:
    assert [entry.key for entry in personal_certificate_types("mainland")] == ["id_card"]


def test_person_chooses_between_two_contents() -> None:
    assert [entry.key for entry in content_categories("personal")] == ["blog", "other"]
    assert len(content_categories("enterprise")) == 24


def test_nature_is_found_by_key_and_by_ministry_code() -> None:
    assert nature("4") == nature("enterprise")
    assert nature("company") is None


def test_explicit_none_ends_the_pre_approvals() -> None:
    assert pre_approvals()[-1].key == "none"


def test_refused_resources_say_why() -> None:
    refused = [entry for entry in resource_kinds() if not entry.more["eligible"]]

    assert [entry.key for entry in refused] == ["elastic_ip", "load_balancer", "cdn"]
    assert all(entry.more["condition_zh"] for entry in refused)
