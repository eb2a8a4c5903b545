"""A stateful model of orders: anybody tries anything at any time, and the invariants hold.

Two accounts file for the same certificate, so that one of them is always in the other's way.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from beian import clock
from beian.actions.deadlines import sweep_deadlines
from beian.actions.notices import relay_notices
from beian.actors import BUREAU, MINISTRY, SYSTEM
from orders import workflow
from orders.actions import handover, results, sending, truthfulness, truthfulness_review
from orders.actions.draft import save_draft
from orders.actions.sms import attempt_verification, challenges_of
from orders.agreements import REQUIRED, give_agreements
from orders.enums import EDITABLE_STATES, REVIEW_STATES, OrderState
from orders.meeting_times import offered_times
from orders.models import OrderComment
from orders.transitions import BY_NAME
from orders.truthfulness import standings_of
from tests.checklist import tick_everything
from tests.fake_face import recognise_everybody
from tests.life import entry_for
from tests.orders.invariants import (
    CHECKS,
    look,
    no_due_deadline_is_open,
    nothing_waits_for_good,
)
from tests.orders.machine_house import OrderHouse
from verification.actions.sms import Entry
from verification.actions.truthfulness import open_check
from verification.models import TruthfulnessCheck

# One file, one result and one reminder at a time; more turns than a machine of 15 steps can fill.
PATIENCE = 100
LONGEST_TERM = 24 * 46
NUMBER = st.integers(0, 1)
# What applicants write: a field a reviewer opened, and one that is a column of the order too.
EDITS = [("services[0].name", f"示例科技网站{sign}") for sign in "甲乙"]
EDITS += [("services[0].domains", [f"shili-{sign}.com"]) for sign in "ab"]
WITH_APPLICANT = EDITABLE_STATES | {OrderState.NEEDS_SUPPLEMENT}


class OrderMachine(OrderHouse):
    def teardown(self):
        """Whatever was tried, everything comes to rest, and again when every term has run out."""
        try:
            self.workers_come_to_rest()
            self.time_passes(hours=LONGEST_TERM)
            self.workers_come_to_rest()
            self.everything_holds()
        finally:
            super().teardown()

    @initialize(steps=st.integers(0, 6), edits=st.lists(st.sampled_from(EDITS), max_size=2))
    def walk_some_way(self, steps, edits):
        """Chaos from draft alone would hardly ever reach the bureau, nor recall what was edited."""
        for _step in range(steps):
            if edits and self._orders()[0].state in REVIEW_STATES:
                self._ask_and_recall(self._orders()[0], self.reviewers[0], edits)
                edits = []
            self._next_step(self._orders()[0])

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

    @rule(data=st.data(), edit=st.sampled_from(EDITS))
    def applicant_edits(self, data, edit):
        order = self._pick(data, WITH_APPLICANT)
        if order is not None:
            self._edit(order, *edit)

    def _edit(self, order, path, value):
        actor = self._applicant_of(order).actor
        self._try(save_draft, actor, order.pk, version=order.version, edits={path: value})

    def _ask_and_recall(self, order, staff, edits):
        self._review(order, staff, "ask_supplement", path="services[0]")
        for edit in edits:
            self._edit(self._now(order), *edit)
        self._try(workflow.apply, order.pk, "recall", staff.actor)
        order.comments.update(withdrawn_at=clock.now())

    def _submit(self, order):
        applicant = self._applicant_of(order)
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

    def _review(self, order, staff, verdict, path="services[0].name"):
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
            path=path,
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

    @rule(data=st.data(), act=st.sampled_from(["book", "cancel", "withdraw"]))
    def person_changes_her_mind(self, data, act):
        order = self._pick(data)
        if order is None:
            return
        applicant = self._applicant_of(order)
        check = open_check(order.pk, standings_of(order)[0].person)
        if act == "book":
            times = [offered_times()[0][0]]
            self._try(truthfulness.book_meeting, applicant.actor, check, preferred=times)
        elif act == "cancel":
            self._try(truthfulness.cancel_meeting, applicant.actor, check)
        else:
            self._try(truthfulness.withdraw_consent, check, source_address=None)

    @rule(data=st.data(), who=NUMBER, outcome=st.sampled_from(["schedule", "confirm", "refuse"]))
    def reviewer_meets_the_person(self, data, who, outcome):
        order = self._pick(data, REVIEW_STATES)
        check = TruthfulnessCheck.objects.of(order.pk).first() if order else None
        if check is not None:
            at = clock.now() + timedelta(days=1)
            words = {"at": at} if outcome == "schedule" else {"note": "视频核对"}
            ids = {"order_id": order.pk, "check_id": check.pk}
            act = getattr(truthfulness_review, outcome)
            self._try(act, self.reviewers[who].actor, **ids, **words)

    @rule()
    def collect(self):
        results.collect_results()

    @rule(hours=st.sampled_from([1, 12, 24, 24 * 8, LONGEST_TERM]))
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
        for check in (*CHECKS, self.frozen, self.judged):
            check(house)
