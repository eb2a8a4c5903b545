"""Which fields an applicant may change now, and the reason for those that are closed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from orders.asked import COMPARED, HEAD_ANSWERS, PAPER_ANSWERS, asked_on_papers
from orders.dossier import PathError, get_value, said_at
from orders.dossier.paths import is_within
from orders.enums import EDITABLE_STATES, OrderState
from orders.own_findings import OWN
from rules.finding import Finding, blocking

if TYPE_CHECKING:
    from orders.models import FilingOrder

_KEPT = "_stops_of_submission"
_PAPERS = "materials."
_IS_HEAD = "subject.principal.is_legal_representative"
# Chosen when the order begins and deciding which rules it meets (process: locked determination).
FIXED = ("subject.province", "subject.nature")
# Identify the subject: after the first submission only a reviewer's comment opens them.
FIXED_ONCE_SUBMITTED = ("subject.cert_type", "subject.cert_number")
# One question on the page, several paths in the dossier: whoever opens one opens all.
TOGETHER = (
    {"valid_from", "valid_to", "long_term"},
    {"cert_valid_from", "cert_valid_to", "cert_long_term"},
    {"contact_region", "contact_address"},
    {"resource", "ips"},
)
# Asked because of whose certificate it is and what its number says: open with it, and while it
# lacks an answer.
FOLLOWS = dict.fromkeys(
    (
        "birth_date",
        "has_trade_name",
        "has_seal",
        "licence_number",
        "licence_seal",
        "is_legal_representative",
    ),
    "cert_number",
)


def closed_reason(order: "FilingOrder", path: str) -> str:
    """Why `path` cannot be changed now; empty when it can."""
    if order.state == OrderState.NEEDS_SUPPLEMENT:
        if _is_open(path, order.open_paths) or _follows(order, path) or _is_stopped(order, path):
            return ""
        return _("审核员没有要求修改此项，现在不能更改。")
    if order.state not in EDITABLE_STATES:
        reason = _("订单现在是“%(state)s”，不能修改资料。")
        return reason % {"state": order.get_state_display()}
    return _fixed_reason(order, path)


def _follows(order: "FilingOrder", path: str) -> bool:
    from orders.assessment import assess

    leaders = _leaders(order, path)
    if not leaders:
        return False
    if any(_is_open(leader, order.open_paths) for leader in leaders):
        return True
    return path in assess(order).missing or _has_changed(order, path)


def _leaders(order: "FilingOrder", path: str) -> list[str]:
    """The fields with which `path` opens: a paper and what stands on it open each other, and so do
    who the legal representative is and whether that is the subject principal."""
    parent, _dot, name = path.rpartition(".")
    if path in HEAD_ANSWERS:
        return [_IS_HEAD, *_leaders(order, _IS_HEAD)]
    if name in FOLLOWS:
        own = [said_at(f"{parent}.{FOLLOWS[name]}", order.dossier)]
        return [*own, *HEAD_ANSWERS] if path == _IS_HEAD else own
    if path in PAPER_ANSWERS:
        papers = [
            key for each in asked_on_papers(order) if each.fact == path for key in each.papers
        ]
        return [*(f"{_PAPERS}{key}" for key in papers), *COMPARED.get(path, ())]
    if path.startswith(_PAPERS):
        return [each.fact for each in asked_on_papers(order) if name in each.papers]
    return []


def _is_stopped(order: "FilingOrder", path: str) -> bool:
    """Whether a rule stops the order at a field no reviewer named: one that began meanwhile would
    keep it from ever being submitted again. What was changed because of it can be corrected."""
    from orders.assessment import assess

    if path in FIXED or path in FIXED_ONCE_SUBMITTED:
        return False
    stops = [finding for finding in assess(order).blocks if _is_stop_at(finding, path)]
    if any(not _is_made_by_draft(order, finding, path) for finding in stops):
        return True
    return _has_changed(order, path)


def _is_stop_at(finding: Finding, path: str) -> bool:
    # Of the order's services as a whole nothing can be written.
    return any(path == at or ("." in at and _covers(at, path)) for at in finding.paths)


def _is_made_by_draft(order: "FilingOrder", finding: Finding, path: str) -> bool:
    """Whether a rule stops it only since an open field says something else: that one is to be
    mended. Gaps and papers are filled all the same."""
    if finding.rule == OWN or path.startswith(_PAPERS) or not order.round:
        return False
    return not any(
        _is_stop_at(stop, path) for stop in _stops_of_submission(order) if stop.rule == finding.rule
    )


def _stops_of_submission(order: "FilingOrder") -> Sequence[Finding]:
    """Where today's rules stop what was submitted; looked at once for a draft."""
    from orders.assessment import assess, findings_of_content

    judging = assess(order).judging
    kept = order.__dict__.get(_KEPT)
    if kept is None or kept[0] is not judging:
        found, _causes = findings_of_content(order, order.submission.dossier, judging)
        kept = order.__dict__[_KEPT] = (judging, blocking(found))
    return kept[1]


def _has_changed(order: "FilingOrder", path: str) -> bool:
    if not order.round:
        return False
    try:
        return get_value(order.submission.dossier, path) != get_value(order.dossier, path)
    except PathError:
        # A service or person that was not there.
        return False


def _fixed_reason(order: "FilingOrder", path: str) -> str:
    if path in FIXED:
        return _("备案省份和主办者性质在开始备案后不能更改。如有错误，请放弃本订单后重新开始。")
    if path in FIXED_ONCE_SUBMITTED and order.round and not _is_commented(order, path):
        return _("证件类型和号码提交后不能更改。如有错误，请放弃本订单后重新开始。")
    return ""


def _is_commented(order: "FilingOrder", path: str) -> bool:
    sent = (comment.path for comment in order.round_comments if comment.sent_at is not None)
    return _is_open(path, sent)


def _is_open(path: str, areas: Iterable[str]) -> bool:
    return any(_covers(area, path) for area in areas)


def _covers(area: str, path: str) -> bool:
    if is_within(path, area) or is_within(area, path):
        return True
    (area_parent, _dot, area_name), (parent, _dot2, name) = (
        area.rpartition("."),
        path.rpartition("."),
    )
    return area_parent == parent and any({area_name, name} <= group for group in TOGETHER)
