"""Messages of an order: texts are data (data/notices.toml), one row per event and channel.

Texts are rendered when the event happens, in the language of the account's owner; responsible
persons have no account and get Chinese first and English after it.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from beian.actions.notices import Addressed, Message, queue_notices, queue_notices_of
from beian.enums import Channel, MembershipRole
from beian.models import Membership, User
from orders.notice_facts import ENGLISH, Facts

if TYPE_CHECKING:
    from orders.models import FilingOrder, OrderEvent

FILE = Path(__file__).parent / "data" / "notices.toml"


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


def owner_of(order: "FilingOrder") -> User:
    """The main account's user: the one who is told by text message."""
    return _main_memberships().get(account_id=order.account_id).user


def _main_memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("user").filter(role=MembershipRole.OWNER)


def _filled(
    template: Mapping[str, str], facts: Facts, languages: tuple[str, ...], joint: str
) -> str:
    return joint.join(template[language].format_map(facts) for language in languages)


def _message(
    text: NoticeText, facts: Facts, channel: Channel, languages: tuple[str, ...], owner: User
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


def _language_of(owner: User) -> str:
    return ENGLISH if owner.language.startswith(ENGLISH) else "zh"


def queue(key: str, order: "FilingOrder", event: "OrderEvent", data: Mapping | None = None) -> None:
    """Write the notices `key` of one event; must run in the event's transaction."""
    _queue(texts()[key], order, event, data or {})


def queue_unopened(key: str, order: "FilingOrder", event: "OrderEvent", data: Mapping) -> None:
    """What `queue` does but for mail: its address is in the dossier, and that does not open."""
    text = texts()[key]
    channels = tuple(channel for channel in text.channels if channel != Channel.MAIL)
    _queue(replace(text, channels=channels), order, event, data)


def _queue(text: NoticeText, order: "FilingOrder", event: "OrderEvent", data: Mapping) -> None:
    addressed = _addressed(text, order, event, owner_of(order), data)
    queue_notices(f"{event.pk}:{text.key}", addressed, order_id=order.pk)


def queue_together(key: str, events: "Iterable[OrderEvent]", data: Mapping) -> None:
    """What `queue` does for each event, in one statement; `event.order` has been read."""
    told, text = list(events), texts()[key]
    rows = _main_memberships().filter(account__in=[event.order.account_id for event in told])
    owners = {membership.account_id: membership.user for membership in rows}
    queue_notices_of(
        (f"{event.pk}:{key}", event.order_id, addressed)
        for event in told
        for addressed in _addressed(text, event.order, event, owners[event.order.account_id], data)
    )


def _addressed(
    text: NoticeText, order: "FilingOrder", event: "OrderEvent", owner: User, data: Mapping
) -> Iterator[Addressed]:
    facts = Facts(order, event, data)
    for audience, channel, recipient in _recipients(order, text, owner, data):
        languages = ("zh", "en") if audience == "persons" else (_language_of(owner),)
        message = _message(text, facts, channel, languages, owner)
        account_id = order.account_id if channel is Channel.PORTAL else None
        yield Addressed(channel, recipient, message, account_id)


def texts_for_owner(key: str, order: "FilingOrder", event: "OrderEvent") -> tuple[str, str, str]:
    """Subject, body and language as the account's owner would get notice `key`; writes nothing."""
    text = texts()[key]
    facts = Facts(order, event, {})
    language = _language_of(owner_of(order))
    return text.subject[language].format_map(facts), text.body[language].format_map(facts), language
