"""Whether somebody other than the legal representative may be the subject principal."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian import clock
from beian.data_language import in_language
from orders.facts import RULE_ORDER_TYPES
from orders.rulebook.in_force import rules_in_force
from rules.engine import evaluate

if TYPE_CHECKING:
    from orders.models import FilingOrder

RULE_KIND = "principal_is_legal_rep"


def delegate_refusal(order: "FilingOrder") -> str:
    """What the province's rule says against a delegate; empty where one is accepted."""
    subject = order.dossier.subject
    facts = {"subject.nature": subject.rule_nature, "principal.is_legal_rep": False}
    if subject.name:
        facts["subject.name"] = subject.name
    found = evaluate(
        facts,
        province=subject.province,
        order_type=RULE_ORDER_TYPES[order.order_type],
        today=clock.today(),
        rule_set=rules_in_force(),
    )
    for finding in found:
        if finding.kind == RULE_KIND and finding.blocks:
            return _("不可选：%(remedy)s") % {"remedy": in_language(finding.remedy)}
    return ""
