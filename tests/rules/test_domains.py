"""Domains as typed: at the level that is filed, in both spellings."""

from __future__ import annotations

import pytest

from rules.certificates.problem import Problem
from rules.domains import Domain, read_domain, to_unicode, top_level


@pytest.mark.parametrize(
    ("typed", "ascii_name", "unicode_name", "suffix"),
    [
        ("example.com", "example.com", "example.com", "com"),
        (" Example.COM. ", "example.com", "example.com", "com"),
        ("ｅｘａｍｐｌｅ。com", "example.com", "example.com", "com"),
        ("example.com.cn", "example.com.cn", "example.com.cn", "com.cn"),
        ("示例.中国", "xn--fsq092h.xn--fiqs8s", "示例.中国", "中国"),
        ("xn--fsq092h.xn--fiqs8s", "xn--fsq092h.xn--fiqs8s", "示例.中国", "中国"),
    ],
)
def test_domain_is_read_in_both_spellings(
    typed: str, ascii_name: str, unicode_name: str, suffix: str
) -> None:
    assert read_domain(typed) == Domain(ascii_name, unicode_name, unicode_name, suffix)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://example.com", "domain_shape"),
        ("example.com/shop", "domain_shape"),
        ("exam ple.com", "domain_shape"),
        ("example", "domain_shape"),
        ("com.cn", "domain_shape"),
        ("-example.com", "domain_shape"),
        ("", "domain_shape"),
        ("a" * 64 + ".com", "domain_shape"),
        ("127.0.0.1", "domain_is_address"),
        ("www.example.com", "domain_www"),
        ("www.shop.example.com", "domain_www"),
        ("shop.example.com", "domain_subdomain"),
        ("shop.example.gov.cn", "domain_subdomain"),
    ],
)
def test_what_is_not_filed_is_refused(typed: str, code: str) -> None:
    problem = read_domain(typed)

    assert isinstance(problem, Problem)
    assert problem.code == code


def test_refused_subdomain_is_answered_with_the_name_to_enter() -> None:
    problem = read_domain("www.shop.example.com.cn")

    assert isinstance(problem, Problem)
    assert problem.zh == "域名不能带 www.，请填写 example.com.cn。"


def test_government_files_below_its_domain() -> None:
    domain = read_domain("shui.example.gov.cn", is_government=True)

    assert isinstance(domain, Domain)
    assert (domain.ascii, domain.registrable) == ("shui.example.gov.cn", "example.gov.cn")


@pytest.mark.parametrize(
    ("typed", "approved"),
    [("example.com", True), ("example.com.cn", True), ("示例.公益", True), ("example.hk", False)],
)
def test_approved_suffixes(typed: str, approved: bool) -> None:
    domain = read_domain(typed)

    assert isinstance(domain, Domain)
    assert domain.is_approved is approved


def test_broken_punycode_is_left_as_it_is() -> None:
    assert to_unicode("xn--a") == "xn--a"
    assert top_level("xn--fiqs8s") == "中国"
