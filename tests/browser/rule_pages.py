"""Pages about a filing rule or an edit of one: they have a thing in their address, and no order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from beian import clock
from beian.actors import Actor
from beian.enums import StaffRoleName
from orders.actions.rule_edits import save_rule_edit
from orders.models import RuleEdit
from rules.overlay import table_of
from tests.browser.cast import Cast
from tests.builders import make_staff
from tests.orders.rulebook.stage import (
    REASON,
    as_tested,
    names_of,
    propose,
    publish,
    remove,
    row_of,
    save,
    send_back,
    shipped,
)

# The rule that is edited, and one that no fact decides: what its edit says changes no order.
EDITED = "N19~shape"
FORM, RULE, EDIT = "orders:rule-form", "orders:rule", "orders:rule-edit"
EXPORT = "orders:rule-export"
# URL name → what is told apart, with a query where there is one; the names of edits are those of
# `stage_edits`.
VARIANTS: dict[str, tuple[str, ...]] = {
    RULE: (EDITED, "in conflict", "N02", "unread", "removed", "new"),
    FORM: ("own draft", "N02", "N11~principal", "N10~principal", "new", "removal?from=nothing"),
    EDIT: (
        *("to publish", "own draft", "own proposal", "untested", "published", "withdrawable"),
        *("unread", "removal", "new"),
    ),
    EXPORT: ("national",),
}


def stage_edits(cast: Cast) -> dict[str, RuleEdit]:
    """One edit in each standing: those of the operator who looks are the "own" ones."""
    own = cast.actor(StaffRoleName.OPERATOR)
    other = make_staff(StaffRoleName.OPERATOR, name="operator-8").actor
    elsewhere = [rule for rule in shipped() if rule.kind is None]
    row, later, third = (table_of(rule) for rule in elsewhere[:3])
    note = {"zh": "由系统在提交时检查。", "en": "Checked when it is submitted."}
    published = publish(other, own, {**row, "note": note})
    RuleEdit.objects.filter(pk=published.pk).update(base_digest="of an older release")
    unread = publish(other, own, {**third, "note": note})
    RuleEdit.objects.filter(pk=unread.pk).update(row={**unread.row, "who": ["of a newer release"]})
    tomorrow = clock.today() + timedelta(days=1)
    proposal = propose(own, row_of("N01", confidence="medium"))
    draft = save(own, row_of("N03", confidence="medium"))
    returned = propose(own, row_of("N05", confidence="medium"))
    return {
        "to publish": as_tested(propose(other, names_of(4)), changed=True),
        "own draft": send_back(other, returned),
        "own proposal": proposal,
        "untested": propose(other, row_of("N07", confidence="medium")),
        "published": published,
        "withdrawable": publish(other, own, {**later, "note": note}, tomorrow),
        "plain draft": draft,
        "unread": unread,
        **_ours(own, other, row),
    }


def _ours(own: Actor, other: Actor, row: dict[str, Any]) -> dict[str, RuleEdit]:
    """Rules that no release ships: one begun, one about to be let go, one gone."""
    kept, gone = ({**row, "id": number, "part": ""} for number in ("44-97", "44-98"))
    publish(other, own, kept)
    publish(other, own, gone)
    begun = {**names_of(4), "id": "44-99", "part": "", "slot": "name_shape.own_44_99"}
    return {
        "removal": save_rule_edit(own, key="44-97", row=None, reason=REASON),
        "removed": remove(other, own, "44-98"),
        "new": save(own, begun),
    }


def rule_address(name: str, variant: str, edits: dict[str, RuleEdit]) -> tuple[dict[str, Any], str]:
    """The arguments of such a page's address, and its query."""
    variant, mark, query = variant.partition("?")
    return _arguments(name, variant, edits), mark + query


def _arguments(name: str, variant: str, edits: dict[str, RuleEdit]) -> dict[str, Any]:
    if name == EXPORT:
        return {"place": variant}
    if name == EDIT:
        return {"edit_id": edits[variant].pk}
    if variant == "in conflict":
        variant = edits["published"].rule_key
    elif variant in edits:
        variant = edits[variant].rule_key
    return {"rule_key": variant.replace("/", "~")}
