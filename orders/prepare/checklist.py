"""The list of one choice: demands under headings, each once, each with where it comes from."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.data_language import in_language
from beian.lazy_text import LazyText
from orders.prepare.certificates import certificates, is_told_here
from orders.prepare.figures import replaced, with_figures
from orders.prepare.frame import FIRST, Choice
from orders.prepare.items import Checklist, Item, Section
from orders.prepare.papers import paper_lines
from orders.prepare.refusals import refusals_of, refuses
from orders.prepare.wording import merged, with_head
from orders.rulebook.in_force import rules_in_force
from rules.demands import demands_of
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
    "time": _("要多久"),
    "after": _("办理中和办好后"),
}


def checklist_of(choice: Choice) -> Checklist:
    """What stands in the way, and unless that ends it everything to prepare."""
    rules = demands_of(rules_in_force(), choice.frame, clock.today())
    refusals = refusals_of(choice, rules)
    items: dict[Topic, list[Item]] = {topic: [] for topic in TOPICS}
    items["who"] += refusals.items
    if not refusals.ends_list:
        for topic, item in _items(choice, rules):
            items[topic].append(item)
    sections = ((HEADINGS[topic], tuple(merged(found))) for topic, found in items.items())
    return Checklist(
        tuple(Section(title, found) for title, found in sections if found),
        can_start=choice.order == FIRST and not refusals.items,
    )


def _items(choice: Choice, rules: list[Rule]) -> Iterator[tuple[Topic, Item]]:
    """Every line with its heading, in the order in which somebody reads them."""
    for item in certificates(choice.nature, rules):
        yield "papers", item
    for rule in _told(rules, choice.nature):
        yield rule.topic, _item(rule, choice.nature)
    yield from with_figures(rules, choice.province)


def _told(rules: Iterable[Rule], nature: str) -> list[Rule]:
    """Rules an applicant is told of, those of the province first, demands before advice."""
    elsewhere = replaced()
    shown = [
        rule
        for rule in rules
        if rule.row.audience == "all"
        and (rule.row.personal.is_noted or nature not in PERSONAL)
        and rule.row.key not in elsewhere
        and not refuses(rule)
        and not is_told_here(rule)
    ]
    return sorted(shown, key=lambda rule: (rule.row.outcome == "advice", rule.province is None))


def _item(rule: Rule, nature: str) -> Item:
    source = rule.row.source
    text = with_head(in_language(rule.title(nature).model_dump()), nature)
    return Item(
        text=text,
        papers=tuple(with_head(line, nature) for line in paper_lines(rule, text)),
        source=source.title,
        retrieved=source.retrieved.isoformat(),
        is_provincial=rule.province is not None,
        is_advice=rule.row.outcome == "advice",
    )
