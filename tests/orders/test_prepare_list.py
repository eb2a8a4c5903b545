"""What the list of things to prepare says: every demand that holds, once, and nothing beside it."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import translation

from orders.apply.start_options import nature_names
from orders.prepare import checklist
from orders.prepare.checklist import HEADINGS, checklist_of
from orders.prepare.frame import FIRST, ORDERS, Choice
from orders.prepare.items import Checklist, Item
from rules.kinds import KINDS as KINDS_OF_RULES
from rules.loader import shipped_rule_set
from rules.overlay import Overlay, laid_over, table_of
from rules.regions import provinces
from rules.row import RuleRow
from rules.rule_set import RuleSet
from rules.topics import OF_KEEPER, OF_KIND, TOPICS

pytestmark = pytest.mark.django_db


def list_of(frame: str) -> Checklist:
    """The list for "44 personal website first"."""
    return checklist_of(Choice(*frame.split()))


def items_of(frame: str) -> list[Item]:
    return [item for section in list_of(frame).sections for item in section.items]


def texts_of(frame: str) -> list[str]:
    return [item.text for item in items_of(frame)]


def item(frame: str, beginning: str) -> Item:
    [found] = [each for each in items_of(frame) if each.text.startswith(beginning)]
    return found


def section(frame: str, title: str) -> list[str]:
    [found] = [each for each in list_of(frame).sections if str(each.title) == title]
    return [each.text for each in found.items]


def test_natural_person_is_asked_for_no_licence() -> None:
    assert not [text for text in texts_of("44 personal website first") if "执照" in text]


def test_sole_proprietor_brings_the_licence_that_names_an_operator() -> None:
    own = item("33 sole_proprietor website first", "主办单位的证件原件")

    assert own.text == "主办单位的证件原件："
    assert own.papers == ("营业执照（个人或企业）",)


def test_unit_with_several_certificates_brings_one_of_them() -> None:
    own = item("33 enterprise website first", "主办单位的证件原件")

    assert own.text == "主办单位的证件原件，有下列之一即可："
    assert own.papers == ("营业执照（个人或企业）、外国企业常驻代表机构登记证",)


# Which certificates the persons use -------------------------------------------------------------


def test_person_uses_what_the_province_takes_by_where_they_are_at_home() -> None:
    assert item("33 personal website first", "您本人的证件").papers == (
        "内地居民：居民身份证",
        "港澳居民：港澳居民来往内地通行证或港澳居民居住证",
        "台湾居民：台湾居民来往大陆通行证或台湾居民居住证",
        "外国人：护照或外国人永久居留身份证",
    )
    assert "港澳居民：港澳居民居住证" in item("44 personal website first", "您本人的证件").papers


def test_province_of_its_own_mind_about_certificates_is_named_as_the_source() -> None:
    own = item("44 personal website first", "您本人的证件")

    assert own.is_provincial
    assert not item("33 enterprise website first", "每位负责人的证件原件").is_provincial
    assert own.source == "华为云产品文档：ICP备案-广东管局要求（个人用户）"


def test_where_no_rule_limits_certificates_all_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    free = [rule for rule in shipped_rule_set().rules if rule.row.kind != "id_types_by_residency"]
    monkeypatch.setattr(checklist, "rules_in_force", lambda: RuleSet(free, version="free"))

    own = item("44 personal website first", "您本人的证件")
    assert own.papers[1] == "港澳居民：港澳居民来往内地通行证或港澳居民居住证"
    assert own.source == "工业和信息化部备案信息填报要求"


def test_hong_kong_residents_in_beijing_use_the_travel_permit() -> None:
    assert item("11 personal website first", "您本人的证件").papers[1:3] == (
        "香港居民：港澳居民来往内地通行证",
        "澳门居民：港澳居民来往内地通行证或港澳居民居住证",
    )


@pytest.mark.parametrize(
    ("province", "homes"),
    [
        ("13", ["内地居民", "港澳居民", "台湾居民"]),
        ("14", ["内地居民"]),
        ("36", ["内地居民", "港澳居民", "台湾居民"]),
        ("37", ["内地居民"]),
    ],
)
def test_head_from_outside_sends_a_delegate_whose_certificate_is_told(
    province: str, homes: list[str]
) -> None:
    principal = item(f"{province} enterprise website first", "主体负责人的证件原件")

    assert [line.split("：")[0] for line in principal.papers] == homes


def test_residence_permits_a_province_advises_against_are_not_named() -> None:
    lines = item("53 personal website first", "您本人的证件").papers

    assert "台湾居民：台湾居民来往大陆通行证" in lines


# What cannot be filed ----------------------------------------------------------------------------


def test_nature_that_cannot_file_is_told_so_and_nothing_else() -> None:
    told = list_of("33 overseas_body website first")
    [only] = [each for found in told.sections for each in found.items]

    assert only.text.startswith("境外机构须凭在中国境内核发的证件备案")
    assert only.source == "华为云备案帮助中心：非大陆企业备案"
    assert not told.can_start


def test_kind_that_cannot_be_filed_here_yet_is_told_first() -> None:
    told = list_of("44 enterprise app first")

    assert told.sections[0].items[0].text.startswith("本平台暂未开放此类备案")
    assert len(told.sections) > 1
    assert not told.can_start


@pytest.mark.parametrize(("province", "takes"), [("52", True), ("44", True), ("46", False)])
def test_list_tells_first_whether_the_province_takes_migrations(province: str, takes: bool) -> None:
    told = list_of(f"{province} enterprise website migrate")
    first = told.sections[0].items[0]

    assert first.text.startswith("这个省份目前不支持") is not takes
    assert (len(told.sections) > 1) is takes


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ("52 personal website migrate", "不能迁移到个人主体"),
        ("52 enterprise app migrate", "APP 备案不能迁移"),
    ],
)
def test_migration_nobody_takes_is_told_alone(frame: str, words: str) -> None:
    [only] = items_of(frame)

    assert words in only.text
    assert only.papers[0].startswith("请注销")


# What is said once, and to whom ------------------------------------------------------------------


@pytest.mark.parametrize("province", provinces())
def test_every_list_has_each_demand_once_and_one_least_age(province: str) -> None:
    websites = product(nature_names(), ["website"], ORDERS)
    apps = product(nature_names(), ["app"], [FIRST])
    for nature, kind, order in [*websites, *apps]:
        texts = texts_of(f"{province} {nature} {kind} {order}")
        assert texts
        assert len(texts) == len(set(texts)), (nature, kind, order)
        ages = [text for text in texts if "岁" in text and ("不得未满" in text or "应年满" in text)]
        assert len(ages) <= 1, (nature, kind, order, ages)


def test_floor_is_told_where_the_province_takes_minors_with_a_proof() -> None:
    assert "负责人不得未满 14 周岁。" in texts_of("22 enterprise website first")
    assert "申请人不得未满 14 周岁。" not in texts_of("44 personal website first")


def test_demand_for_reviewers_only_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    [rule] = [rule for rule in shipped_rule_set().rules if rule.row.key == "44-17"]
    assert rule.row.title.zh in texts_of("44 enterprise website first")
    row = {**table_of(rule), "audience": "reviewer"}
    edited = laid_over(shipped_rule_set(), [Overlay("44-17", row)]).rule_set
    monkeypatch.setattr(checklist, "rules_in_force", lambda: edited)

    assert rule.row.title.zh not in texts_of("44 enterprise website first")


def test_same_demand_of_both_persons_is_told_once_of_each() -> None:
    texts = texts_of("44 enterprise website first")

    assert "每位负责人的证件剩余有效期应不少于 3 个月。" in texts
    assert "互联网信息服务负责人的证件剩余有效期应不少于 3 个月。" not in texts


def test_same_demand_of_both_persons_is_told_once_in_english() -> None:
    with translation.override("en"):
        texts = texts_of("44 enterprise website first")

    assert "Each responsible person's ID must be valid for 3 more months." in texts


@pytest.mark.parametrize(
    ("nature", "head"),
    [
        ("enterprise", "法定代表人"),
        ("government", "证件上的负责人"),
        ("law_practice", "证件上的负责人"),
        ("sole_proprietor", "经营者"),
    ],
)
def test_head_of_the_unit_has_the_name_its_certificate_gives(nature: str, head: str) -> None:
    texts = texts_of(f"44 {nature} website first")

    assert f"单位的主体负责人应为{head}。" in texts
    assert head == "法定代表人" or not [text for text in texts if "法定代表人" in text]


def test_papers_have_the_same_word_for_the_head() -> None:
    own = item("31 government website first", "主体证件上为中文姓名")

    assert own.papers == ("证件上的负责人中外文姓名为同一人的说明",)


def test_only_what_can_be_got_ready_has_a_box_to_tick() -> None:
    boxless = [each.text for each in items_of("44 enterprise app first") if not each.is_ticked]

    assert boxless[0].startswith("本平台暂未开放")
    assert boxless[1:] == section("44 enterprise app first", "要多久")


def test_enterprise_is_not_told_how_natural_persons_change() -> None:
    changes = texts_of("11 enterprise website change_subject")
    own = texts_of("11 personal website change_subject")

    assert not [text for text in changes if "个人备案" in text]
    assert "个人备案不能变更主体性质和姓名，需注销后重新备案。" in own


@pytest.mark.parametrize("nature", ["government", "law_practice", "religious_body"])
@pytest.mark.parametrize("province", ["15", "31", "50", "51"])
def test_unit_without_a_licence_is_not_asked_for_one(province: str, nature: str) -> None:
    texts = texts_of(f"{province} {nature} website first")

    assert not [text for text in texts if "营业执照" in text or "网店" in text or "贸易" in text]
    assert not [text for text in texts if text.startswith("执照") or "工商" in text]


# Papers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "beginning", "lines"),
    [
        (
            "44 personal website first",
            "证件不属于广东",
            ("之一：居住证和居住证状态证明；房产证；社保证明",),
        ),
        (
            "33 enterprise website first",
            "经营范围含有前置审批",
            (
                "之一：前置审批文件、不涉及前置审批承诺书、金融管理部门审批文件、"
                "互联网宗教信息服务许可证",
            ),
        ),
        (
            "33 enterprise website first",
            "网站名称应与单位名称或商标有关",
            ("有下列文件的除外：商标注册证",),
        ),
        (
            "32 enterprise website first",
            "互联网信息服务负责人应签署",
            ("真实性责任告知书（江苏）、真实性承诺书（江苏）",),
        ),
        ("44 personal website first", "去掉后缀后不同的域名", ()),
        ("31 personal website first", "居住证剩余有效期应多于", ()),
    ],
)
def test_papers_say_whether_all_or_one_of_them_is_asked_for(
    frame: str, beginning: str, lines: tuple[str, ...]
) -> None:
    assert item(frame, beginning).papers == lines


# Headings, figures and what follows ---------------------------------------------------------------


def test_every_kind_of_rule_stands_under_a_heading() -> None:
    keepers = set(RuleRow.model_fields["enforced_by"].annotation.__args__) - {"rules"}

    assert OF_KIND.keys() == KINDS_OF_RULES.keys()
    assert OF_KEEPER.keys() == keepers
    assert {*OF_KIND.values(), *OF_KEEPER.values()} <= set(TOPICS)
    assert HEADINGS.keys() == set(TOPICS)


def test_demand_kept_by_a_form_stands_where_somebody_looks_for_it() -> None:
    forms = [rule for rule in shipped_rule_set().rules if rule.row.enforced_by == "forms"]

    assert all(rule.row.topic is not None for rule in forms)
    assert "每个个人网站只填写一个首页网址。" in section("44 personal website first", "名称和内容")


def test_times_are_those_of_the_settings_each_with_its_source(change_setting) -> None:
    change_setting("review.initial_working_days", 7, province="44")
    change_setting("sms.code_hours", 12, province="44")
    times = section("44 personal website first", "要多久")

    assert "初审需 1–7 个工作日。" in times
    assert "初审需 1–2 个工作日。" in section("33 personal website first", "要多久")
    assert [text for text in times if "12381" in text and "12 小时内" in text]
    assert item("44 personal website first", "管局审核需").source.startswith("华为云")


def test_server_is_told_with_its_figures(change_setting) -> None:
    change_setting("resource.rental_months", 6)
    change_setting("resource.services_per_server", 4)

    [server] = [text for text in texts_of("44 personal website first") if "服务器在" in text]
    assert "满 6 个月" in server
    assert "最多备案 4 个服务" in server
    assert "最多生成 5 个备案授权码" in server


def test_number_of_services_is_advised_and_a_province_without_a_total_says_so() -> None:
    assert "个人一个订单宜只提交 1 个互联网信息服务。" in texts_of("33 personal website first")
    assert "单位一个订单提交的互联网信息服务不宜超过 3 至 5 个。" in texts_of(
        "33 enterprise website first"
    )
    assert "广东的个人主体可以备案 5 个以上的互联网信息服务。" in section(
        "44 personal website first", "数量"
    )


@pytest.mark.parametrize("province", ["33", "44"])
def test_app_shows_its_number_inside_and_a_website_at_its_foot(province: str) -> None:
    [of_app] = section(f"{province} enterprise app first", "办理中和办好后")
    [of_website] = section(f"{province} enterprise website first", "办理中和办好后")

    assert of_app.startswith("APP 应在“设置”或“关于”页面标明备案号")
    assert of_website.startswith("网站底部应标明")
    assert ("主体备案号" in of_website) is (province == "44")


def test_everything_demanded_has_a_source() -> None:
    own = "本平台办理范围"
    for frame in ("44 enterprise app first", "31 government website change_filing"):
        assert all(each.source for each in items_of(frame))
        assert all(each.retrieved for each in items_of(frame) if each.source != own)
