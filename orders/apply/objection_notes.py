"""That a rule can be objected to, and what was objected, beside the field and in lists."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from beian.data_language import in_language
from beian.ui import FindingItem
from orders.assessment import assess
from orders.finding_display import item_of
from orders.models import FilingOrder
from orders.objections import Objectionable
from rules.finding import Finding


@dataclass(frozen=True)
class ObjectionNote:
    """`reason` is the applicant's; "" where nothing was objected."""

    sentence: str
    url: str
    reason: str = ""

    @property
    def text(self) -> str:
        if self.reason:
            return _("您已提出异议，提交后由审核员决定：%(reason)s") % {"reason": self.reason}
        return _("如果这条要求不适用于您，可以写明理由提出异议，由审核员决定。")

    @property
    def action(self) -> str:
        return _("修改或收回异议") if self.reason else _("提出异议")


def note_of(entry: Objectionable, order: FilingOrder, step: str = "") -> ObjectionNote:
    """`step` is the page that the way leads back to; without one it leads to the check."""
    query = f"?{urlencode({'step': step})}" if step else ""
    return ObjectionNote(
        sentence=in_language(entry.finding.message),
        url=reverse("orders:objection", args=[order.pk, entry.mark]) + query,
        reason=entry.objection.reason if entry.objection else "",
    )


def listed(
    finding: Finding, order: FilingOrder, *, is_linked: bool = True, step: str = ""
) -> FindingItem:
    """A finding in a list, that of a `step` or of the order; `is_linked` to its field."""
    item = item_of(finding, order if is_linked else None)
    entry = assess(order).objectionable(finding)
    if entry is None:
        return item
    note = note_of(entry, order, step)
    return replace(
        item,
        outcome="objected" if entry.objection else item.outcome,
        note=note.text,
        more_url=note.url,
        more_action=note.action,
    )
