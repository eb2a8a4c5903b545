"""Messages of an order: texts are data (data/notices.toml), one row per event and channel.

Texts are rendered when the event happens, in the language of the account's owner; responsible
persons have no account and get Chinese first and English after it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from beian import clock
from beian.actions.notices import Addressed, Message, queue_notices
from beian.enums import Channel, MembershipRole
from beian.models import Membership, User
from beian.site_settings import setting
from orders import working_days
from orders.filings.footer import shows_subject_number

if TYPE_CHECKING:
    from orders.models import FilingOrder, OrderComment, OrderEvent

FILE = Path(__file__).parent / "data" / "notices.toml"
ENGLISH = "en"


@dataclass(frozen=True)
class NoticeText:
    """`to` lists account, persons, outstanding (of the SMS step) and/or person (the one it is
    about: `person_mobile` of the event's data); every text has zh and en.
    """

    key: str
    to: tuple[str, ...]
    channels: tuple[str, ...]
    subject: Mapping[str, str]
    body: Mapping[str, str]
    # A shorter body for text messages; the long one where it is missing.
    short: Mapping[str, str]

    @property
    def tells_points(self) -> bool:
        return any("{count}" in body or "{points" in body for body in self.body.values())

    def part_for(self, channel: Channel) -> Mapping[str, str]:
        return self.short if channel is Channel.SMS else self.body


@lru_cache
def texts() -> dict[str, NoticeText]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: NoticeText(
            key,
            tuple(row["to"]),
            tuple(row["channels"]),
            row["subject"],
            row["body"],
            row.get("short", row["body"]),
        )
        for key, row in rows.items()
    }


def _facts(
    text: NoticeText, order: "FilingOrder", event: "OrderEvent", data: Mapping
) -> dict[str, Any]:
    comments = _standing_comments(order) if text.tells_points else []
    numbers = [str(number) for number in data.get("service_numbers", {}).values()]
    shown = [order.subject_number] if shows_subject_number(order.province) else numbers
    due = order.due_at.astimezone(clock.SHANGHAI) if order.due_at else None
    portal = setting("site.public_url").rstrip("/")
    with override("zh-hans"):
        reason = order.get_return_reason_display()
        due_note = working_days.provisional_note(due.date()) if due else ""
    with override("en"):
        reason_en = str(order.get_return_reason_display())
        due_note_en = working_days.provisional_note(due.date()) if due else ""
    return {
        "reason": str(reason),
        "reason_en": reason_en,
        "number": order.number,
        "domain": order.domain,
        "subject_name": order.subject_name,
        "opinion": event.opinion,
        "points": _points(order, comments, "zh-hans"),
        "points_en": _points(order, comments, ENGLISH),
        "count": len(comments),
        "sms_digits": setting("sms.code_digits"),
        "due": f"{due:%Y-%m-%d %H:%M}" if due else "",
        "due_note": due_note,
        "due_note_en": due_note_en,
        "sms_sender": setting("sms.sender"),
        "sms_hours": setting("sms.code_hours", order.province),
        "bureau_days": setting("bureau.review_working_days", order.province),
        "review_days": setting("review.initial_working_days", order.province),
        "security_days": setting("after.public_security_days"),
        "meeting_how": setting("truthfulness.meeting_how"),
        "meeting_how_en": setting("truthfulness.meeting_how_en"),
        "unused_hours": setting("truthfulness.unused_photo_hours"),
        "unblock_days": setting("after.unblock_working_days"),
        "subject_number": order.subject_number,
        "service_numbers": "、".join(numbers),
        "service_numbers_en": ", ".join(numbers),
        "footer_number": "、".join(shown),
        "footer_number_en": ", ".join(shown),
        "product": setting("site.product_name"),
        "product_en": setting("site.product_name_en"),
        "link": portal,
        "order_link": portal + reverse("orders:order", args=[order.pk]),
        **{key: value for key, value in data.items() if isinstance(value, str | int)},
    }


def owner_of(order: "FilingOrder") -> User:
    """The main account's user: the one who is told by text message."""
    return _main_membership(order).user


def _main_membership(order: "FilingOrder") -> Membership:
    return Membership.objects.select_related("user", "account").get(
        account_id=order.account_id, role=MembershipRole.OWNER
    )


def _filled(
    template: Mapping[str, str], facts: dict, languages: tuple[str, ...], joint: str
) -> str:
    return joint.join(template[language].format(**facts) for language in languages)


def _message(
    text: NoticeText, facts: dict, channel: Channel, languages: tuple[str, ...], owner: User
) -> Message:
    return Message(
        template=text.key,
        subject=_filled(text.subject, facts, languages, " / "),
        body=_filled(text.part_for(channel), facts, languages, "\n\n"),
        language=owner.language,
    )


def _recipients(
    order: "FilingOrder", text: NoticeText, owner: User, data: Mapping
) -> Iterator[tuple[str, Channel, str]]:
    for channel in map(Channel, text.channels):
        if "account" in text.to:
            address = _account_address(order, channel, owner)
            if address:
                yield "account", channel, address
        if "persons" in text.to and channel is not Channel.PORTAL:
            yield from _persons(order, channel)
        if "person" in text.to and channel is Channel.SMS and data.get("person_mobile"):
            yield "persons", channel, data["person_mobile"]
        if "outstanding" in text.to and channel is Channel.SMS:
            yield from _outstanding(order)


def _account_address(order: "FilingOrder", channel: Channel, owner: User) -> str:
    if channel is Channel.PORTAL:
        return str(order.account_id)
    if channel is Channel.SMS:
        return owner.phone
    # The filing e-mail: results go to the subject principal's address.
    return order.content.subject.principal.email


def _persons(order: "FilingOrder", channel: Channel) -> Iterator[tuple[str, Channel, str]]:
    dossier = order.content
    people = [dossier.subject.principal]
    people += [dossier.service_principal(index) for index in range(len(dossier.services))]
    field = "mobile" if channel is Channel.SMS else "email"
    for address in dict.fromkeys(getattr(person, field) for person in people):
        if address:
            yield "persons", channel, address


def _outstanding(order: "FilingOrder") -> Iterator[tuple[str, Channel, str]]:
    """Who has not verified yet."""
    from orders.actions.sms import challenges_of

    for challenge in challenges_of(order):
        if challenge.verified_at is None:
            yield "persons", Channel.SMS, challenge.mobile


def _points(order: "FilingOrder", comments: list["OrderComment"], language: str) -> str:
    """What the reviewer asks for, field by field; labels in the language of the message."""
    from orders.field_labels import label_of

    with override(language):
        labels = [label_of(comment.path, order.nature) for comment in comments]
        return "\n".join(
            _("%(label)s：%(text)s") % {"label": label, "text": comment.text}
            for label, comment in zip(labels, comments, strict=True)
        )


def _standing_comments(order: "FilingOrder") -> list["OrderComment"]:
    return list(order.comments.standing().filter(round=order.round))


def _language_of(owner: User) -> str:
    return ENGLISH if owner.language.startswith(ENGLISH) else "zh"


def queue(key: str, order: "FilingOrder", event: "OrderEvent", data: Mapping | None = None) -> None:
    """Write the notices `key` of one event; must run in the event's transaction."""
    queue_notices(
        f"{event.pk}:{key}", _addressed(texts()[key], order, event, data or {}), order_id=order.pk
    )


def _addressed(
    text: NoticeText, order: "FilingOrder", event: "OrderEvent", data: Mapping
) -> Iterator[Addressed]:
    facts = _facts(text, order, event, data)
    main = _main_membership(order)
    owner = main.user
    for audience, channel, recipient in _recipients(order, text, owner, data):
        languages = ("zh", "en") if audience == "persons" else (_language_of(owner),)
        message = _message(text, facts, channel, languages, owner)
        account = main.account if channel is Channel.PORTAL else None
        yield Addressed(channel, recipient, message, account)


def texts_for_owner(key: str, order: "FilingOrder", event: "OrderEvent") -> tuple[str, str, str]:
    """Subject, body and language as the account's owner would get notice `key`; writes nothing."""
    text = texts()[key]
    facts = _facts(text, order, event, {})
    language = _language_of(owner_of(order))
    return text.subject[language].format(**facts), text.body[language].format(**facts), language
