"""Any number of orders whose codes nobody entered in time, multiplied from one the product made."""

from __future__ import annotations

from datetime import timedelta
from hashlib import md5
from io import StringIO
from uuid import UUID

from django.db import connection
from django.db.models import F

from beian import clock
from beian.crypto import datakey
from beian.models import Account, Deadline, Membership, User
from orders.dossier import to_bytes
from orders.models import BureauRecord, FilingOrder, OrderEvent, Submission
from tests.bench.many_orders import multiply
from tests.orders.sms_stage import make_order_at_sms
from verification.models import SmsChallenge

# A province in which silence ends an order, so that a returned one gets both idle deadlines.
PROVINCE = "44"
ONE_PERSON = {"services[0].principal.same_as_subject_principal": True}
WINDOW = timedelta(hours=24)
# The same arithmetic makes a key wherever it is named.
ACCOUNT, ORDER, RECORD = (f"md5('{noun} ' || i)::uuid" for noun in ("account", "order", "record"))


def order_out_of_time() -> FilingOrder:
    """One order at the SMS step whose window has just ended, its reminders sent."""
    order = make_order_at_sms(**ONE_PERSON, **{"subject.province": PROVINCE})
    Deadline.objects.filter(object_id=order.pk, kind="sms_reminder").delete()
    for rows, times in (
        (FilingOrder.objects.filter(pk=order.pk), ("due_at", "state_entered_at")),
        (Deadline.objects.filter(object_id=order.pk), ("due_at", "created_at")),
        (SmsChallenge.objects.filter(owner=order.pk), ("due_at", "opened_at", "sent_at")),
    ):
        rows.update(**{time: F(time) - WINDOW for time in times})
    order.refresh_from_db()
    return order


def grow_orders_out_of_time(count: int) -> None:
    """Add so many orders like `order_out_of_time`, each of an account with an owner of its own."""
    order = order_out_of_time()
    user = order.created_by_id
    membership = Membership.objects.get(user_id=user)
    submission = order.submissions.get()
    record = order.bureau_records.get()
    own_user, own_submission = f"{user} + i", f"{submission.pk} + i"
    of_order = {"order_id": ORDER, "submission_id": own_submission}
    rows = (
        (Account, order.account_id, {"id": ACCOUNT, "name": "'示例 ' || i"}),
        (User, user, {"id": own_user, "login": "'phone:' || i"}),
        (Membership, membership.pk, {"account_id": ACCOUNT, "user_id": own_user}),
        (FilingOrder, order.pk, _own_columns(own_user)),
        (Submission, submission.pk, {"id": own_submission, **of_order}),
        (BureauRecord, record.pk, {"id": RECORD, **of_order}),
        *((OrderEvent, event.pk, of_order) for event in order.events.all()),
        *(
            (SmsChallenge, row.pk, {"id": "gen_random_uuid()", "owner": ORDER})
            for row in SmsChallenge.objects.filter(owner=order.pk)
        ),
        *(
            (Deadline, row.pk, {"object_id": ORDER, "due_at": "due_at + i * interval '1 us'"})
            for row in Deadline.objects.filter(object_id=order.pk)
        ),
    )
    _seal_for_everybody(order, count)
    for model, pk, changes in rows:
        multiply(model, pk, 1, count, changes)


def _own_columns(user: str) -> dict[str, str]:
    return {
        "id": ORDER,
        "account_id": ACCOUNT,
        "created_by_id": user,
        "number": "'BA20990101-' || i",
        "cert_digest": "md5('certificate ' || i)",
        "domain": "'shili-codes-' || i || '.com'",
        "dossier_sealed": "(SELECT sealed FROM bench_dossier WHERE number = i)",
    }


def _seal_for_everybody(order: FilingOrder, count: int) -> None:
    """The draft of `order` under a data key of each order's own, which is made and stored too."""
    content = to_bytes(order.dossier)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_dossier")
        cursor.execute("CREATE TEMP TABLE bench_dossier (number int PRIMARY KEY, sealed bytea)")
        for first in range(1, count + 1, 2_000):
            keys, drafts = StringIO(), StringIO()
            for number in range(first, min(first + 2_000, count + 1)):
                owner = UUID(md5(f"order {number}".encode()).hexdigest())
                wrapped = datakey.new_wrapped(owner)
                sealed = datakey.Safe(owner, wrapped).seal(content, "dossier")
                keys.write(f"{owner}\t\\\\x{wrapped.hex()}\t{clock.now()}\n")
                drafts.write(f"{number}\t\\\\x{sealed.hex()}\n")
            keys.seek(0), drafts.seek(0)
            cursor.copy_expert("COPY beian_datakey (owner, wrapped, created_at) FROM STDIN", keys)
            cursor.copy_expert("COPY bench_dossier FROM STDIN", drafts)


def vacuum() -> None:
    """What autovacuum does between; not possible inside a test's transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
