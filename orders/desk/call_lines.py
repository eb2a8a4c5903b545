"""The log of calls as the desk shows it."""

from dataclasses import dataclass

from orders.field_labels import label_of, page_of
from orders.models import CallNote, FilingOrder


@dataclass(frozen=True)
class CallLine:
    call: CallNote
    person: str
    number: str


def call_lines(order: FilingOrder, nature: str) -> list[CallLine]:
    """All rounds, newest first; one query."""
    rows = order.calls.select_related("author").order_by("-pk")
    return [_line(call, nature) for call in rows]


def _line(call: CallNote, nature: str) -> CallLine:
    path = f"{call.person}.{call.number_field}"
    number = f"{label_of(path, nature)} {call.number_masked}"
    return CallLine(call, str(page_of(path, nature).title), number)
