"""Testing edits of rules: an operator asks, a worker answers into the edit's row."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from orders.actions.rule_edits import locked, may_edit
from orders.models import RuleEdit
from orders.rulebook.trial import try_edit
from orders.workflow import Refused
from rules.loader import RuleDataError


@transaction.atomic
def ask_rule_trial(actor: Actor, *, edit_id: UUID) -> RuleEdit:
    """Have the edit tested as it stands, again if it was; raises Refused."""
    may_edit(actor)
    edit = locked(edit_id)
    if not edit.is_open:
        raise Refused("trial", _("只有草稿和待发布的修改可以试算。"))
    edit.trial, edit.trial_version, edit.trial_asked_at = None, None, clock.now()
    edit.save(update_fields=["trial", "trial_version", "trial_asked_at"])
    record_audit(actor, "try_rule_edit", obj=edit, field=edit.rule_key)
    return edit


def run_trials() -> int:
    """Test what operators asked for; returns how many edits were tested."""
    rows = RuleEdit.objects.open().exclude(trial_asked_at=None)
    waiting = list(rows.exclude(trial_version=F("version")).order_by("trial_asked_at"))
    for edit in waiting:
        _run(edit)
    return len(waiting)


def _run(edit: RuleEdit) -> None:
    """The answer is kept if the edit still says what was tested."""
    rows = RuleEdit.objects.filter(pk=edit.pk, version=edit.version)
    try:
        found = try_edit(edit)
    except RuleDataError as error:
        found = {"at": clock.now().isoformat(), "fault": str(error)}
    except Exception:
        # Not asked for any more: what fails once would fail every few seconds.
        rows.update(trial_asked_at=None)
        raise
    rows.update(trial=found, trial_version=edit.version)
