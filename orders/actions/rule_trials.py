"""Testing edits of rules: an operator asks, a worker answers into the edit's row."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.site_settings import setting
from orders.actions.rule_edits import locked, may_edit
from orders.models import RuleEdit
from orders.models.rule_edit import RuleEditQuerySet
from orders.rulebook.trial import BROKEN, FORMAT, try_edit
from orders.workflow import Refused
from rules.loader import RuleDataError

log = structlog.get_logger(__name__)
# Beside the orders, which have a time of their own: several times what all samples need.
SAMPLES_TAKE = timedelta(minutes=2)


@transaction.atomic
def ask_rule_trial(actor: Actor, *, edit_id: UUID) -> RuleEdit:
    """Have the edit tested as it stands, again if it was; raises Refused."""
    may_edit(actor)
    edit = locked(edit_id)
    if not edit.is_open:
        raise Refused("trial", _("只有草稿和待发布的修改可以试算。"))
    edit.trial, edit.trial_version, edit.trial_begun_at = None, None, None
    edit.trial_asked_at = clock.now()
    edit.save(update_fields=["trial", "trial_version", "trial_begun_at", "trial_asked_at"])
    record_audit(actor, "try_rule_edit", obj=edit, field=edit.rule_key)
    return edit


def run_trials() -> int:
    """Test what operators asked for; returns how many edits were tested.

    A trial that breaks is told on the edit's page and keeps no other waiting; the first of them is
    raised at the end, for whoever watches the workers.
    """
    rows = RuleEdit.objects.open().exclude(trial_asked_at=None)
    waiting = list(rows.exclude(trial_version=F("version")).order_by("trial_asked_at"))
    # Each is taken just before it runs: what waits behind a long one is free for another worker.
    ended = [_run(edit) for edit in waiting if _is_taken(edit)]
    broken = [error for error in ended if error is not None]
    if broken:
        raise broken[0]
    return len(ended)


def _is_taken(edit: RuleEdit) -> bool:
    """Whether this worker tests it, and no other does or did meanwhile."""
    now = clock.now()
    given_up = now - timedelta(seconds=setting("rule_trial.seconds")) - SAMPLES_TAKE
    rows = _as_asked(edit).exclude(trial_version=F("version"))
    rows = rows.filter(Q(trial_begun_at=None) | Q(trial_begun_at__lt=given_up))
    return rows.update(trial_begun_at=now) > 0


def _as_asked(edit: RuleEdit) -> RuleEditQuerySet:
    """The edit while it still says what is tested."""
    return RuleEdit.objects.open().filter(pk=edit.pk, version=edit.version)


def _run(edit: RuleEdit) -> Exception | None:
    """Keep the answer, or that there is none: what fails once would fail every few seconds."""
    error = None
    try:
        found = try_edit(edit)
    except RuleDataError as refusal:
        found = _without_answer(FORMAT, str(refusal))
    except Exception as caught:
        log.exception("trial of a rule edit broke", rule=edit.rule_key, edit=str(edit.pk))
        # Its words may quote what somebody typed in an order.
        found, error = _without_answer(BROKEN, type(caught).__name__), caught
    _as_asked(edit).update(trial=found, trial_version=edit.version, trial_begun_at=None)
    return error


def _without_answer(fault: str, words: str) -> dict[str, str]:
    return {"at": clock.now().isoformat(), "fault": fault, "words": words}
