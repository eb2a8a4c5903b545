"""An applicant who fills in a whole filing page by page, with slips on the way."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from orders.agreements import REQUIRED
from orders.models import FilingOrder
from tests.agreeing import ticks
from tests.builders import client_of, make_applicant, make_resource, post
from tests.canary.people import (
    EDITOR,
    LEGAL,
    WORDS,
    Person,
    person_page,
    subject_page,
    website_page,
)
from tests.fake_face import recognise_everybody
from tests.orders.builders_filings import change_draft
from tests.orders.objection_stage import DOMAINS, TWO_DOMAINS, entry_of
from tests.verification import pictures
from tests.verification.reading import code_sent_to, wrong_code

PICTURE_NAME = f"{LEGAL.full_name}{LEGAL.cert_number} {EDITOR.mobile}.jpg"
FILE_FIELD = re.compile(r'<input(?=[^>]*type="file")[^>]*\bname="([^"]+)"')


def the_order() -> FilingOrder:
    return FilingOrder.objects.get()


class ApplicantAtWork:
    """`codes` are those that were typed, right and wrong."""

    def __init__(self) -> None:
        applicant = make_applicant(phone=LEGAL.mobile)
        self.resource = make_resource(applicant.account)
        self.browser = client_of(applicant.user)
        self.codes: list[str] = []

    def fill_in(self) -> None:
        start = {"service_kind": "website", "nature": "enterprise", "province": "33"}
        post(self.browser, reverse("orders:start"), start)
        self._step("subject", subject_page())
        self._person("subject-principal", LEGAL, is_legal_representative="yes")
        self._step("website", website_page())
        self._person("service-principal", EDITOR, same_as_subject_principal="no")
        self._step("resource", {"resource": str(self.resource.pk)})
        self._step("materials", self._pictures())
        recognise_everybody(the_order())

    def object_to_a_rule(self) -> None:
        """A second domain is against a rule of medium confidence."""
        change_draft(the_order(), DOMAINS, TWO_DOMAINS[DOMAINS])
        order = the_order()
        url = reverse("orders:objection", args=[order.pk, entry_of(order).mark])
        post(self.browser, url, {"reason": WORDS})
        assert order.objections.get().reason == WORDS

    def submit(self) -> None:
        order = the_order()
        url = reverse("orders:check", args=[order.pk])
        post(self.browser, url, {"version": order.version, **ticks(REQUIRED)})
        assert the_order().round == order.round + 1

    def rename(self, name: str) -> None:
        self._step("website", website_page(name))

    def explain(self) -> None:
        order = the_order()
        comment = order.comments.latest("pk")
        url = reverse("orders:reply", args=[order.pk, comment.pk])
        post(self.browser, url, {"text": WORDS})
        comment.refresh_from_db()
        assert comment.reply == WORDS

    def _step(self, key: str, data: dict[str, Any], status: int = 302) -> HttpResponse:
        order = the_order()
        url = reverse("orders:step", args=[order.pk, key])
        answer = post(self.browser, url, {"version": order.version, **data})
        assert answer.status_code == status, (key, answer.status_code)
        return answer

    def _person(self, key: str, person: Person, **choice: str) -> None:
        """Without a name, then with a wrong code for each contact, then right."""
        page = {**person_page(person), **choice}
        self._step(key, {**page, "full_name": ""}, status=200)
        for field, address in (("mobile", person.mobile), ("email", person.email)):
            self._step(key, {**page, "action": f"send:{field}"})
            code = code_sent_to(address)
            self.codes += [code, wrong_code(code)]
            self._step(key, {**page, f"{field}_code": wrong_code(code)}, status=200)
            page[f"{field}_code"] = code
        self._step(key, page)

    def _pictures(self) -> dict[str, SimpleUploadedFile]:
        """A picture for every file the page asks for, named as people name them."""
        page = self.browser.get(reverse("orders:step", args=[the_order().pk, "materials"]))
        fields = FILE_FIELD.findall(page.text)
        assert len(fields) >= 5
        return {
            name: pictures.upload(
                pictures.encoded(pictures.drawn(320 + number, 320)), name=PICTURE_NAME
            )
            for number, name in enumerate(fields)
        }
