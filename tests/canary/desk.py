"""A reviewer and a submitter at work on the canary's filing, quoting people in what they write."""

from django.urls import reverse

from beian.enums import StaffRoleName as Role
from orders.calls import callees_of
from orders.checklist.items import items_for
from orders.models import BureauRecord
from tests.builders import client_of, make_staff, post
from tests.canary.applicant import the_order
from tests.canary.people import EDITOR, LEGAL, WORDS


class Desk:
    def __init__(self) -> None:
        self.reviewer = client_of(make_staff(Role.REVIEWER).user)
        self.submitter = client_of(make_staff(Role.BUREAU_SUBMITTER, name="submitter-1").user)

    def take(self) -> None:
        self._act("take")
        assert the_order().assigned_to is not None

    def reveal(self) -> None:
        url = reverse("orders:reveal", args=[the_order().pk])
        path = "?path=subject.principal.cert_number"
        page = post(self.reviewer, url + path, {"purpose": "compare"}, follow=True)
        assert LEGAL.cert_number in page.text

    def comment(self) -> None:
        url = reverse("orders:comment", args=[the_order().pk]) + "?path=services[0].name"
        words = {"severity": "must_fix", "reason": "R-NAME", "text": WORDS}
        post(self.reviewer, url, {**words, "example": EDITOR.mobile})
        assert the_order().comments.get().text == WORDS

    def waive(self) -> None:
        order = the_order()
        objection = order.objections.get()
        url = reverse("orders:waive", args=[order.pk, objection.pk])
        self._post_current(url, reason=WORDS)
        objection.refresh_from_db()
        assert objection.waivers.get().reason == WORDS

    def answer_checklist(self) -> None:
        """Every person is called, one item gets words, the others pass."""
        order = the_order()
        address = [order.pk]
        for callee in callees_of(order, order.submissions.get(round=order.round).dossier):
            number, note = f"{callee.path}/mobile", WORDS
            call = {"number": number, "outcome": "confirmed", "note": note}
            self._post_current(reverse("orders:calls", args=address), **call)
        why_not = reverse("orders:checklist-item", args=[order.pk, "blacklist"])
        self._post_current(f"{why_not}?verdict=not_applicable", note=WORDS)
        for item in items_for(order):
            if item.key != "blacklist":
                answer = f"pass:{item.key}"
                self._post_current(reverse("orders:checklist", args=address), answer=answer)

    def _post_current(self, url: str, **data: str) -> None:
        post(self.reviewer, url, {"version": the_order().version, **data})

    def decide(self, name: str) -> None:
        before = the_order().state
        self._act(name, opinion=WORDS)
        assert the_order().state != before

    def hand_over(self) -> None:
        order, before = the_order(), BureauRecord.objects.count()
        url = reverse("orders:handover-act", args=[order.pk])
        post(self.submitter, url, {"version": order.version})
        assert BureauRecord.objects.count() == before + 1

    def _act(self, name: str, **data: str) -> None:
        order = the_order()
        url = reverse("orders:case-act", args=[order.pk, name])
        post(self.reviewer, url, {"version": order.version, **data})
