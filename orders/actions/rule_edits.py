"""Edits of filing rules: one operator writes and proposes, another publishes or sends back.

Every write is one conditional UPDATE on state and version, so that of two clicks one wins, and the
audit trail has who did it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.enums import StaffRoleName
from orders import staff_notices
from orders.enums import RuleEditState as State
from orders.models import RuleEdit
from orders.rulebook.content import base_of, checked, last_published, may_remove, standing_row
from orders.rulebook.in_force import forget_published
from orders.workflow import Refused, Stale
from rules.overlay import digest_of, province_of_key


def may_edit(actor: Actor) -> None:
    """Raises Refused for anybody but an operator."""
    if not actor.has_role(StaffRoleName.OPERATOR):
        raise Refused("role", _("您没有修改备案规则的权限。"))


def locked(edit_id: UUID) -> RuleEdit:
    """The row, locked where the database can; raises Refused for one that is not there."""
    rows = RuleEdit.objects.select_for_update(of=("self",), no_key=True)
    try:
        return rows.get(pk=edit_id)
    except RuleEdit.DoesNotExist:
        raise Refused("gone", _("没有这条规则修改。")) from None


def _change(edit: RuleEdit, seen: int, /, **values: Any) -> RuleEdit:
    """Write if nobody was faster; raises Stale."""
    rows = RuleEdit.objects.filter(pk=edit.pk, state=edit.state, version=seen)
    if not rows.update(**values):
        raise Stale
    edit.refresh_from_db()
    return edit


@transaction.atomic
def save_rule_edit(
    actor: Actor,
    *,
    key: str,
    row: Mapping[str, Any] | None,
    reason: str,
    version: int | None = None,
) -> RuleEdit:
    """Write the draft of a rule; a row that equals the shipped one takes an earlier edit back, and
    no row lets a rule go that no release ships.

    `version` is that of the draft on the page, None where there was none. Raises RuleDataError for
    a row the loader would refuse, Refused, or Stale.
    """
    may_edit(actor)
    content = _content(key, row)
    edit = RuleEdit.objects.open().filter(rule_key=key).first()
    if edit is None:
        return _begin(actor, key, {**content, "reason": reason})
    refusal = refusal_to_change(edit, actor)
    if refusal:
        raise Refused("author", refusal)
    if version is None:
        raise Stale
    edit = _change(
        edit,
        version,
        **content,
        reason=reason,
        version=version + 1,
        changed_at=clock.now(),
        trial_begun_at=None,
    )
    record_audit(actor, "change_rule_edit", obj=edit, field=key, purpose=reason[:200])
    return edit


def _content(key: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept of a row that was typed; raises Refused if it changes nothing."""
    if row is None:
        return _nothing(key)
    table, base = checked(key, row), base_of(key)
    last = last_published(key)
    standing = standing_row(key, last)
    is_settled = last is None or last.row is None or last.base_digest == base.digest
    if digest_of(table) == digest_of(standing) and is_settled:
        raise Refused("same", _("内容与现行规则相同，没有需要保存的修改。"))
    is_shipped = digest_of(table) == base.digest
    return {
        "row": None if is_shipped else table,
        "base_row": base.row,
        "base_digest": base.digest,
    }


def _nothing(key: str) -> dict[str, Any]:
    """What is kept of a rule that shall be gone; raises Refused for one that a release ships."""
    if base_of(key).row is not None:
        raise Refused("shipped", _("随产品提供的规则不能取消。不再适用时，请把“启用”改为“否”。"))
    if not may_remove(key):
        raise Refused("same", _("没有这条规则，不需要取消。"))
    return {"row": None, "base_row": None, "base_digest": ""}


def _begin(actor: Actor, key: str, values: dict[str, Any]) -> RuleEdit:
    now = clock.now()
    try:
        with transaction.atomic():
            edit = RuleEdit.objects.create(
                rule_key=key,
                province=province_of_key(key) or "",
                author_id=actor.user_id,
                created_at=now,
                changed_at=now,
                **values,
            )
    except IntegrityError as error:
        raise Stale from error
    record_audit(actor, "begin_rule_edit", obj=edit, field=key, purpose=edit.reason[:200])
    return edit


def refusal_to_change(edit: RuleEdit, actor: Actor) -> str:
    """Why `actor` may not write this edit; "" if he may."""
    if edit.state != State.DRAFT:
        return _("修改已经送交发布，不能再改。请先由同事退回，或撤回后重新填写。")
    if edit.author_id != actor.user_id:
        return _("这条规则有同事正在修改的草稿，只有作者本人可以继续填写。")
    return ""


@transaction.atomic
def propose_rule_edit(actor: Actor, *, edit_id: UUID, version: int) -> RuleEdit:
    """The author asks for a second person, and those who may publish hear of it; raises Refused
    or Stale."""
    edit = hand_in_rule_edit(actor, edit_id=edit_id, version=version)
    staff_notices.queue_rule_proposed(actor, edit)
    return edit


@transaction.atomic
def hand_in_rule_edit(actor: Actor, *, edit_id: UUID, version: int) -> RuleEdit:
    """The same, for one who tells of it himself."""
    may_edit(actor)
    edit = locked(edit_id)
    refusal = refusal_to_change(edit, actor)
    if refusal:
        raise Refused("author", refusal)
    edit = _change(edit, version, state=State.PROPOSED, proposed_at=clock.now(), returned_note="")
    record_audit(actor, "propose_rule_edit", obj=edit, field=edit.rule_key)
    return edit


def refusal_to_decide(edit: RuleEdit, actor: Actor) -> str:
    """Why `actor` may not publish or send back this edit; "" if he may."""
    if edit.state != State.PROPOSED:
        return _("这条修改现在不是待发布。")
    if edit.author_id == actor.user_id:
        return _("您是修改的作者，须由另一位同事发布。")
    return ""


def refusal_to_publish(edit: RuleEdit, actor: Actor) -> str:
    """The same, and what the content says."""
    refusal = refusal_to_decide(edit, actor)
    if refusal:
        return refusal
    if edit.base_digest != base_of(edit.rule_key).digest:
        return _("升级后随产品提供的规则有变化，请退回作者对照后重新保存。")
    if not edit.is_tested:
        return _("还没有试算结果，请先试算，看清会影响哪些订单。")
    return ""


def earliest_day(edit: RuleEdit) -> date:
    """From which day an edit may hold: never in the past, and not before an earlier edit."""
    last = last_published(edit.rule_key)
    days = [clock.today(), *([last.effective_from] if last and last.effective_from else [])]
    return max(days)


@transaction.atomic
def publish_rule_edit(
    actor: Actor, *, edit_id: UUID, version: int, effective_from: date
) -> RuleEdit:
    """A second person puts the edit in force from a day on; raises Refused, Stale or
    RuleDataError."""
    may_edit(actor)
    edit = locked(edit_id)
    refusal = refusal_to_publish(edit, actor)
    if refusal:
        raise Refused("publish", refusal)
    if effective_from < earliest_day(edit):
        day = earliest_day(edit).isoformat()
        raise Refused(
            "effective_from", _("生效日期最早是 %(day)s，请填写这一天或以后的日期。") % {"day": day}
        )
    if edit.row is not None:
        checked(edit.rule_key, edit.row)
    edit = _change(
        edit,
        version,
        state=State.PUBLISHED,
        publisher_id=actor.user_id,
        published_at=clock.now(),
        effective_from=effective_from,
    )
    purpose = effective_from.isoformat()
    record_audit(actor, "publish_rule_edit", obj=edit, field=edit.rule_key, purpose=purpose)
    staff_notices.queue_rule_decided("rule_published", actor, edit)
    _let_everybody_see()
    return edit


@transaction.atomic
def send_back_rule_edit(actor: Actor, *, edit_id: UUID, version: int, note: str) -> RuleEdit:
    """A second person gives the edit back to its author with a note; raises Refused or Stale."""
    may_edit(actor)
    edit = locked(edit_id)
    refusal = refusal_to_decide(edit, actor)
    if refusal:
        raise Refused("send_back", refusal)
    edit = _change(edit, version, state=State.DRAFT, returned_note=note)
    record_audit(actor, "send_back_rule_edit", obj=edit, field=edit.rule_key, purpose=note[:200])
    staff_notices.queue_rule_decided("rule_sent_back", actor, edit)
    return edit


def refusal_to_withdraw(edit: RuleEdit) -> str:
    """Why nobody may take this edit away now; "" if any operator may."""
    if edit.is_open or edit.is_to_come:
        return ""
    return _("规则已经生效，不能撤回。需要恢复时，请从历史中选择一个版本重新送交发布。")


@transaction.atomic
def withdraw_rule_edit(actor: Actor, *, edit_id: UUID, version: int) -> RuleEdit:
    """Drop an open edit, or a published one whose day has not begun; raises Refused or Stale."""
    may_edit(actor)
    edit = locked(edit_id)
    refusal = refusal_to_withdraw(edit)
    if refusal:
        raise Refused("withdraw", refusal)
    edit = _change(edit, version, state=State.WITHDRAWN, withdrawn_at=clock.now())
    record_audit(actor, "withdraw_rule_edit", obj=edit, field=edit.rule_key)
    staff_notices.queue_rule_decided("rule_withdrawn", actor, edit)
    _let_everybody_see()
    return edit


def _let_everybody_see() -> None:
    forget_published()
    # Another request may read the table between the two, and keep what it was.
    transaction.on_commit(forget_published)
