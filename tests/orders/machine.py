"""A stateful model of orders: anybody tries anything at any time, and the invariants hold.

Two accounts file for the same certificate, so that one of them is always in the other's way.
"""

import re
from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from beian import clock
from beian.actions.deadlines import sweep_deadlines
from beian.actions.notices import relay_notices
from beian.actors import BUREAU, MINISTRY, SYSTEM
from beian.enums import Channel, StaffRoleName
from beian.models import Notice
from beian.ports.base import DeliveryFailed
from orders import workflow
from orders.actions import handover, results, sending
from orders.actions.sms import attempt_verification, challenges_of
from orders.agreements import REQUIRED, give_agreements
from orders.enums import EDITABLE_STATES, REVIEW_STATES, OrderState
from orders.models import FilingOrder, OrderComment
from orders.transitions import BY_NAME
from tests.builders import make_applicant, make_staff
from tests.checklist import tick_everything
from tests.fake_bureau import FakeBureau
from tests.fake_face import recognise_everybody
from tests.life import entry_for, make_draft_to_start, put_pictures
from tests.orders.invariants import (
    CHECKS,
    FrozenSubmissions,
    look,
    no_due_deadline_is_open,
    nothing_waits_for_good,
)
from verification.actions.sms import Entry
from verification.actions.truthfulness import CheckRefused

# One file, one result and one reminder at a time; more turns than a machine of 15 steps can fill.
PATIENCE = 100
NUMBER = st.integers(0, 1)
WITH_APPLICANT = EDITABLE_STATES | {OrderState.NEEDS_SUPPLEMENT}


class Wire:
    """Takes messages, after as many failures as it was told; people read their codes from it."""

    def __init__(self):
        self.failures = 0
        self.texts = {}

    def send(self, *, message_id, text, **_more):
        if self.failures:
            self.failures -= 1
            raise DeliveryFailed("no route")
        self.texts[message_id] = text

    def newest_code(self, mobile):
        """Sent or still waiting: a sent message has lost its body."""
        rows = Notice.objects.filter(is_secret=True, channel=Channel.SMS).order_by("-created_at")
        newest = next(notice for notice in rows if notice.recipient == mobile)
        text = newest.body or self.texts[str(newest.pk)]
        return re.findall(r"(?<!\d)\d{6}(?!\d)", text)[0]


class OrderMachine(RuleBasedStateMachine):
    """Each example runs in a transaction that is rolled back."""

    def __init__(self):
        super().__init__()
        self.ahead = timedelta()
        self.bureau = FakeBureau()
        self.wire = Wire()
        self.frozen = FrozenSubmissions()
        self.patches = [
            patch.object(clock, "_offset", lambda: self.ahead),
            patch("orders.actions.sending.gateway", lambda: self.bureau),
            patch("orders.actions.results.gateway", lambda: self.bureau),
            patch("beian.actions.notices.port", lambda _name: self.wire),
            patch("tests.life.newest_code", self.wire.newest_code),
        ]
        for each in self.patches:
            each.start()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self._open_house()

    def teardown(self):
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)
        for each in self.patches:
            each.stop()

    def _open_house(self):
        self.applicants = [
            make_applicant(phone=f"1380000003{number}", account_name=f"示例账号 {number}（虚构）")
            for number in (4, 5)
        ]
        self.reviewers = [
            make_staff(
                StaffRoleName.REVIEWER, StaffRoleName.BUREAU_SUBMITTER, name=f"staff-{number}"
            )
            for number in (1, 2)
        ]
        for number in (0, 1):
            self._begin(number)

    @initialize(steps=st.integers(0, 6))
    def walk_some_way(self, steps):
        """Chaos from draft alone would hardly ever reach the bureau."""
        for _step in range(steps):
            self._next_step(self._orders()[0])

    def _begin(self, number):
        applicant = self.applicants[number]
        order, actor = make_draft_to_start(applicant), applicant.actor
        try:
            with transaction.atomic():
                workflow.start(order, actor)
        except workflow.Refused:
            return
        # Only now: most starts are refused, and pictures take long.
        put_pictures(applicant, order)
        order.save()
        give_agreements(actor, order, keys=REQUIRED)

    def _orders(self):
        return list(FilingOrder.objects.order_by("created_at", "pk"))

    def _try(self, act, *args, **data):
        """Refusals are part of the model; anything else is a failure."""
        try:
            with transaction.atomic():
                return act(*args, **data)
        except (workflow.Refused, CheckRefused):
            return None

    def _pick(self, data, states=None):
        orders = [order for order in self._orders() if states is None or order.state in states]
        return data.draw(st.sampled_from(orders)) if orders else None

    @rule(number=NUMBER)
    def start(self, number):
        self._begin(number)

    @rule(data=st.data(), name=st.sampled_from(sorted(BY_NAME)), who=st.integers(0, 6))
    def anybody_tries_anything(self, data, name, who):
        actors = [
            *(applicant.actor for applicant in self.applicants),
            *(staff.actor for staff in self.reviewers),
            SYSTEM,
            BUREAU,
            MINISTRY,
        ]
        # Time-outs and bureau events carry their own proof of being due, which only the sweep and
        # the line have; those two are exercised below.
        kind_may = name in {
            "grant",
            "accept_at_bureau",
            "fail_domain_check",
            "time_out_sms",
            "return_after_errors",
            "refuse",
            "expire",
        }
        order = self._pick(data)
        if order is not None and not (kind_may and who >= 4):
            self._try(workflow.apply, order.pk, name, actors[who], opinion="请修改")

    def _next_step(self, order):
        """What everybody who does the right thing does next."""
        if order.state in WITH_APPLICANT:
            self._submit(order)
        elif order.state in REVIEW_STATES:
            self._review(order, self.reviewers[0], "pass")
        elif order.state == OrderState.PENDING_BUREAU_SUBMISSION:
            self._try(handover.hand_over_to_bureau, self.reviewers[1].actor, order.pk)
            sending.offer_records()
        elif order.state == OrderState.SMS_VERIFICATION:
            self._enter(order, right=True, times=1)
            sending.offer_records()
        elif order.state == OrderState.BUREAU_REVIEW:
            self.bureau.decide("granted")
            results.collect_results()

    @rule(data=st.data())
    def things_go_well(self, data):
        self._next_step(self._pick(data))

    @rule(data=st.data())
    def applicant_goes_on(self, data):
        order = self._pick(data, WITH_APPLICANT)
        if order is not None:
            self._submit(order)

    def _submit(self, order):
        applicant = next(a for a in self.applicants if a.account.pk == order.account_id)
        give_agreements(applicant.actor, order, keys=REQUIRED)
        self._try(recognise_everybody, order)
        order.comments.update(reply_state="explained", reply="说明如上")
        for name in ("submit", "resubmit", "submit_again"):
            self._try(workflow.apply, order.pk, name, applicant.actor)

    @rule(
        data=st.data(),
        who=NUMBER,
        verdict=st.sampled_from(["pass", "reject", "ask_supplement", "later"]),
    )
    def review(self, data, who, verdict):
        order = self._pick(data, REVIEW_STATES)
        if order is not None:
            self._review(order, self.reviewers[who], verdict)

    def _review(self, order, staff, verdict):
        again = order.state == OrderState.RESUBMITTED
        self._try(workflow.apply, order.pk, "take_resubmitted" if again else "take", staff.actor)
        if verdict == "later":
            return
        if verdict == "pass":
            self._try(tick_everything, staff.actor, order.pk)
            self._try(workflow.apply, order.pk, "pass_initial_review", staff.actor)
            return
        OrderComment.objects.create(
            order=order,
            round=order.round,
            path="services[0].name",
            severity="must_fix",
            reason_code="R-NAME",
            text="请改名",
            author=staff.user,
            created_at=clock.now(),
        )
        self._try(workflow.apply, order.pk, verdict, staff.actor)

    @rule(data=st.data(), who=NUMBER)
    def hand_over(self, data, who):
        order = self._pick(data, {OrderState.PENDING_BUREAU_SUBMISSION})
        if order is not None:
            self._try(handover.hand_over_to_bureau, self.reviewers[who].actor, order.pk)

    @rule(fault=st.sampled_from(["", "", "", "lost_before", "lost_after", "refuse"]))
    def send(self, fault):
        self.bureau.faults = [fault]
        sending.offer_records()
        self.bureau.faults = []

    @rule(data=st.data(), right=st.booleans(), times=st.integers(1, 4))
    def verify(self, data, right, times):
        order = self._pick(data, {OrderState.SMS_VERIFICATION})
        if order is not None:
            self._enter(order, right, times)

    def _enter(self, order, right, times):
        for challenge in challenges_of(order):
            for _time in range(1 if right else times):
                entry = entry_for(order, challenge) if right else Entry("1", "0", "0")
                attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)

    @rule(outcome=st.sampled_from(["granted", "refused", "domain"]), times=st.integers(1, 2))
    def bureau_answers(self, outcome, times):
        if not self.bureau.records():
            return
        if outcome == "domain":
            self.bureau.fail_domain()
        else:
            self.bureau.decide(outcome, text="见说明", times=times)

    @rule()
    def collect(self):
        results.collect_results()

    @rule(hours=st.sampled_from([1, 12, 24, 24 * 8, 24 * 46]))
    def time_passes(self, hours):
        self.ahead += timedelta(hours=hours)
        sweep_deadlines()
        no_due_deadline_is_open()

    @rule(failures=st.integers(0, 3))
    def relay(self, failures):
        self.wire.failures = failures
        relay_notices()

    @rule()
    def workers_come_to_rest(self):
        """Everything that runs by itself, until nothing moves any more."""
        self.wire.failures = 0
        for _turn in range(PATIENCE):
            works = (relay_notices, sending.offer_records, results.collect_results, sweep_deadlines)
            if not sum(work() for work in works):
                break
        else:
            raise AssertionError("the workers never come to rest")
        nothing_waits_for_good()

    @invariant()
    def everything_holds(self):
        house = look()
        for check in (*CHECKS, self.frozen):
            check(house)
