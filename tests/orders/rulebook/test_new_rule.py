"""A rule that no release ships is written in the portal, and goes the way of any edit."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName
from orders.actions.rule_edits import propose_rule_edit, withdraw_rule_edit
from orders.actions.rule_new import begin_rule
from orders.forms.rule_new import NewRuleForm
from orders.models import RuleEdit
from orders.models.shipped_rules import ShippedRules
from orders.rulebook.content import may_remove, rules_now
from orders.rulebook.files import file_in_force, read_import
from orders.rulebook.in_force import rules_in_force
from orders.rulebook.new_rule import BESIDE, demands_of, free_number, placed, used_numbers
from orders.rulebook.trial import try_edit
from orders.workflow import Refused
from rules.kinds import KINDS
from rules.rule_set import Frame
from rules.slots import is_slot
from tests.builders import client_of, make_staff, post
from tests.orders.rulebook.stage import (
    as_tested,
    put_in_force,
    row_of,
    save,
)
from tests.orders.rulebook.typed import sent_by

pytestmark = pytest.mark.django_db

PAGE = reverse("orders:rule-new")
NUMBER = "44-99"
TEXT = {
    "zh": "负责人未满{years}周岁。",
    "en": "The responsible person is younger than {years}.",
    "remedy_zh": "请更换负责人。",
    "remedy_en": "Name another person.",
}


@pytest.fixture
def writer(author):
    return client_of(author.user)


def second_page(place="44", kind="min_age"):
    return f"{PAGE}?place={place}&kind={kind}"


def typed(place="44", kind="min_age", **changes):
    """What is posted for a rule about age, with `changes` in the place of its answers."""
    form = NewRuleForm(place=place, kind=kind, used=used_numbers())
    day = clock.today()
    answers = {
        "title_zh": "负责人须年满{years}周岁。",
        "title_en": "Responsible persons are {years} or older.",
        "who": ["U"],
        "orders": ["new"],
        "outcome": "block",
        "confidence": "medium",
        "demand": BESIDE,
        "param-years": "20",
        "param-roles": ["principal"],
        "source_title": "示例管局通知",
        "source_retrieved_year": day.year,
        "source_retrieved_month": day.month,
        "source_retrieved_day": day.day,
        "reason": "管局电话答复。",
        **{f"text-default-{part}": words for part, words in TEXT.items()},
    }
    return {**sent_by(form), **answers, **changes}


def ages_asked(place: str) -> set[str]:
    """The rules about the least age that speak to enterprises of a province."""
    frame = Frame(place, "first", "enterprise", "website")
    plan = rules_in_force().plan(frame, clock.today())
    rules = (*plan.order, *plan.service)
    return {rule.row.key for rule in rules if isinstance(rule.kind, KINDS["min_age"])}


# From the list to the rule in force


def test_place_and_kind_are_asked_first_and_decide_what_is_asked_next(writer):
    assert f'href="{PAGE}"' in writer.get(reverse("orders:rules")).text
    start = writer.get(PAGE)
    asked = writer.get(second_page())

    assert f'href="{reverse("orders:rules")}" aria-current="page"' in start.text
    assert list(start.context["form"].fields) == ["place", "kind"]
    assert asked.context["form"]["id"].value() == NUMBER
    assert "param-years" in asked.context["form"].fields
    assert "text-default-zh" in asked.context["form"].fields
    assert "{years}" in asked.text


@pytest.mark.parametrize("query", ["?place=44", "?kind=min_age", "?place=98&kind=x", "?place="])
def test_first_page_says_what_is_missing(writer, query):
    page = writer.get(PAGE + query)

    assert page.context["form"].errors
    assert list(page.context["form"].fields) == ["place", "kind"]


def test_one_can_go_back_to_the_first_page_and_finds_the_answers(writer):
    page = writer.get(f"{second_page()}&back=1")

    assert [page.context["form"][name].value() for name in ("place", "kind")] == ["44", "min_age"]
    assert not page.context["form"].errors


def test_new_rule_is_published_by_a_second_person_from_a_day_on(writer, publisher, author, at):
    post(writer, second_page(), typed(who=["*"]))
    edit = RuleEdit.objects.get()
    assert (edit.rule_key, edit.province, edit.state) == (NUMBER, "44", "draft")
    assert "这是一条新规则" in writer.get(reverse("orders:rule-edit", args=[edit.pk])).text
    tried = try_edit(edit)["samples"]
    assert {"minor", "unit_minor"} <= {each["sample"] for each in tried}
    assert {place for each in tried for place in each["provinces"]} == {"44"}

    put(author, publisher, clock.today() + timedelta(days=1))
    assert NUMBER not in rules_now()

    at(clock.now() + timedelta(days=1))
    assert NUMBER in ages_asked("44")
    assert NUMBER in file_in_force("44")
    assert read_import(file_in_force("44"), "44-guangdong.toml").lines == []
    assert may_remove(NUMBER)


def test_author_cannot_publish_the_rule_he_wrote(writer, author):
    post(writer, second_page(), typed())
    edit = RuleEdit.objects.get()
    edit = as_tested(propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version))

    page = writer.get(reverse("orders:rule-edit", args=[edit.pk]))

    assert "您是修改的作者，须由另一位同事发布。" in page.text


def test_draft_is_opened_again_with_everything_that_was_written(writer):
    post(writer, second_page(), typed())
    edit = RuleEdit.objects.get()

    form = writer.get(reverse("orders:rule-form", args=[NUMBER])).context["form"]
    post(
        writer,
        reverse("orders:rule-form", args=[NUMBER]),
        {**sent_by(form), "param-years": "21", "version": edit.version},
    )

    edit.refresh_from_db()
    assert form["demand"].value() == BESIDE
    assert (edit.row["params"]["years"], edit.row["slot"]) == (21, "min_age.own_44_99")


def test_draft_of_a_kind_this_release_does_not_know_says_so(writer):
    post(writer, second_page(), typed())
    edit = RuleEdit.objects.get()
    RuleEdit.objects.update(row={**edit.row, "kind": "of_the_last_release"})
    address = reverse("orders:rule-form", args=[NUMBER])

    form = writer.get(address).context["form"]
    page = post(writer, address, {**sent_by(form), "version": edit.version})

    assert "of_the_last_release" in str(page.context["form"].errors)


# Its number


def test_numbers_of_the_release_of_kept_ones_and_of_every_edit_are_used(author, publisher):
    withdrawn = save(author.actor, {**row_of(), "id": "44-98", "part": ""})
    withdraw_rule_edit(author.actor, edit_id=withdrawn.pk, version=withdrawn.version)
    content = {"rules": [{"id": "44-97", "part": "photo"}], "words": {}, "suffixes": []}
    ShippedRules.objects.create(version="older", content=content, kept_at=clock.now())

    assert {"44-01", "44-98", "44-97", "N19"} <= used_numbers()
    assert free_number("44", used_numbers()) == "44-99"
    assert free_number("44", {f"44-{number:02}" for number in range(100)}) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("44-01", "规则编号已经用过，请换一个，例如 44-99"),
        ("33-99", "规则编号须写作 44-99 的样子，后两位是 01 至 99"),
        ("44-7", "规则编号须写作 44-99 的样子，后两位是 01 至 99"),
        ("44-00", "规则编号须写作 44-99 的样子，后两位是 01 至 99"),
        ("44-99a", "规则编号须写作 44-99 的样子，后两位是 01 至 99"),
        ("N99", "规则编号须写作 44-99 的样子，后两位是 01 至 99"),
        ("", "请填写规则编号"),
    ],
)
def test_number_that_will_not_do_is_told_beside_it_and_nothing_is_saved(writer, number, words):
    page = post(writer, second_page(), typed(id=number))

    assert page.context["form"].errors == {"id": [words]}
    assert page.context["form"]["param-years"].value() == "20"
    assert not RuleEdit.objects.exists()


def test_place_without_a_free_number_says_so(writer, monkeypatch):
    every = {f"44-{number:02}" for number in range(1, 100)}
    monkeypatch.setattr("orders.views.rule_new.used_numbers", lambda: every)

    page = post(writer, second_page(), typed(id="44-99"))

    assert page.context["form"].errors == {"id": ["规则编号已经用过，44-01 至 44-99 没有空号"]}


def test_number_a_colleague_took_meanwhile_is_told_and_what_was_typed_stays(
    writer, author, publisher, monkeypatch
):
    save(publisher.actor, {**row_of(), "id": NUMBER, "part": ""})
    monkeypatch.setattr("orders.views.rule_new.used_numbers", set)

    page = post(writer, second_page(), typed(id=NUMBER))

    assert page.context["form"].errors == {"id": [f"编号 {NUMBER} 已经用过，请换一个。"]}
    assert page.context["form"]["title_en"].value() == "Responsible persons are {years} or older."


def test_nobody_but_an_operator_begins_a_rule(db):
    reviewer = make_staff(StaffRoleName.REVIEWER)

    with pytest.raises(Refused, match=r"^role: "):
        begin_rule(reviewer.actor, row={"id": NUMBER}, reason="")


# What it stands beside, and what it replaces


def put(author, publisher, day=None):
    edit = RuleEdit.objects.get()
    edit = propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)
    return put_in_force(publisher.actor, edit, day)


@pytest.mark.parametrize(
    ("demand", "silenced", "slot"),
    [(BESIDE, set(), "min_age.own_41_99"), ("min_age", {"N35/adult"}, None)],
)
def test_rule_stands_beside_the_others_or_takes_the_place_of_one(
    writer, author, publisher, demand, silenced, slot
):
    before = ages_asked("41")
    assert before == {"N35/adult", "N35/floor"}

    post(writer, second_page("41"), typed("41", demand=demand))
    edit = put(author, publisher)

    assert ages_asked("41") == before - silenced | {"41-99"}
    assert edit.row.get("slot") == slot


def test_parts_of_one_number_stand_beside_each_other():
    row = row_of()
    slots = {placed(row, BESIDE, f"44-99{part}")["slot"] for part in ("", "/adult", "/floor")}

    assert slots == {f"name_shape.own_44_99{part}" for part in ("", "_adult", "_floor")}
    assert all(map(is_slot, slots))


def test_demands_of_the_kind_come_first(db):
    slots = [slot for slot, _words in demands_of("41", KINDS["min_age"])]

    assert slots[:3] == [BESIDE, "min_age", "min_age.floor"]


def test_additive_kind_replaces_only_the_demand_that_is_chosen(writer):
    answers = {
        "param-areas": ["province"],
        "param-roles": ["principal"],
        "title_zh": "手机号码归属地须为本省。",
        "title_en": "The mobile number belongs to the province.",
        **{f"text-default-{part}": words.replace("{years}", "18") for part, words in TEXT.items()},
    }
    post(writer, second_page(kind="phone_area"), typed(kind="phone_area", **answers))
    chosen = typed(kind="phone_area", id="44-98", demand="N08", **answers)
    post(writer, second_page(kind="phone_area"), chosen)

    beside, instead = (edit.row for edit in RuleEdit.objects.order_by("-rule_key"))
    assert {"slot", "additive"} & set(beside) == set()
    assert (instead["slot"], instead["additive"]) == ("N08", False)


# Mistakes


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"who": []}, "who"),
        ({"demand": ""}, "demand"),
        ({"demand": "nowhere"}, "demand"),
        ({"outcome": ""}, "outcome"),
        ({"confidence": ""}, "confidence"),
        ({"param-years": ""}, "param-years"),
        ({"param-years": "200"}, "param-years"),
        ({"text-default-remedy_en": ""}, "text-default-remedy_en"),
        ({"text-default-zh": "English"}, "text-default-zh"),
        ({"source_title": ""}, "source_title"),
        ({"reason": ""}, "reason"),
    ],
)
def test_mistake_stands_beside_its_field(writer, changes, name):
    page = post(writer, second_page(), typed(**changes))

    assert list(page.context["form"].errors) == [name]
    assert not RuleEdit.objects.exists()


@pytest.mark.parametrize("filler", ["roles", "years_women"])
@pytest.mark.parametrize(
    ("name", "label"), [("title_zh", "要求（中文）"), ("text-default-zh", "提示（中文）")]
)
def test_text_with_a_parameter_that_no_reader_could_read_is_refused(writer, name, label, filler):
    """A list, and a figure that was left empty."""
    changes = {"outcome": "block", "param-years": "65", name: f"负责人不得超过{{{filler}}}周岁。"}

    page = post(writer, second_page(kind="max_age"), typed(kind="max_age", **changes))

    assert page.context["form"].errors == {
        name: [f"{label}：花括号中的名称没有数值可填，请改正或删除：{filler}"]
    }


def test_rule_that_stops_somebody_says_what_is_wrong(writer):
    empty = {f"text-default-{part}": "" for part in TEXT}

    page = post(writer, second_page(), typed(**empty))
    post(writer, second_page(), typed(outcome="ok", **empty))

    assert list(page.context["form"].errors) == list(empty)
    assert RuleEdit.objects.get().row["outcome"] == "ok"


def test_one_finding_can_have_a_text_of_its_own(writer):
    own = {f"text-principal-{part}": words for part, words in TEXT.items()}

    post(writer, second_page(), typed(**own))

    assert set(RuleEdit.objects.get().row["text"]) == {"default", "principal"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(writer, kind):
    page = writer.get(second_page("national", kind))

    assert page.status_code == 200
    assert {f"param-{name}" for name in KINDS[kind].model_fields} <= set(
        page.context["form"].fields
    )
