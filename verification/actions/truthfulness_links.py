"""Links to the person's page: a new one kills the one before, opening kills them all.

An opened link goes on carrying its page until it is replaced (`orders.face_grant`). The check is
locked before its links, by whoever makes or opens one.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.notices import queue_notice
from beian.actors import Actor, ActorKind
from beian.audit import record_audit
from beian.enums import Channel
from beian.limits import hit
from beian.site_settings import setting
from verification.actions.truthfulness import CheckRefused, locked
from verification.enums import DeadLink, LinkChannel
from verification.models import TruthfulnessCheck, TruthfulnessLink
from verification.models.truthfulness_link import token_digest
from verification.truthfulness_texts import link_message

HOUR = timedelta(hours=1)
PAGE = "orders:face-link"


class LinkDead(Exception):
    """The link cannot be opened; `why` tells the page what to say."""

    def __init__(self, why: DeadLink) -> None:
        super().__init__(str(why.value))
        self.why = why


def address_of(link: TruthfulnessLink) -> str:
    """The whole address, as a QR code or a message carries it."""
    return setting("site.public_url").rstrip("/") + reverse(PAGE, args=[link.token])


def _count(scope: str, key: str, name: str) -> None:
    hit(f"truthfulness.{scope}", key, limit=setting(f"truthfulness.{name}"), window=HOUR)


@transaction.atomic
def _replace(actor: Actor, check: TruthfulnessCheck, channel: LinkChannel) -> TruthfulnessLink:
    # The lock keeps two refreshes apart; without row locks the constraint does.
    if not locked(check.pk).is_reachable:
        raise CheckRefused("closed", _("这次核验已经结束，请刷新页面查看最新情况。"))
    now = clock.now()
    older = TruthfulnessLink.objects.filter(check_row=check, channel=channel, replaced_at=None)
    if channel == LinkChannel.SMS:
        # Anybody who knows the number may ask for a text; that closes no page.
        older = older.filter(opened_at=None)
    older.update(replaced_at=now)
    link = TruthfulnessLink(
        check_row=check,
        channel=channel,
        created_at=now,
        expires_at=now + timedelta(minutes=setting("truthfulness.link_minutes")),
    )
    link.token_digest = token_digest(link.token)
    link.save(force_insert=True)
    record_audit(actor, "make_truthfulness_link", obj=check, field=str(channel))
    return link


def show_link(actor: Actor, check: TruthfulnessCheck) -> TruthfulnessLink:
    """A fresh QR code; the old one dies, and its page. Raises LimitReached or CheckRefused."""
    _count("links", str(check.pk), "links_per_hour")
    return _replace(actor, check, LinkChannel.QR)


def text_link(
    actor: Actor,
    check: TruthfulnessCheck,
    *,
    mobile: str,
    who: str,
    is_asked: bool,
    source_address: str | None,
) -> None:
    """Send a link to the person's own number; `who` is who files.

    `is_asked`: to do the check; otherwise to look at it, and to take consent and photo back.
    Raises LimitReached, and CheckRefused when the check has ended meanwhile.
    """
    if source_address and actor.kind is not ActorKind.APPLICANT:
        limit = setting("code.sends_per_address_hour")
        hit("code.source", source_address, limit=limit, window=HOUR)
    _count("messages", mobile, "messages_per_hour")
    _count("links", str(check.pk), "links_per_hour")
    with transaction.atomic():
        link = _replace(actor, check, LinkChannel.SMS)
        queue_notice(
            event_key=f"truthfulness-link:{link.pk}",
            channel=Channel.SMS,
            recipient=mobile,
            message=link_message(link=address_of(link), who=who, is_asked=is_asked),
            order_id=check.owner,
        )


def find_link(token: str) -> TruthfulnessLink:
    """The living link of a token, for the page that asks whether to begin. Raises LinkDead."""
    rows = TruthfulnessLink.objects.select_related("check_row")
    link = rows.filter(token_digest=token_digest(token)).first()
    if link is None:
        raise LinkDead(DeadLink.UNKNOWN)
    if not link.check_row.is_reachable:
        raise LinkDead(DeadLink.ENDED)
    why = link.why_dead(clock.now())
    if why is not None:
        raise LinkDead(why)
    return link


@transaction.atomic
def open_link(token: str) -> TruthfulnessLink:
    """Use the link up, once, whoever else presses at the same time. Raises LinkDead."""
    locked(find_link(token).check_row_id)
    # Looked at again: somebody may have opened or replaced it before the lock was had.
    link = find_link(token)
    now = clock.now()
    mine = TruthfulnessLink.objects.alive(now).filter(pk=link.pk)
    # Where there are no row locks, this decides.
    if not mine.update(opened_at=now):
        raise LinkDead(DeadLink.OPENED)
    others = TruthfulnessLink.objects.filter(check_row_id=link.check_row_id, replaced_at=None)
    others.exclude(pk=link.pk).update(replaced_at=now)
    return link


@dataclass(frozen=True)
class LinksOfCheck:
    """The QR code in force, and the newest texted link, dead or alive."""

    shown: TruthfulnessLink | None = None
    texted: TruthfulnessLink | None = None


def links_of(check_ids: list[UUID]) -> dict[UUID, LinksOfCheck]:
    """What the applicant sees of the links of each check; one query."""
    now = clock.now()
    in_force = Q(channel=LinkChannel.QR, pk__in=TruthfulnessLink.objects.alive(now).values("pk"))
    rows = TruthfulnessLink.objects.filter(check_row_id__in=check_ids)
    found: dict[UUID, LinksOfCheck] = {}
    for link in rows.filter(in_force | Q(channel=LinkChannel.SMS)).order_by("created_at"):
        part = "shown" if link.channel == LinkChannel.QR else "texted"
        known = found.get(link.check_row_id, LinksOfCheck())
        found[link.check_row_id] = replace(known, **{part: link})
    return found
