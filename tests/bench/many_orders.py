"""Any number of waiting orders, multiplied inside the database from one that the product made."""

from django.db import connection, models

from beian.models import Account
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import make_applicant, make_order

# Spread over provinces, states and the coming weeks, the way a busy provider's list would be.
_PROVINCES = "(ARRAY['33','44','31','11','32','51','42','37'])[1 + i %% 8]"
_STATES = "CASE WHEN i %% 10 = 0 THEN 'resubmitted' ELSE 'initial_review' END"


def grow_queue(total: int) -> None:
    """Bring the number of orders to `total`; calling again with more adds what is missing."""
    if not FilingOrder.objects.exists():
        make_order(make_applicant(), state=OrderState.INITIAL_REVIEW)
    order = FilingOrder.objects.order_by("created_at").first()
    first, last = FilingOrder.objects.count(), total - 1
    # The same arithmetic makes an account's key in both statements.
    account = "md5('account ' || i)::uuid"
    multiply(Account, order.account_id, first, last, {"id": account, "name": "'示例 ' || i"})
    changes = {
        "id": "gen_random_uuid()",
        "account_id": account,
        "number": "'BA20990101-' || i",
        # Sealed content lies apart from the row and is not read by lists.
        "dossier_sealed": "'\\x00'::bytea",
        "cert_digest": "''",
        "domain": "'shili-queue-' || i || '.com'",
        "subject_name": "'示例科技 ' || i",
        "province": _PROVINCES,
        "state": _STATES,
        "has_objection": "i %% 100 = 7",
        "due_at": "due_at + (i %% 20000) * interval '1 minute'",
        "created_at": "created_at + i * interval '1 second'",
    }
    multiply(FilingOrder, order.pk, first, last, changes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE beian_account")
        cursor.execute("VACUUM ANALYZE orders_filingorder")


def multiply(
    model: type[models.Model], pk: object, first: int, last: int, changes: dict[str, str]
) -> None:
    """Rows numbered `first` to `last` like the one of key `pk`; a serial key counts on."""
    fields = model._meta.concrete_fields
    columns = [
        f.column for f in fields if f.column in changes or not isinstance(f, models.AutoField)
    ]
    values = ", ".join(changes.get(column, column) for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "
            f"FROM {table}, generate_series(%s, %s) AS i WHERE {table}.id = %s",
            [first, last, pk],
        )
