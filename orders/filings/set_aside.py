"""What the applicant had changed when a recall closed the fields: kept, and shown until redone."""

from collections.abc import Iterable

from beian.ui import DiffRow
from orders.dossier import Dossier, diff
from orders.field_values import diff_rows
from orders.filings.timeline import Entry
from orders.models import FilingOrder


def set_aside_rows(order: FilingOrder, entries: Iterable[Entry]) -> list[DiffRow]:
    """Changes of the newest recall of this round that set any aside, without those made again.

    One query per recall; none where nothing was recalled.
    """
    if not order.is_open:
        return []
    recalls = [each for each in entries if each.name == "recall" and each.round == order.round]
    for recall in reversed(recalls):
        # The recall itself keeps a revision, of what it put back, not before its own instant.
        saved = order.revisions.filter(created_at__gt=order.submission.submitted_at)
        revision = saved.filter(created_at__lt=recall.at).first()
        rows = _rows(order, revision.read()) if revision else []
        if rows:
            return rows
    return []


def _rows(order: FilingOrder, aside: Dossier) -> list[DiffRow]:
    missing = {change.path for change in diff(order.dossier, aside)}
    changes = diff(order.submission.dossier, aside)
    return diff_rows(tuple(each for each in changes if each.path in missing), order.dossier.subject)
