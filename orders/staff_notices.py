"""What the desk is told about orders and rules: texts are data (data/staff_notices.toml)."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from beian import clock
from beian.actions.staff_notices import queue_staff_notice
from beian.enums import StaffAudience
from beian.models import StaffNotice
from orders.enums import OrderState

if TYPE_CHECKING:
    from beian.actors import Actor
    from orders.models import BureauRecord, BureauResult, FilingOrder, RuleEdit

FILE = Path(__file__).parent / "data" / "staff_notices.toml"
# Languages of the texts, and what Django calls them.
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@lru_cache
def texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if moment else "—"


def _queue(
    key: str,
    event_key: str,
    target: object,
    facts: Mapping[str, Mapping[str, object]],
    **whom: int | None,
) -> StaffNotice:
    row = texts()[key]
    return queue_staff_notice(
        event_key,
        audience=StaffAudience(row["audience"]),
        text={"subject": row["subject"], "body": row["body"]},
        facts=facts,
        url_name=row["url_name"],
        url_argument=str(target),
        **whom,
    )


def _in_each_language(facts: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    """Numbers and times read the same in every language."""
    return dict.fromkeys(LANGUAGES, facts)


def queue_about_order(key: str, order: "FilingOrder", event_key: str) -> StaffNotice:
    """Tell the desk that an order waits, or waited too long; once per `event_key`."""
    facts = {
        "number": order.number,
        "since": _moment(order.state_entered_at),
        "due": _moment(order.due_at),
    }
    return _queue(key, f"{event_key}:{key}", order.pk, _in_each_language(facts))


def queue_consent_withdrawn(order: "FilingOrder", event_key: str) -> StaffNotice:
    """Whoever has the order next hears that it cannot go on with this check."""
    is_passed = order.state == OrderState.PENDING_BUREAU_SUBMISSION
    key = "withdrawn_before_submission" if is_passed else "withdrawn_in_review"
    facts = {"number": order.number}
    return _queue(key, f"{event_key}:{key}", order.pk, _in_each_language(facts))


def queue_result_stopped(result: "BureauResult") -> StaffNotice:
    facts: dict[str, dict[str, object]] = {}
    for name, language in LANGUAGES.items():
        with override(language):
            problem = str(result.get_problem_display())
        facts[name] = {"since": _moment(result.received_at), "problem": problem}
    return _queue("result_stopped", f"result:{result.key}", result.key, facts)


def queue_record_refused(record: "BureauRecord") -> StaffNotice:
    facts = {
        "number": record.order.number,
        "since": _moment(record.answered_at),
        "code": record.answer_code,
    }
    event_key = f"record:{record.pk}:refused"
    return _queue("record_refused", event_key, record.order_id, _in_each_language(facts))


def queue_record_unmoved(record: "BureauRecord") -> StaffNotice:
    """However often it is tried again, an order that stays behind its receipt is told once."""
    facts = {
        "number": record.order.number,
        "since": _moment(record.answered_at),
        "record": record.pk,
    }
    event_key = f"record:{record.pk}:unmoved"
    return _queue("record_unmoved", event_key, record.order_id, _in_each_language(facts))


def queue_reveal_limit(actor: "Actor", limit: int) -> StaffNotice:
    """Somebody wants to see more than the limit allows."""
    return _queue_limit("reveal_limit", actor, limit)


def queue_evidence_limit(actor: "Actor", limit: int) -> StaffNotice:
    """Somebody wants to export more orders than the limit allows."""
    return _queue_limit("evidence_limit", actor, limit)


def _queue_limit(key: str, actor: "Actor", limit: int) -> StaffNotice:
    """Once per person and day."""
    facts = {"account": actor.label, "since": _moment(clock.now()), "limit": limit}
    event_key = f"{key}:{actor.user_id}:{clock.today()}"
    return _queue(key, event_key, "", _in_each_language(facts))


def queue_rule_proposed(actor: "Actor", edit: "RuleEdit") -> StaffNotice:
    """Whoever may publish hears that an edit waits; its author may not."""
    return _queue_rule("rule_proposed", actor, edit, but_for_id=edit.author_id)


def queue_rules_proposed(actor: "Actor", name: str, count: int) -> StaffNotice:
    """One message for all edits that came with a file."""
    now = clock.now()
    facts = {"account": actor.label, "since": _moment(now), "file": name, "count": count}
    event_key = f"rule-file:{actor.user_id}:{now.timestamp()}"
    facts_by_language = _in_each_language(facts)
    return _queue("rules_proposed", event_key, "", facts_by_language, but_for_id=actor.user_id)


def queue_rule_decided(key: str, actor: "Actor", edit: "RuleEdit") -> StaffNotice | None:
    """The author hears what a colleague did with the edit; None where it was the author."""
    if edit.author_id == actor.user_id:
        return None
    return _queue_rule(key, actor, edit, reader_id=edit.author_id)


def _queue_rule(key: str, actor: "Actor", edit: "RuleEdit", **whom: int | None) -> StaffNotice:
    """An edit may be proposed and sent back several times: the moment tells them apart."""
    now = clock.now()
    day = edit.effective_from.isoformat() if edit.effective_from else "—"
    facts = {"rule": edit.rule_key, "account": actor.label, "since": _moment(now), "day": day}
    event_key = f"rule-edit:{edit.pk}:{now.timestamp()}:{key}"
    return _queue(key, event_key, edit.pk, _in_each_language(facts), **whom)
