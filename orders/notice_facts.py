"""What the texts of an order's messages may name (data/notices.toml), worked out when they do."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override

from beian import clock
from beian.site_settings import setting
from orders import working_days
from orders.enums import ReturnReason
from orders.filings.footer import shows_subject_number

if TYPE_CHECKING:
    from orders.models import FilingOrder, OrderComment, OrderEvent

ENGLISH = "en"


class Facts(dict[str, Any]):
    """Of one event. No text names more than a handful, and some cost a query or a setting."""

    def __init__(self, order: "FilingOrder", event: "OrderEvent", data: Mapping) -> None:
        super().__init__({k: value for k, value in data.items() if isinstance(value, str | int)})
        self.order, self.event, self.data = order, event, data

    def __missing__(self, name: str) -> Any:
        self[name] = value = _FACTS[name](self)
        return value

    @cached_property
    def comments(self) -> list["OrderComment"]:
        return list(self.order.comments.standing().filter(round=self.order.round))

    @property
    def numbers(self) -> list[str]:
        return [str(number) for number in self.data.get("service_numbers", {}).values()]

    @property
    def footer_numbers(self) -> list[str]:
        is_of_subject = shows_subject_number(self.order.province)
        return [self.order.subject_number] if is_of_subject else self.numbers

    @property
    def due(self) -> datetime | None:
        return self.order.due_at.astimezone(clock.SHANGHAI) if self.order.due_at else None

    @property
    def portal(self) -> str:
        return setting("site.public_url").rstrip("/")

    def reason(self, language: str) -> str:
        with override(language):
            reason = self.order.return_reason
            return str(ReturnReason(reason).label) if reason else ""

    def due_note(self, language: str) -> str:
        with override(language):
            return working_days.provisional_note(self.due.date()) if self.due else ""


def _points(order: "FilingOrder", comments: list["OrderComment"], language: str) -> str:
    """What the reviewer asks for, field by field; labels in the language of the message."""
    from orders.field_labels import label_of

    with override(language):
        subject = order.dossier.subject
        labels = [label_of(comment.path, subject.nature, subject) for comment in comments]
        return "\n".join(
            _("%(label)s：%(text)s") % {"label": label, "text": comment.text}
            for label, comment in zip(labels, comments, strict=True)
        )


def _line(words: str) -> str:
    return f"\n{words}" if words else ""


def _set(name: str) -> Callable[[Facts], Any]:
    return lambda _facts: setting(name)


def _set_in_province(name: str) -> Callable[[Facts], Any]:
    return lambda facts: setting(name, facts.order.province)


_FACTS: dict[str, Callable[[Facts], Any]] = {
    "reason": lambda facts: facts.reason("zh-hans"),
    "reason_en": lambda facts: facts.reason(ENGLISH),
    "number": lambda facts: facts.order.number,
    "domain": lambda facts: facts.order.domain,
    "subject_name": lambda facts: facts.order.subject_name,
    "opinion": lambda facts: facts.event.said,
    # A line of its own where there are any words, nothing where there are none.
    "opinion_line": lambda facts: _line(facts.event.said),
    "points": lambda facts: _points(facts.order, facts.comments, "zh-hans"),
    "points_en": lambda facts: _points(facts.order, facts.comments, ENGLISH),
    "points_lines": lambda facts: _line(facts["points"]),
    "points_lines_en": lambda facts: _line(facts["points_en"]),
    "count": lambda facts: len(facts.comments),
    "sms_digits": _set("sms.code_digits"),
    "due": lambda facts: f"{facts.due:%Y-%m-%d %H:%M}" if facts.due else "",
    "due_note": lambda facts: facts.due_note("zh-hans"),
    "due_note_en": lambda facts: facts.due_note(ENGLISH),
    "sms_sender": _set("sms.sender"),
    "sms_hours": _set_in_province("sms.code_hours"),
    "bureau_days": _set_in_province("bureau.review_working_days"),
    "review_days": _set_in_province("review.initial_working_days"),
    "security_days": _set("after.public_security_days"),
    "meeting_how": _set("truthfulness.meeting_how"),
    "meeting_how_en": _set("truthfulness.meeting_how_en"),
    "unused_hours": _set("truthfulness.unused_photo_hours"),
    "unblock_days": _set("after.unblock_working_days"),
    "subject_number": lambda facts: facts.order.subject_number,
    "service_numbers": lambda facts: "、".join(facts.numbers),
    "service_numbers_en": lambda facts: ", ".join(facts.numbers),
    "footer_number": lambda facts: "、".join(facts.footer_numbers),
    "footer_number_en": lambda facts: ", ".join(facts.footer_numbers),
    "product": _set("site.product_name"),
    "product_en": _set("site.product_name_en"),
    "phone": _set("site.phone"),
    "hours": _set("site.hours"),
    "hours_en": _set("site.hours_en"),
    "link": lambda facts: facts.portal,
    "order_link": lambda facts: facts.portal + reverse("orders:order", args=[facts.order.pk]),
}
