"""The list of one choice: demands under headings, each once, each with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.apply.start_options import nature_refusals
from orders.dossier import ENTERPRISE, SOLE_PROPRIETOR
from orders.field_labels import MATERIAL_NAMES
from orders.own_findings import SOURCE
from orders.prepare.frame import Choice
from orders.rulebook.in_force import rules_in_force
from rules.demands import demands_of
from rules.enumerations import certificate_types, personal_certificate_types
from rules.enumerations import nature as find_nature
from rules.rule import Rule
from rules.topics import TOPICS, Topic
from rules.who import PERSONAL

HEADINGS: dict[Topic, LazyText] = {
    "who": _("先确认能不能在这里办理"),
    "people": _("人和电话"),
    "papers": _("证件和文件"),
    "domain": _("域名和服务器"),
    "name": _("名称和内容"),
    "amount": _("数量"),
    "change": _("变更和合并办理"),
    "after": _("办理中和办好后"),
}


class Item(NamedTuple):
    """`papers` are names; a natural person's words where one prepares."""

    text: str
    papers: tuple[str, ...]
    source: str
    retrieved: str
    is_provincial: bool = False
    is_advice: bool = False


@dataclass(frozen=True)
class Section:
    title: LazyText
    items: tuple[Item, ...]


def sections_of(choice: Choice) -> list[Section]:
    """Sections with something in them, in the order in which somebody prepares."""
    items: dict[Topic, dict[str, Item]] = {topic: {} for topic in TOPICS}
    for item in _refusal(choice.nature):
        items["who"][item.text] = item
    for item in _certificates(choice.nature):
        items["papers"].setdefault(item.text, item)
    rules = demands_of(rules_in_force(), choice.frame, clock.today())
    for rule in _told(rules, choice.nature):
        item = _item(rule, choice.nature)
        items[rule.topic].setdefault(item.text, item)
    return [
        Section(HEADINGS[topic], tuple(found.values())) for topic, found in items.items() if found
    ]


def _told(rules: Iterable[Rule], nature: str) -> list[Rule]:
    """Rules an applicant is told of, those of the province first, demands before advice."""
    shown = [
        rule
        for rule in rules
        if rule.row.audience == "all" and (rule.row.personal.is_noted or nature not in PERSONAL)
    ]
    return sorted(shown, key=lambda rule: (rule.row.outcome == "advice", rule.province is None))


def _item(rule: Rule, nature: str) -> Item:
    title = rule.title(nature)
    language = data_language()
    return Item(
        text=title.en if language == "en" else title.zh,
        papers=tuple(getattr(MATERIAL_NAMES[key], language) for key in rule.papers),
        source=rule.row.source.title,
        retrieved=rule.row.source.retrieved.isoformat(),
        is_provincial=rule.province is not None,
        is_advice=rule.row.outcome == "advice",
    )


def _refusal(nature: str) -> list[Item]:
    """Why this nature cannot file at all, and what to do instead."""
    refusal = nature_refusals().get(nature, "")
    entry = find_nature(nature)
    if not refusal or entry is None:
        return []
    source = entry.more["refused"]
    return [Item(refusal, (), source["source"], source["retrieved"])]


def _certificates(nature: str) -> list[Item]:
    """The certificates every filing begins with: the subject's, and those of the persons."""
    language = data_language()
    own = certificate_types(ENTERPRISE if nature == SOLE_PROPRIETOR else nature)
    people = tuple(entry.label(language) for entry in personal_certificate_types())
    if nature in PERSONAL:
        return [_own(_t("您本人的证件，有下列之一即可："), people)]
    subject = tuple(entry.label(language) for entry in own)
    return [
        _own(_t("主办单位的证件原件，有下列之一即可："), subject),
        _own(_t("每位负责人的证件原件，有下列之一即可："), people),
    ]


def _own(text: str, papers: tuple[str, ...]) -> Item:
    return Item(text, papers, SOURCE["title"], SOURCE["retrieved"])
