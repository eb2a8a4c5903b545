"""Two accounts, two reviewers, a bureau and a wire in memory: where the model of orders plays."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from beian import clock
from beian.enums import Channel, StaffRoleName
from beian.models import Notice
from beian.ports.base import DeliveryFailed
from orders import workflow
from orders.agreements import REQUIRED, give_agreements
from orders.models import FilingOrder
from tests.builders import let_idle_orders_expire, make_applicant, make_staff
from tests.fake_bureau import FakeBureau
from tests.life import make_draft_to_start, put_pictures
from tests.orders.invariants import FrozenSubmissions, JudgedContent
from verification.actions.truthfulness import CheckRefused


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


class OrderHouse(RuleBasedStateMachine):
    """Each example runs in a transaction that is rolled back."""

    def __init__(self):
        super().__init__()
        self.ahead = timedelta()
        self.bureau = FakeBureau()
        self.wire = Wire()
        self.frozen = FrozenSubmissions()
        self.judged = JudgedContent()
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
        let_idle_orders_expire()
        self.applicants = [
            make_applicant(phone=f"1380000003{number}", account_name=f"示例账号 {number}（虚构）")
            for number in (4, 5)
        ]
        self.reviewers = [
            make_staff(role, StaffRoleName.BUREAU_SUBMITTER, name=f"staff-{number}")
            for number, role in (
                (1, StaffRoleName.SENIOR_REVIEWER),
                (2, StaffRoleName.REVIEWER),
            )
        ]
        for number in (0, 1):
            self._begin(number)

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

    def _now(self, order):
        return FilingOrder.objects.get(pk=order.pk)

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

    def _applicant_of(self, order):
        return next(one for one in self.applicants if one.account.pk == order.account_id)
