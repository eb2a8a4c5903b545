"""What stands beside the fields of a page: rules with their sources, usual reasons of refusal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beian import clock
from beian.data_language import data_language
from orders.dossier import PERSONAL
from orders.facts import RULE_ORDER_TYPES
from orders.field_labels import pages_of
from orders.reasons import Reason, reasons_of
from orders.rulebook.in_force import rules_in_force
from orders.steps import Step, step_of_path
from rules.rule import Rule
from rules.rule_set import Frame
from rules.vocabulary import FACTS

if TYPE_CHECKING:
    from orders.models import FilingOrder

SHOWN_REASONS = 3


@dataclass(frozen=True)
class RuleNote:
    """A demand as the page shows it."""

    text: str
    source: str
    retrieved: str
    is_provincial: bool


def rule_notes(step: Step, order: "FilingOrder") -> list[RuleNote]:
    """The rules in force that look at a field of the page, those of the province first."""
    subject = order.dossier.subject
    frame = Frame(
        order.province, RULE_ORDER_TYPES[order.order_type], subject.rule_nature, order.service_kind
    )
    plan = rules_in_force().plan(frame, clock.today())
    rules = [rule for rule in (*plan.order, *plan.service) if _concerns(rule, step, subject.nature)]
    notes = {note.text: note for note in (_note(rule, subject.nature) for rule in rules)}
    return sorted(notes.values(), key=lambda note: not note.is_provincial)


def usual_reasons(step: Step, order: "FilingOrder") -> list[Reason]:
    """Reasons that are about this page more than about others, in the order of the library."""
    library = reasons_of(order.nature)
    shares = {reason.code: _share(reason, step, order.nature) for reason in library}
    ranked = sorted(library, key=lambda reason: -shares[reason.code])
    return [reason for reason in ranked if shares[reason.code]][:SHOWN_REASONS]


def _share(reason: Reason, step: Step, nature: str) -> float:
    """Which part of a reason's fields is on the page. A whole page among several is too vague."""
    pages = pages_of(nature)
    paths = reason.paths if len(reason.paths) == 1 else [p for p in reason.paths if p not in pages]
    # A natural person is in charge of the website: what is said of that role is on no page.
    aside = ("services.principal",) if nature == PERSONAL else ()
    paths = [path for path in paths if not path.startswith(aside)]
    own = [path for path in paths if _page_key(path, nature) == step.key]
    return len(own) / len(reason.paths) if reason.paths else 0


def _page_key(path: str, nature: str) -> str:
    try:
        return step_of_path(path, nature).key
    except KeyError:
        return ""


def _concerns(rule: Rule, step: Step, nature: str) -> bool:
    if rule.row.audience == "reviewer" or rule.kind is None:
        return False
    if nature == PERSONAL and not rule.row.personal.is_noted:
        return False
    paths = rule.row.paths or [path for name in rule.kind.reads() for path in FACTS[name].paths[:1]]
    return any(_page_key(path.replace("{i}", "0"), nature) == step.key for path in paths)


def _note(rule: Rule, nature: str) -> RuleNote:
    source = rule.row.source
    title = rule.title(nature)
    text = title.en if data_language() == "en" else title.zh
    return RuleNote(text, source.title, source.retrieved.isoformat(), rule.province is not None)
