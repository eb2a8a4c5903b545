"""One filing over the whole line, from the first page to the number, with trouble on the way."""

import re

from django.test import Client
from django.urls import reverse

from beian.enums import Channel
from beian.models import Notice
from orders.actions import results, sending
from orders.bureau.base import Answer, RefusedFile, Unknown
from orders.enums import HandoverState
from orders.models import BureauFile, BureauRecord
from tests.builders import post
from tests.canary.applicant import ApplicantAtWork, the_order
from tests.canary.canaries import Canary
from tests.canary.desk import Desk
from tests.canary.people import PEOPLE, SEEDED, WORDS, Person
from tests.fake_bureau import FakeBureau
from tests.verification.reading import wrong_code


class TalkativeBureau(FakeBureau):
    """Quotes people in its refusals, and in the trouble on the way to it."""

    def upload(self, *, sequence: int, sha256: str, payload: str) -> Answer:
        fault = self.faults[0] if self.faults else ""
        answer = super().upload(sequence=sequence, sha256=sha256, payload=payload)
        if fault == "refuse":
            return RefusedFile(5001, WORDS)
        return Unknown(WORDS) if fault == "lost_after" else answer


class Line:
    """Everybody who has to do with the one order."""

    def __init__(self, bureau: TalkativeBureau) -> None:
        self.bureau = bureau
        self.applicant = ApplicantAtWork()
        self.desk = Desk()

    @property
    def canaries(self) -> list[Canary]:
        return [*SEEDED, *self.codes]

    @property
    def codes(self) -> list[Canary]:
        return [Canary("code", code) for code in self.applicant.codes]

    def walk(self) -> None:
        """Every stage once: completion, refused and lost files, a bureau's refusal, the grant."""
        self.applicant.fill_in()
        self._review_with_completion()
        self._to_sms("refuse", "lost_after")
        self._verify_and_answer("refused")
        self.applicant.rename("示例科技官网")
        self.applicant.submit()
        self._pass_review()
        self._to_sms()
        self._verify_and_answer("granted")

    def _review_with_completion(self) -> None:
        self.applicant.submit()
        self.desk.take()
        self.desk.reveal()
        self.desk.comment()
        self.desk.decide("ask_supplement")
        self.applicant.rename("示例科技产品官网")
        self.applicant.explain()
        self.applicant.submit()
        self._pass_review()

    def _pass_review(self) -> None:
        self.desk.take()
        self.desk.answer_checklist()
        self.desk.decide("pass_initial_review")

    def _to_sms(self, *faults: str) -> None:
        """A refused file is handed over anew; an answer that was lost is asked for again."""
        for fault in (*faults, ""):
            if not BureauRecord.objects.filter(state=HandoverState.UNKNOWN).exists():
                self.desk.hand_over()
            self.bureau.faults = [fault]
            self._send()

    def _send(self) -> None:
        BureauFile.objects.update(next_attempt_at=the_order().created_at)
        sending.offer_records()

    def _verify_and_answer(self, outcome: str) -> None:
        for person in PEOPLE:
            self._verify(person)
        self._send()
        self.bureau.decide(outcome, text=WORDS)
        results.collect_results()

    def _verify(self, person: Person) -> None:
        """One wrong entry, then the right one, without an account."""
        browser, code = Client(), ministry_code(person.mobile)
        self.applicant.codes += [code, wrong_code(code)]
        entry = {"mobile": person.mobile, "code": code, "tail": person.cert_number[-6:]}
        asked = {"number": the_order().number, "mobile": person.mobile}
        url = reverse("orders:sms-verify")
        post(browser, reverse("orders:sms"), asked)
        post(browser, url, {**entry, "code": wrong_code(code)}, follow=True)
        post(browser, url, entry, follow=True)


def ministry_code(mobile: str) -> str:
    rows = Notice.objects.filter(is_secret=True, channel=Channel.SMS).order_by("-created_at", "-pk")
    body = next(row.body for row in rows if row.recipient == mobile and "12381" in row.sender)
    found = re.search(r"(?<!\d)\d{6}(?!\d)", body)
    assert found is not None
    return found.group()
