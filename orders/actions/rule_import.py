"""Taking over an uploaded rule file: every row that differs becomes a proposal, or none does."""

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders import staff_notices
from orders.actions.rule_edits import hand_in_rule_edit, may_edit, save_rule_edit
from orders.actions.rule_trials import ask_rule_trial
from orders.models import RuleEdit
from orders.rulebook.files import read_import
from orders.workflow import Refused


@transaction.atomic
def import_rules(actor: Actor, *, text: str, name: str, reason: str) -> list[RuleEdit]:
    """Propose what a file says otherwise, and have it tested; raises Refused and writes nothing
    if a row is faulty or a rule is being edited already. What the file does not name stays."""
    may_edit(actor)
    found = read_import(text, name)
    if found.is_blocked:
        raise Refused("file", _("文件有需要先处理的问题，没有导入任何规则。"))
    if not found.lines:
        raise Refused("file", _("文件的内容与现行规则相同，没有可以导入的修改。"))
    edits = []
    for line in found.lines:
        edit = save_rule_edit(actor, key=line.key, row=line.row, reason=reason)
        edit = hand_in_rule_edit(actor, edit_id=edit.pk, version=edit.version)
        edits.append(ask_rule_trial(actor, edit_id=edit.pk))
    staff_notices.queue_rules_proposed(actor, found.name, len(edits))
    return edits
