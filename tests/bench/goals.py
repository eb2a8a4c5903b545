"""What an applicant has to do, counted on the pages as somebody new meets them.

Counted are the fields that an ordinary filing fills in and that the page leaves open: a field the
page has answered, an optional one and what a choice merely reveals are not. The codes that come by
message are typed fields too; the task list is no screen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from beian.enums import Channel
from beian.models import Notice
from orders.models import FilingOrder
from tests.bench.first_look import CHOICE, DECLARATION, TYPED, UPLOAD, asked_of, boxes
from tests.bench.frame import Measure, all_of, at_most, bench, without_goal
from tests.bench.pages import undone
from tests.bench.shown import explained_controls, helpful_errors, readable_values
from tests.browser.album import LANGUAGES, album
from tests.builders import OTHER_MOBILE, client_of, make_applicant, make_resource, post
from tests.fake_face import recognise_everybody
from tests.life import Life
from tests.orders import test_individual_walk as individual
from tests.orders import test_wizard_walk as enterprise
from tests.orders.test_rejected_journey import hidden_fields, link
from tests.orders.test_wizard_walk import code_sent_by, picture

SCREENS, CLICKS = "screens", "clicks"
START, LIMIT_OF_SCREENS = {"service_kind": "website", "province": "33"}, 40
MAIL_ADDRESS = re.compile(r"https?://[^\s，。)）]+")

# Filled in on each page of the wizard, as the tests of the two walks fill them in.
ENTERPRISE = {
    "subject": enterprise.SUBJECT,
    "subject-principal": enterprise.PRINCIPAL,
    "website": enterprise.WEBSITE,
    "service-principal": {"same_as_subject_principal": "yes"},
}
INDIVIDUAL = {
    "subject": individual.IDENTITY,
    "subject-principal": individual.CONTACTS,
    "website": individual.WEBSITE,
}

# Of choices alone: the legal texts that have to be agreed to are counted beside them.
ENTERPRISE_LIMITS = {SCREENS: 16, TYPED: 10, CHOICE: 8, UPLOAD: 5}


@bench("goals")
def goals() -> Iterator[Measure]:
    with undone():
        counts = _filing("enterprise", ENTERPRISE)
    yield from _effort("enterprise", counts, ENTERPRISE_LIMITS)
    with undone():
        counts = _filing("personal", INDIVIDUAL)
    yield from _effort("individual", counts, {SCREENS: 11})
    with undone():
        counts = _resubmission()
    yield at_most("U3-screens", counts[SCREENS], 3, SCREENS)
    yield at_most("U3-clicks", counts[CLICKS], 4, CLICKS)
    yield from _on_every_page()


def _effort(who: str, counts: Counter[str], limits: dict[str, int]) -> Iterator[Measure]:
    for what in (SCREENS, TYPED, CHOICE, UPLOAD, DECLARATION):
        most = limits.get(what)
        name = f"U1-{who}-{what}"
        if most is None:
            yield without_goal(name, counts[what], what)
        else:
            yield at_most(name, counts[what], most, what)


def _on_every_page() -> Iterator[Measure]:
    pages = album().pages
    for language in LANGUAGES:
        good, every = helpful_errors(pages, language)
        yield all_of(f"U8-errors-with-field-and-remedy-{language}", good, every, "messages")
    explained, every = explained_controls(pages)
    yield all_of("U20-unavailable-controls-explained", explained, every, "controls")
    readable = readable_values(pages)
    yield at_most("U24-numbers-in-text", readable["text"], 0, "numbers")
    # Their owner edits these; nobody else's page holds one.
    yield at_most("U24-numbers-in-forms-of-others", readable["forms of others"], 0, "numbers")


def _filing(nature: str, data: dict[str, dict]) -> Counter[str]:
    """From the start to the submitted page, always where the last answer leads."""
    phone = {"phone": OTHER_MOBILE} if nature == "personal" else {}
    applicant = make_applicant(**phone)
    resource = make_resource(applicant.account)
    walk = _Walk(client_of(applicant.user), {**data, "resource": {"resource": str(resource.pk)}})
    start = reverse("orders:start")
    walk.look(start, {**START, "nature": nature})
    url = post(walk.client, start, {**START, "nature": nature}).url
    while walk.counts[SCREENS] < LIMIT_OF_SCREENS:
        url = walk.next_after(url)
        if not url:
            return walk.counts
    raise AssertionError("the filing does not end")


class _Walk:
    def __init__(self, client: Client, data: dict[str, dict]) -> None:
        self.client, self.data = client, data
        self.counts: Counter[str] = Counter()

    def look(self, url: str, filled: dict, *, is_pledge: bool = False) -> str:
        html = self.client.get(url).text
        self.counts += Counter({SCREENS: 1}) + asked_of(html, filled, is_pledge=is_pledge)
        return html

    def next_after(self, url: str) -> str:
        """Do what the page asks for; returns where that leads, or nothing at the end."""
        match = resolve(urlsplit(url).path)
        order = FilingOrder.objects.get(pk=match.kwargs["pk"])
        if match.url_name == "tasks":
            return reverse("orders:step", args=[order.pk, "subject"])
        if match.url_name == "step":
            return self._fill_in(url, order, match.kwargs["key"])
        if match.url_name == "truthfulness":
            self.look(url, {})
            recognise_everybody(order)
            return reverse("orders:check", args=[order.pk])
        if match.url_name == "check":
            agreed = boxes(self.client.get(url).text)
            self.look(url, agreed, is_pledge=True)
            return post(self.client, url, {"version": order.version, **agreed}).url
        self.look(url, {})
        return ""

    def _fill_in(self, url: str, order: FilingOrder, key: str) -> str:
        filled = dict(self.data.get(key, {})) or self._pictures(url)
        if key == "subject-principal":
            filled |= dict.fromkeys(("mobile_code", "email_code"), "")
        self.look(url, filled)
        if key == "subject-principal":
            filled |= self._codes(url, order, filled)
        answer = self._send(url, order, filled)
        assert answer.status_code == 302, (key, answer.text)
        return answer.url

    def _codes(self, url: str, order: FilingOrder, filled: dict) -> dict[str, str]:
        codes = {}
        for field, channel in (("mobile", Channel.SMS), ("email", Channel.MAIL)):
            self._send(url, order, {**filled, "action": f"send:{field}"})
            codes[f"{field}_code"] = code_sent_by(channel)
        return codes

    def _send(self, url: str, order: FilingOrder, filled: dict) -> HttpResponse:
        order.refresh_from_db()
        return post(self.client, url, {"version": order.version, **filled})

    def _pictures(self, url: str) -> dict:
        names = re.findall(r'type="file" name="(\w+)"', self.client.get(url).text)
        return {name: picture() for name in names}


def _resubmission() -> Counter[str]:
    """From the link of the mail about a rejected field to the second round.

    A click is a link, a button or a box to tick. The page that says "submitted" is not counted.
    """
    client, url = _rejected()
    html = client.get(url).text
    counts = Counter({SCREENS: 1})
    step = link(html, "去修改")
    form = client.get(step).text
    assert not asked_of(form, enterprise.WEBSITE), "a field has to be filled in again"
    changed = {**enterprise.WEBSITE, "name": "示例科技知识库"}
    after = post(client, step, {**hidden_fields(form), **changed}).url
    counts += Counter({SCREENS: 1, CLICKS: 2})
    if "/check/" not in after:
        # Saving leads back to a page with a link to the check page.
        after = link(client.get(after).text, "检查并重新提交")
        counts += Counter({SCREENS: 1, CLICKS: 1})
    check = client.get(after).text
    agreed = boxes(check)
    answer = post(client, after, {**hidden_fields(check), **agreed})
    assert answer.url.endswith("/submitted/"), answer.url
    return counts + Counter({SCREENS: 1, CLICKS: 1 + len(agreed)})


def _rejected() -> tuple[Client, str]:
    """A signed-in applicant and the address in the mail that came last."""
    life = Life(bureau=None)
    life.submit()
    life.take()
    life.comment("services[0].name")
    life.act("reject", life.reviewer, opinion="请修改网站名称。")
    mail = Notice.objects.filter(channel=Channel.MAIL).latest("created_at")
    return client_of(life.applicant.user), urlsplit(MAIL_ADDRESS.findall(mail.body)[-1]).path
