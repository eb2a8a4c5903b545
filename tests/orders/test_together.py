"""Many orders out of time are returned together, with the rows that each alone would have got."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from beian import clock
from beian.actions import deadlines
from beian.actions.deadlines import set_deadline, sweep_deadlines
from beian.actors import MINISTRY, SYSTEM
from beian.models import Deadline, Notice, User
from orders import effects_together, workflow
from orders.models import BureauRecord, FilingOrder, OrderEvent
from orders.transitions import BY_NAME
from tests.builders import OTHER_MOBILE
from tests.orders.sms_stage import challenge_for, make_order_at_sms, right_entry
from tests.statements import recorded
from verification.actions.sms import attempt

pytestmark = pytest.mark.django_db
# Numbered by the database or at random, so different each time; `sealed` is compared opened.
OWN = {"id", "event_key", "content_sealed"}
GENERATED = (Notice, OrderEvent, Deadline, BureauRecord)
WINDOW = timedelta(hours=24)


@pytest.fixture
def start(time_machine):
    moment = clock.now().replace(microsecond=0)
    time_machine.move_to(moment, tick=False)
    return moment


@pytest.fixture
def out_of_time(start, time_machine):
    """Orders of every sort whose window ends now: a list of them."""
    orders = [
        make_order_at_sms(1),
        make_order_at_sms(2, **{"subject.province": "44"}),
        make_order_at_sms(3, **{"subject.province": "44", "subject.principal.email": ""}),
        make_order_at_sms(4, **{"services[0].principal.same_as_subject_principal": True}),
    ]
    User.objects.filter(pk=orders[1].created_by_id).update(language="en")
    half_done = challenge_for(orders[2], OTHER_MOBILE)
    attempt(half_done.pk, right_entry(half_done))
    FilingOrder.objects.filter(pk=orders[3].pk).update(version=7)
    # One that the ministry returned; a deadline too many must not move it again.
    gone = make_order_at_sms(5)
    workflow.apply(gone.pk, "return_after_errors", MINISTRY)
    set_deadline("sms_verification", gone.pk, start + WINDOW)
    # The first reminder of one was never sent: two things are due for it at once.
    late = Deadline.objects.filter(kind="sms_reminder").exclude(object_id=orders[0].pk)
    late.update(cancelled_at=start)
    time_machine.move_to(start + WINDOW, tick=False)
    return [orders[1], orders[2], orders[3], orders[0], gone]


def row_of(found) -> dict:
    """A row as it reads, without what is made anew each time."""
    own = OWN if isinstance(found, GENERATED) else set()
    names = {field.attname for field in found._meta.concrete_fields}
    row = {name: getattr(found, name) for name in sorted(names - own)}
    if isinstance(found, BureauRecord):
        row["content"] = found.content()
    if isinstance(found, Notice):
        event, _colon, row["about"] = found.event_key.partition(":")
        numbers = OrderEvent.objects.filter(pk=event) if event.isdigit() else OrderEvent.objects
        row["event"] = list(numbers.values_list("order", "sequence")) if event.isdigit() else event
    return {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}


def everything() -> dict[str, list[str]]:
    """Every row of every table of the product."""
    models = [app.get_models() for app in apps.get_app_configs() if app.name in PRODUCT]
    return {
        model.__name__: sorted(str(row_of(found)) for found in model._default_manager.all())
        for each in models
        for model in each
    }


PRODUCT = {"beian", "verification", "orders"}


def swept_and_taken_back() -> dict[str, list[str]]:
    with transaction.atomic():
        assert sweep_deadlines() == Deadline.objects.filter(done_at=clock.now()).count()
        rows = everything()
        transaction.set_rollback(True)
    return rows


def test_rows_are_those_of_one_after_the_other(out_of_time, monkeypatch):
    before = everything()
    together = swept_and_taken_back()
    assert everything() == before
    monkeypatch.setattr(deadlines, "_together", {})
    alone = swept_and_taken_back()

    for table, rows in alone.items():
        assert together[table] == rows, table
    assert together["OrderEvent"] != before["OrderEvent"]


def test_everybody_is_returned_and_told_once(out_of_time):
    *waiting, gone = out_of_time
    assert sweep_deadlines() == 6

    for order in waiting:
        order.refresh_from_db()
        assert (order.state, order.return_reason) == ("returned_by_miit", "sms_timeout")
        assert [event.name for event in order.events.all()][-1] == "time_out_sms"
        told = Notice.objects.filter(order_id=order.pk, template="returned_by_miit")
        assert told.filter(channel="portal").count() == 1
    assert gone.events.last().name == "return_after_errors"
    assert not Deadline.objects.filter(
        kind="sms_verification", done_at=None, cancelled_at=None
    ).exists()


def test_statements_do_not_grow_with_the_orders(start, time_machine):
    counts = []
    for first, last in ((1, 3), (3, 9)):
        for number in range(first, last):
            make_order_at_sms(number)
        time_machine.move_to(clock.now() + WINDOW, tick=False)
        sweep_deadlines()  # reminders that are due no more go one by one
        for number in range(first + 100, last + 100):
            make_order_at_sms(number)
        Deadline.objects.filter(kind="sms_reminder").delete()
        time_machine.move_to(clock.now() + WINDOW, tick=False)
        with recorded() as statements:
            assert sweep_deadlines() == last - first
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_broken_order_holds_up_nobody_else(out_of_time):
    broken, *others = out_of_time
    BureauRecord.objects.filter(order=broken).delete()

    assert sweep_deadlines() == 5

    for order in others:
        order.refresh_from_db()
        assert order.state == "returned_by_miit"
    broken.refresh_from_db()
    assert broken.state == "sms_verification"
    row = Deadline.objects.get(object_id=broken.pk, kind="sms_verification")
    assert (row.failure_count, row.failure, row.done_at) == (1, "DoesNotExist", None)


def test_order_that_changed_since_it_was_locked_is_not_overwritten(out_of_time):
    order = out_of_time[0]
    locked = workflow.locked_together([order.pk])
    FilingOrder.objects.filter(pk=order.pk).update(version=order.version + 1)

    with pytest.raises(workflow.Stale):
        workflow.apply_together(locked.values(), "time_out_sms", SYSTEM)

    order.refresh_from_db()
    assert order.state == "sms_verification"


def test_edge_that_is_taken_together_has_all_its_effects_for_many():
    assert set(BY_NAME["time_out_sms"].effects) <= set(effects_together.EFFECTS)
