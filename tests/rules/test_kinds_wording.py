"""Words in names, business scopes, domains and remarks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask, refusal

GAMES: dict[str, Any] = {
    "fields": ["domain.name"],
    "words": "games",
    "any_of": ["pre_approval"],
    "categories": ["online_games"],
    "waived_by_remark": "no_games_statements",
}
PLAIN: dict[str, Any] = {"domain.name": "example.com", "service.content_category": "blog"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"domain.name": "mygame.com"}, [("domain.name", "pre_approval")]),
        ({"domain.name": "example.games"}, []),  # the suffix is not the applicant's word
        (
            {"service.content_category": "online_games"},
            [("service.content_category", "pre_approval")],
        ),
        ({"domain.name": "mygame.com", "service.remarks": "本站不涉及游戏"}, []),
        (
            {"domain.name": "mygame.com", "service.remarks": "读书笔记"},
            [("domain.name", "pre_approval")],
        ),
        ({"service.content_category": "unknown"}, [("service.content_category",)]),
    ],
)
def test_games_in_domain_or_content_unless_the_remarks_deny_them(
    changes: dict[str, Any], expected: list[Any]
) -> None:
    assert ask("keyword_trigger", GAMES, {**PLAIN, **changes}) == expected


SCOPE = "subject.business_scope"
TICKED = "service.pre_approval_ticked"


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        (["none"], [(SCOPE, None)]),
        ([], [(SCOPE, None)]),
        (["finance"], []),
        (None, [(TICKED,)]),
    ],
)
def test_item_of_the_scope_that_no_paper_settles_unless_it_is_ticked(
    ticked: list[str] | None, expected: list[Any]
) -> None:
    params = {"fields": [SCOPE], "words": "finance", "unless_ticked": True}

    assert ask("keyword_trigger", params, {SCOPE: "投资管理", TICKED: ticked}) == expected


@pytest.mark.parametrize(
    ("ticked", "materials", "expected"),
    [
        (["religion"], (), [(SCOPE, "religion_licence")]),
        (["none"], ("religion_licence",), [("not_ticked", None)]),
        (["none"], (), [(SCOPE, "religion_licence"), ("not_ticked", None)]),
        (["religion"], ("religion_licence",), []),
        (None, ("religion_licence",), [(TICKED,)]),
    ],
)
def test_box_to_tick_besides_the_licence(
    ticked: list[str] | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "fields": [SCOPE],
        "words": "religion",
        "any_of": ["religion_licence"],
        "must_tick": "religion",
    }
    facts = {SCOPE: "宗教用品销售", TICKED: ticked}

    assert ask("keyword_trigger", params, facts, materials=materials) == expected


@pytest.mark.parametrize("materials", [("finance_approval",), ("finance_pledge",)])
def test_paper_of_a_province_settles_a_word_without_being_asked_for(
    materials: tuple[str, ...],
) -> None:
    papers = {"any_of": ["finance_approval"], "settled_by": ["finance_pledge"]}
    word = {"fields": [SCOPE], "words": "finance", **papers}

    assert ask("keyword_trigger", word, {SCOPE: "理财"}) == [(SCOPE, "finance_approval")]
    assert ask("keyword_trigger", word, {SCOPE: "理财"}, materials=materials) == []
    assert ask("pre_approval_ticked", papers, {TICKED: ["finance"]}) != []
    assert ask("pre_approval_ticked", papers, {TICKED: ["finance"]}, materials=materials) == []


def test_paper_that_settles_stands_beside_papers_to_ask_for() -> None:
    params = {"fields": [SCOPE], "words": "finance", "settled_by": ["finance_pledge"]}

    assert "settled_by adds to any_of" in refusal("keyword_trigger", params)


@pytest.mark.parametrize(
    ("materials", "expected"),
    [
        ((), [(SCOPE, "finance_approval")]),
        (("finance_pledge",), [(SCOPE, "provider_pledge")]),
        (("provider_pledge",), [(SCOPE, "finance_pledge")]),
        (("finance_pledge", "provider_pledge"), []),
        (("finance_approval",), []),
        (("fund_listing",), []),
    ],
)
def test_set_of_papers_stands_for_the_approval_when_it_is_whole(
    materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "fields": [SCOPE],
        "words": "finance",
        "any_of": ["finance_approval"],
        "sets": [["finance_pledge", "provider_pledge"]],
        "settled_by": ["fund_listing"],
    }

    assert ask("keyword_trigger", params, {SCOPE: "理财"}, materials=materials) == expected


def test_every_paper_a_word_asks_for() -> None:
    params = {
        "fields": ["subject.name"],
        "words": "medical",
        "all_of": ["pre_approval", "site_plan"],
    }
    facts = {"subject.name": "示例医院"}

    assert ask("keyword_trigger", params, facts, materials=("site_plan",)) == [
        ("subject.name", "pre_approval")
    ]
    assert ask("keyword_trigger", params, {"subject.name": "示例宠物医院"}) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("示例科技", [("service.name", "finance_approval")]),
        ("示例银行", []),
        (None, [("subject.name",)]),
    ],
)
def test_word_does_not_count_for_subjects_it_belongs_to(
    name: str | None, expected: list[Any]
) -> None:
    params = {
        "fields": ["service.name"],
        "words": "finance",
        "any_of": ["finance_approval"],
        "except_subjects": "banks",
    }
    facts = {"service.name": "示例理财", "subject.name": name}

    assert ask("keyword_trigger", params, facts) == expected


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [(["religion"], [("ticked", "religion_licence")]), (["games"], []), (None, [(TICKED,)])],
)
def test_one_ticked_field_asks_for_its_own_paper(
    ticked: list[str] | None, expected: list[Any]
) -> None:
    params = {"any_of": ["religion_licence"], "only": ["religion"]}

    assert ask("pre_approval_ticked", params, {TICKED: ticked}) == expected


@pytest.mark.parametrize(
    ("params", "name", "expected"),
    [
        ({"signs": ["latin"]}, "示例Tech", [("latin", None)]),
        ({"signs": ["latin"]}, "示例2026", []),
        ({"signs": ["only_latin"]}, "示例Tech", []),
        ({"signs": ["person_name"]}, "张示例的笔记", [("person_name", None)]),
        ({"signs": ["person_name"]}, "示例笔记", []),
        ({"signs": [], "min_chinese": 3}, "读书A", [("too_few_chinese", None)]),
        ({"signs": [], "min_chinese": 3}, "读书录", []),
        ({"signs": []}, "A", []),
        ({"signs": ["latin"]}, None, [("service.name",)]),
    ],
)
def test_shape_of_a_name(params: dict[str, Any], name: str | None, expected: list[Any]) -> None:
    person = {"subject.nature": "personal", "subject.name": "张示例"}

    assert ask("name_shape", params, {**person, "service.name": name}) == expected


def test_person_whose_name_is_not_known_is_asked_for() -> None:
    person = {"subject.nature": "personal", "service.name": "山间读书笔记"}

    assert ask("name_shape", {"signs": ["person_name"]}, person) == [("subject.name",)]


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("example.com", "domain"),
        ("example.com官网", "domain"),
        ("官网example.CN", "domain"),
        ("示例No.1", None),
    ],
)
def test_domain_inside_a_name_is_told_as_a_domain(name: str, sign: str | None) -> None:
    found = ask("name_shape", {"signs": ["domain"]}, {"service.name": name})

    assert found == ([(sign, None)] if sign else [])


def test_name_of_a_unit_is_no_name_of_a_person() -> None:
    unit = {"subject.nature": "enterprise", "subject.name": "示例科技", "service.name": "示例科技"}

    assert ask("name_shape", {"signs": ["person_name"]}, unit) == []


PLACES = {"words": "administrative_regions", "whole": True, "tails": ["网", "网站"]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("怒江网", [("word", None)]),
        ("怒江", [("word", None)]),
        ("怒江网站", [("word", None)]),
        ("怒江茶叶网", []),
        (None, [("service.name",)]),
    ],
)
def test_name_that_is_nothing_but_a_place(name: str | None, expected: list[Any]) -> None:
    assert ask("name_words", PLACES, {"service.name": name}) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("小小中国", [("word", None)]),
        ("信访小站", [("word", None)]),
        ("我的信访", []),
        ("山间笔记", []),
    ],
)
def test_some_words_count_everywhere_and_others_at_the_head(name: str, expected: list[Any]) -> None:
    params = {"words": "national_words", "heads": "national_heads"}

    assert ask("name_words", params, {"service.name": name}) == expected


@pytest.mark.parametrize(
    ("name", "subject", "expected"),
    [
        ("示例网络论坛", "示例网络公司", [("word", None)]),  # the forum
        ("示例网络", "示例网络公司", []),
        ("示例网络", "示例公司", [("word", None)]),
        ("示例理财", "示例公司", [("word", None)]),  # of the other list
        ("示例网络", None, [("subject.name",)]),
        ("山间笔记", None, []),
    ],
)
def test_words_of_several_lists_but_of_the_own_name(
    name: str, subject: str | None, expected: list[Any]
) -> None:
    params = {"words": "discouraged_names", "more_words": ["finance"], "except_own_name": True}

    assert ask("name_words", params, {"service.name": name, "subject.name": subject}) == expected


def test_place_is_permitted_by_its_paper() -> None:
    params = {**PLACES, "unless": ["national_name_proof"]}

    assert ask("name_words", params, {"service.name": "怒江网"}) == [
        ("word", "national_name_proof")
    ]
    assert (
        ask("name_words", params, {"service.name": "怒江网"}, materials=("national_name_proof",))
        == []
    )


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("中国示例.中国", [("domain.name", None)]),
        ("xn--fiqs8s.xn--fiqs8s", [("domain.name", None)]),
        ("示例中国.中国", []),
        ("中国示例.com", []),
        (None, [("domain.name",)]),
    ],
)
def test_words_at_the_head_of_a_domain(domain: str | None, expected: list[Any]) -> None:
    params = {
        "words": "national_words",
        "fields": ["domain.name"],
        "at_head": True,
        "only_suffixes": ["中国"],
    }

    assert ask("name_words", params, {"domain.name": domain}) == expected


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        (True, [("used_twice", None)]),
        (False, []),
        (None, [("service.name_used_by_own_service",)]),
    ],
)
def test_name_that_another_service_bears(used: bool | None, expected: list[Any]) -> None:
    assert ask("name_unique", {}, {"service.name_used_by_own_service": used}) == expected


REMARK: dict[str, Any] = {
    "service.remark_length": 30,
    "service.remark_has_personal_declaration": True,
    "service.remarks": "示例域名不涉及前置审批",
}


@pytest.mark.parametrize(
    ("params", "changes", "expected"),
    [
        ({"min_length": 30}, {}, []),
        ({"min_length": 30}, {"service.remark_length": 29}, [("too_short", None)]),
        ({"min_length": 30}, {"service.remark_length": None}, [("service.remark_length",)]),
        ({"personal_declaration": True}, {}, []),
        (
            {"personal_declaration": True},
            {"service.remark_has_personal_declaration": False},
            [("declaration_missing", None)],
        ),
        (
            {"personal_declaration": True},
            {"service.remark_has_personal_declaration": None},
            [("service.remark_has_personal_declaration",)],
        ),
        ({"must_contain": "pre_approval_statements"}, {}, []),
        (
            {"must_contain": "pre_approval_statements"},
            {"service.remarks": "读书笔记"},
            [("words_missing", None)],
        ),
        (
            {"must_contain": "pre_approval_statements"},
            {"service.remarks": None},
            [("service.remarks",)],
        ),
        (
            {"min_length": 31, "subject_words": "medical"},
            {"subject.name": "示例医院"},
            [("too_short", None)],
        ),
        ({"min_length": 31, "subject_words": "medical"}, {"subject.name": "示例公司"}, []),
        ({"min_length": 31, "subject_words": "medical"}, {}, [("subject.name",)]),
    ],
)
def test_what_the_remarks_say(
    params: dict[str, Any], changes: dict[str, Any], expected: list[Any]
) -> None:
    assert ask("remark_rule", params, {**REMARK, **changes}) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("blog", [("too_short", None)]), ("other", []), (None, [("too_short", None)])],
)
def test_remark_that_another_rule_asks_for_is_left_to_it(
    chosen: str | None, expected: list[Any]
) -> None:
    params = {"min_length": 1, "unless_contents": ["other"]}
    facts = {"service.remark_length": 0, "service.content_category": chosen}

    assert ask("remark_rule", params, facts) == expected


@pytest.mark.parametrize(
    ("chosen", "remark", "materials", "expected"),
    [
        ("blog", "读书", (), [("not_allowed", "pre_approval")]),
        ("blog", "读书", ("pre_approval",), []),
        ("other", "读书论坛", (), [("remark_word", None)]),
        ("other", "读书，不涉及论坛", (), []),
        ("other", None, (), [("service.remarks",)]),
    ],
)
def test_content_that_an_approval_permits_and_words_of_the_remarks(
    chosen: str, remark: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"deny": ["blog"], "remark_words": "forum_or_blog", "unless": ["pre_approval"]}
    facts = {"service.content_category": chosen, "service.remarks": remark}

    assert ask("content_category_rule", params, facts, materials=materials) == expected
