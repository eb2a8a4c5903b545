"""审核历史 as the applicant reads it: every step with what was said to him or her with it.

Remarks stand with the decision that sent them, also after the order has moved on. What colleagues
wrote to each other is not told, nor a remark that was never sent or was taken back.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from beian.ui import TimelineItem, TimelineRemark
from orders.field_labels import label_of
from orders.filings.timeline import REFUSALS, Entry, items_of
from orders.models import FilingOrder, OrderComment
from orders.reasons import reasons
from orders.transitions import TRANSITIONS

SENDING = frozenset(row.name for row in TRANSITIONS if "send_comments" in row.effects)


def history_of(order: FilingOrder, entries: list[Entry]) -> list[TimelineItem]:
    """Newest first; one query, none where nothing was ever sent back with remarks."""
    remarks = _remarks_of(order, entries)
    items = zip(items_of(entries), reversed(entries), strict=True)
    return [_told(item, entry, remarks.get(id(entry), [])) for item, entry in items]


def _told(item: TimelineItem, entry: Entry, remarks: list[TimelineRemark]) -> TimelineItem:
    if entry.name not in REFUSALS:
        return item
    known = reasons()
    titles = [known[code].label for code in dict.fromkeys(entry.reason_codes) if code in known]
    why = (_("原因：%(reasons)s") % {"reasons": _("、").join(titles)},) if titles else ()
    return replace(item, lines=(*item.lines, *why), opinion=entry.opinion, remarks=tuple(remarks))


def _remarks_of(order: FilingOrder, entries: Iterable[Entry]) -> dict[int, list[TimelineRemark]]:
    """What each decision sent, by the entry's identity: the moment of sending tells them apart."""
    decisions = [entry for entry in entries if entry.name in SENDING]
    found: dict[int, list[TimelineRemark]] = {}
    if not decisions:
        return found
    for comment in order.comments.standing().exclude(sent_at=None):
        decision = _sender(comment, decisions)
        if decision is not None:
            label = label_of(comment.path, order.nature, order.dossier.subject)
            remark = TimelineRemark(label, comment.text)
            found.setdefault(id(decision), []).append(remark)
    return found


def _sender(comment: OrderComment, decisions: list[Entry]) -> Entry | None:
    """The last decision of the comment's round that was not taken after it was sent."""
    sent = comment.sent_at
    before = [
        entry for entry in decisions if entry.round == comment.round and sent and entry.at <= sent
    ]
    return before[-1] if before else None
