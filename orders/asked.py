"""Questions about a unit that are put only where a rule looks at the answer."""

from typing import TYPE_CHECKING

from beian import clock
from orders.dossier import PERSONAL, Dossier, SubjectPart
from orders.facts import RULE_ORDER_TYPES
from orders.rulebook.in_force import rules_in_force
from rules.rule_set import Frame

if TYPE_CHECKING:
    from orders.models import FilingOrder

# Path of the answer; the fact has the same name.
ANSWERS = ("subject.has_trade_name", "subject.has_seal")


def asked_of(subject: SubjectPart, order_type: str, kind: str) -> tuple[str, ...]:
    """Paths of the questions for this subject in its province.

    A sole proprietor (个体工商户) answers both everywhere: without a trade name or a seal most
    provinces want something else of it, and the bureau's officers ask.
    """
    if subject.nature == PERSONAL:
        return ()
    if subject.is_sole_proprietor:
        return ANSWERS
    frame = Frame(subject.province, RULE_ORDER_TYPES[order_type], subject.rule_nature, kind)
    plan = rules_in_force().plan(frame, clock.today())
    rules = (*plan.order, *plan.service)
    read = {fact for rule in rules if rule.kind is not None for fact in rule.kind.reads()}
    return tuple(path for path in ANSWERS if path in read)


def unanswered(order: "FilingOrder", dossier: Dossier) -> list[str]:
    """Paths of the questions nobody answered yet."""
    subject = dossier.subject
    asked = asked_of(subject, order.order_type, order.service_kind) if subject.province else ()
    return [path for path in asked if getattr(subject, path.removeprefix("subject.")) is None]
