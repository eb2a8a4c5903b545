"""A person who does the truthfulness check in a browser without an account."""

import re

from django.test import Client
from django.urls import reverse

from beian import actors
from beian.models import Notice
from orders.actions.draft import save_draft
from orders.actions.submit import submit_order
from orders.actions.truthfulness_entry import show_code
from orders.agreements import REQUIRED
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from tests.agreeing import ticks
from tests.builders import MOBILE, post
from tests.verification import pictures
from verification.actions.face_consents import CONSENTS
from verification.models import TruthfulnessLink


def fresh(order: FilingOrder) -> FilingOrder:
    return FilingOrder.objects.get(pk=order.pk)


def actor_of(order: FilingOrder) -> actors.Actor:
    membership = order.account.memberships.get()
    return actors.applicant(membership.user, order.account, membership.role)


def link_to(order: FilingOrder) -> TruthfulnessLink:
    order = fresh(order)
    return show_code(actor_of(order), order, standings_of(order)[0].key)


def press_start(phone: Client, link: TruthfulnessLink):
    return post(phone, reverse("orders:face-open"), {"token": link.token})


def opened_page(phone: Client, order: FilingOrder) -> str:
    """The address of the check's page once the link was opened on `phone`."""
    return press_start(phone, link_to(order)).url


def submit(order: FilingOrder) -> None:
    submit_order(actor_of(order), order.pk, version=fresh(order).version, agreed=list(REQUIRED))


def agree(phone: Client, page: str):
    return post(phone, page, ticks(CONSENTS))


def take(phone: Client, page: str):
    return post(phone, page, {"photo": pictures.upload()})


def press(phone: Client, page: str, name: str):
    """A button under the photo that `page` shows."""
    photo = re.search(r'name="photo" value="([^"]+)"', phone.get(page).text)
    assert photo, "the page shows no photo to decide about"
    return post(phone, f"{page}{name}/", {"photo": photo[1]})


def ask_for_a_link(order: FilingOrder, mobile: str = MOBILE) -> list[str]:
    """What the person at `mobile` is texted; the page gives everybody the same answer."""
    known = set(Notice.objects.values_list("pk", flat=True))
    number = FilingOrder.objects.get(pk=order.pk).number
    answer = post(Client(), reverse("orders:face"), {"number": number, "mobile": mobile})
    assert answer.url == reverse("orders:face")
    sent = Notice.objects.filter(template="truthfulness_link").exclude(pk__in=known)
    assert {notice.recipient for notice in sent} <= {mobile}
    return [notice.body for notice in sent]


def edit(order: FilingOrder, path: str, value: str) -> None:
    save_draft(actor_of(order), order.pk, version=fresh(order).version, edits={path: value})


def photo_page(phone: Client) -> str:
    """The page behind the newest texted link, opened."""
    link = TruthfulnessLink.objects.filter(channel="sms").last()
    return press_start(phone, link).url
