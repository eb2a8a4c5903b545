"""The opponent of the sweep: one statement that writes the rows of every order out of time.

Copied from the rows the product wrote for one of them; what is sealed there stays as it is, of the
same length for everybody, so that the database alone is measured.
"""

from __future__ import annotations

from django.db import connection, models

from beian import clock
from beian.models import Deadline, Notice
from orders.models import BureauRecord, FilingOrder, OrderEvent

STATEMENT = """
WITH due AS (
  SELECT id, object_id FROM beian_deadline
  WHERE kind = 'sms_verification' AND done_at IS NULL AND cancelled_at IS NULL AND due_at <= %(now)s
  FOR NO KEY UPDATE SKIP LOCKED
), done AS (
  UPDATE beian_deadline d SET done_at = %(now)s FROM due WHERE d.id = due.id
), cancelled AS (
  UPDATE beian_deadline d SET cancelled_at = %(now)s FROM due
  WHERE d.object_id = due.object_id AND d.id <> due.id AND d.kind IN ('sms_reminder')
    AND d.done_at IS NULL AND d.cancelled_at IS NULL
), moved AS (
  UPDATE orders_filingorder o
  SET state = m.state, return_reason = m.return_reason, due_at = m.due_at,
    state_entered_at = %(now)s, updated_at = %(now)s, version = o.version + 1
  FROM due, orders_filingorder m
  WHERE o.id = due.object_id AND o.state = 'sms_verification' AND m.id = %(order)s
  RETURNING o.id, o.account_id
), closed AS (
  UPDATE verification_smschallenge c SET closed_at = %(now)s FROM moved
  WHERE c.owner = moved.id AND c.closed_at IS NULL
), filing AS (
  UPDATE orders_bureaurecord r SET closed_at = %(now)s FROM moved
  WHERE r.order_id = moved.id AND r.closed_at IS NULL AND r.state <> 'queued'
  RETURNING r.id, r.order_id, r.submission_id
), result AS ({result}
), started AS ({started}
), event AS ({event}
  RETURNING id, order_id
) {notices}
"""


def write_everything(model: FilingOrder) -> int:
    """The same rows for every other order out of time; returns how many messages were written."""
    event = model.events.order_by("sequence").last()
    assert event is not None
    last = "(SELECT max(sequence) + 1 FROM orders_orderevent e WHERE e.order_id = moved.id)"
    account = "CASE WHEN m.account_id IS NULL THEN NULL ELSE moved.account_id END"
    told = "event JOIN moved ON moved.id = event.order_id"
    parts = {
        "result": _copy(
            BureauRecord,
            "filing",
            "m.about_id IS NOT NULL AND m.order_id = %(order)s",
            {
                "id": "gen_random_uuid()",
                "order_id": "filing.order_id",
                "submission_id": "filing.submission_id",
                "about_id": "filing.id",
            },
        ),
        "started": _copy(
            Deadline,
            "moved",
            "m.object_id = %(order)s AND m.done_at IS NULL AND m.cancelled_at IS NULL",
            {"object_id": "moved.id"},
        ),
        "event": _copy(
            OrderEvent, "moved", "m.id = %(event)s", {"order_id": "moved.id", "sequence": last}
        ),
        "notices": _copy(
            Notice,
            told,
            "m.event_key = %(key)s",
            {
                "id": "gen_random_uuid()",
                "event_key": "event.id || ':returned_by_miit'",
                "order_id": "event.order_id",
                "account_id": account,
            },
        ),
    }
    key = f"{event.pk}:returned_by_miit"
    values = {"order": model.pk, "event": event.pk, "key": key, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(**parts), values)
        return cursor.rowcount


def _copy(table: type[models.Model], source: str, where: str, changes: dict[str, str]) -> str:
    """An INSERT of the sample rows `m` of `table`, once for each row of `source`."""
    fields = table._meta.concrete_fields
    names = [f.column for f in fields if f.column in changes or not isinstance(f, models.AutoField)]
    values = ", ".join(changes.get(name, f"m.{name}") for name in names)
    name = table._meta.db_table
    return (
        f"INSERT INTO {name} ({', '.join(names)}) SELECT {values} "
        f"FROM {source}, {name} m WHERE {where}"
    )
