"""Writing down a rule that no release ships; from then on it is an edit like any other."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.actions.rule_edits import may_edit, save_rule_edit
from orders.models import RuleEdit
from orders.rulebook.new_rule import used_numbers
from orders.workflow import Refused


@transaction.atomic
def begin_rule(actor: Actor, *, row: Mapping[str, Any], reason: str) -> RuleEdit:
    """The draft of a new rule under the row's number.

    Raises RuleDataError for a row the loader would refuse, Refused for a number that was used, or
    Stale where a colleague takes it in this moment.
    """
    may_edit(actor)
    number = str(row.get("id", ""))
    if number in used_numbers():
        raise Refused("id", _("编号 %(number)s 已经用过，请换一个。") % {"number": number})
    return save_rule_edit(actor, key=number, row=row, reason=reason)
