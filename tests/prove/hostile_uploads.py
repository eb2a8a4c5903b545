"""Every hostile file and request is refused with words; every odd but legal picture is kept clean.

A round posts one upload of the catalogue to the real page, in Chinese and in English by turns, on a
draft of its own.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from orders.models import FilingOrder
from tests.builders import Applicant, client_of, make_applicant
from tests.hostile.answers import (
    files,
    is_clean,
    is_kept_once,
    names_field_and_remedy,
    says_what_to_do,
)
from tests.hostile.case import Case, Fate
from tests.hostile.catalogue import catalogue
from tests.measuring import progress
from tests.orders.ready_order import started_order
from tests.prove.frame import SEED, proof
from tests.served_client import ServedClient
from verification.actions.documents import documents_of

LANGUAGES = ("zh-hans", "en")


@proof(
    "hostile-uploads",
    small=24,
    full=len(catalogue(SEED)),
    batch=48,
    must_be_zero=("crashed", "stored_wrongly", "unclear", "refused_wrongly", "unclean"),
)
def hostile_uploads(start: int, count: int, seed: int) -> dict[str, int]:
    tally = {str(fate): 0 for fate in Fate}
    with TemporaryDirectory() as folder, override_settings(FILES_DIR=Path(folder)):
        for number in range(start, start + count):
            case = catalogue(seed)[number % len(catalogue(seed))]
            tally[str(case.fate)] += 1
            with transaction.atomic():
                wrong = _try(case, number, LANGUAGES[number % len(LANGUAGES)])
            if wrong:
                tally[wrong] = tally.get(wrong, 0) + 1
                progress(f"{wrong}: {case.name} (number {number})")
    return tally


def _try(case: Case, number: int, language: str) -> str:
    """What went wrong with one upload, under the name it is counted by; "" if nothing."""
    applicant = make_applicant(phone=f"139{number:08d}", account_name=f"示例账号 {number}（虚构）")
    order = started_order(applicant)
    client = served_client_of(applicant)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    before = files()
    response = _send(case, client, order)
    if response.status_code >= 500:
        return "crashed"
    new = files() - before
    if case.fate is Fate.KEPT:
        return _look_at_kept(client, order, new)
    if new or documents_of(order.pk).exists():
        return "stored_wrongly"
    is_clear = names_field_and_remedy if case.fate is Fate.REFUSED else says_what_to_do
    return "" if is_clear(response, order, language) else "unclear"


def served_client_of(applicant: Applicant) -> ServedClient:
    client = ServedClient()
    client.cookies = client_of(applicant.user).cookies
    return client


def _send(case: Case, client: Client, order: FilingOrder) -> HttpResponse:
    fields = {"version": str(order.version), "idempotency_key": uuid.uuid4().hex}
    request = case.request(fields)
    url = _page_of(order)
    return client.generic("POST", url, request.body, content_type=request.content_type)


def _page_of(order: FilingOrder) -> str:
    return reverse("orders:step", args=[order.pk, "materials"])


def _look_at_kept(client: Client, order: FilingOrder, new: set[Path]) -> str:
    if not is_kept_once(order, new):
        return "refused_wrongly"
    page = client.get(_page_of(order)).content.decode()
    document = documents_of(order.pk).get()
    return "" if is_clean(document, page) else "unclean"
