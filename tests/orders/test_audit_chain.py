"""Sealed rows that were changed, removed, added or reordered are found and named."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from beian import audit_chain_check, clock, settled_rows
from beian.actions import audit_seals
from beian.actions.audit_seals import seal_rows
from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.audit_chain_check import ChainCheck
from beian.crypto import rotation
from beian.gauges import audit_unsealed
from beian.models import AuditEntry, AuditSeal
from orders.audit_check import SEALED, check_audit
from orders.models import OrderEvent
from orders.tasks import seal_audit_trail
from tests.builders import make_applicant, make_order
from tests.orders.trail import fill_trail
from tests.unguarded import drop_guards, run_sql

pytestmark = pytest.mark.django_db
ENTRIES, EVENTS = "beian_auditentry", "orders_orderevent"


@pytest.fixture
def order():
    return make_order(make_applicant(), state="initial_review")


@pytest.fixture
def ids(order):
    """Ids of the sealed audit entries."""
    found = [entry.pk for entry in fill_trail(order, entries=6)]
    assert seal_audit_trail() == sum(model.objects.count() for model in SEALED)
    return found


def problems() -> list[str]:
    return list(ChainCheck(SEALED).problems())


def test_untouched_rows_are_as_they_were_sealed(ids):
    assert problems() == []
    assert set(AuditSeal.objects.values_list("table", flat=True)) == {
        model._meta.db_table for model in SEALED
    }


def test_nothing_is_sealed_twice(ids):
    assert seal_audit_trail() == 0
    assert AuditSeal.objects.count() == len(SEALED)


@pytest.mark.parametrize("model", SEALED)
def test_every_column_of_a_changed_row_counts(ids, model):
    row = model.objects.order_by("pk").first()
    table = model._meta.db_table
    drop_guards(table)

    run_sql(f"UPDATE {table} SET {OTHER[table]} WHERE id = {row.pk}")

    assert problems() == [f"{table} {row.pk}: changed since seal {seal_of(table)}"]


OTHER = {
    "beian_auditentry": "source_address = '203.0.113.9'",
    "beian_consentrecord": "text_version = '0'",
    "orders_orderevent": "opinion = 'no token'",
    "orders_submission": "findings_sealed = dossier_sealed",
}


def seal_of(table: str) -> int:
    return AuditSeal.objects.get(table=table).number


def test_removed_row_is_named(ids):
    drop_guards(ENTRIES)
    run_sql(f"DELETE FROM {ENTRIES} WHERE id = {ids[2]}")

    assert problems() == [f"{ENTRIES} {ids[2]}: removed since seal 1"]


def test_row_put_under_a_seal_is_named(ids):
    late = ids[0] - 1000
    columns = "at, actor_kind, actor_roles, action, object_type, object_id, field, purpose, result"
    values = "at, actor_kind, actor_roles, action, object_type, object_id, field, purpose, result"
    run_sql(
        f"INSERT INTO {ENTRIES} (id, {columns}, request_id) "
        f"SELECT {late}, {values}, request_id FROM {ENTRIES} WHERE id = {ids[0]}"
    )

    assert problems() == [f"{ENTRIES} {late}: added under the seal since seal 1"]


def test_rows_that_changed_places_are_named(ids):
    first, second = ids[0], ids[1]
    drop_guards(ENTRIES)
    for old, new in ((first, -1), (second, first), (-1, second)):
        run_sql(f"UPDATE {ENTRIES} SET id = {new} WHERE id = {old}")

    assert problems() == [
        f"{ENTRIES} {first}: changed since seal 1",
        f"{ENTRIES} {second}: changed since seal 1",
    ]


def test_emptied_table_is_noticed_and_few_rows_are_named(ids):
    drop_guards(ENTRIES)
    run_sql(f"{'TRUNCATE' if connection.vendor == 'postgresql' else 'DELETE FROM'} {ENTRIES}")

    assert problems() == [
        *[f"{ENTRIES} {pk}: removed since seal 1" for pk in ids[: audit_chain_check._NAMED]],
        f"{ENTRIES}: 1 more removed since seal 1",
    ]


def test_row_and_its_mark_changed_together_break_the_seal(ids):
    drop_guards("beian_auditseal")
    AuditSeal.objects.filter(number=1).update(marks=b"", row_count=0)

    assert "seal 1: changed, or made with another key" in problems()


def test_removed_seal_breaks_the_chain(ids):
    drop_guards("beian_auditseal")
    AuditSeal.objects.filter(number=2).delete()

    assert problems() == ["seals 2 to 2: removed"]


def test_replaced_seal_breaks_the_chain(ids):
    drop_guards("beian_auditseal")
    AuditSeal.objects.filter(number=3).update(previous_hash="0" * 64)

    assert problems() == [
        "seal 3: does not follow the seal before it",
        "seal 3: changed, or made with another key",
    ]


def test_seal_of_the_log_is_looked_for_in_the_chain(ids):
    last = AuditSeal.objects.order_by("-number")[0]
    told = f"{last.number}:{last.seal_hash}"
    out = StringIO()
    call_command("verify_audit", seal=told, stdout=out)
    assert f"newest seal {told}" in out.getvalue()

    # Who owns the tables takes the end of the chain away, or makes all of it anew.
    drop_guards("beian_auditseal")
    AuditSeal.objects.filter(pk=last.pk).delete()

    assert problems() == []
    out = StringIO()
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit", seal=told, stdout=out)
    assert f"seal {told}: the log tells of it, the chain does not" in out.getvalue()


def test_newest_hash_leaves_with_the_log(order, caplog):
    fill_trail(order)
    with caplog.at_level(logging.INFO):
        seal_audit_trail()

    told = [r.msg for r in caplog.records if "audit trail sealed" in r.getMessage()]
    last = AuditSeal.objects.order_by("-number")[0]
    assert [(line["seal"], line["seal_hash"]) for line in told] == [(last.number, last.seal_hash)]


def test_new_rows_are_told_until_they_are_sealed(ids, order):
    record_audit(SYSTEM, "look", obj=order)
    assert "1 younger rows are not sealed yet" in check_audit()[-1].claim

    assert seal_audit_trail() == 1
    assert "0 younger rows are not sealed yet" in check_audit()[-1].claim
    assert problems() == []


def test_figure_tells_how_long_an_entry_has_waited_for_its_seal(order):
    values = {"actor_kind": "system", "action": "look", "object_type": "x", "object_id": "1"}
    AuditEntry.objects.create(at=clock.now() - timedelta(minutes=5), **values)
    assert [round(figure) for _labels, figure in audit_unsealed()] == [300]

    seal_audit_trail()
    assert list(audit_unsealed()) == [((), 0.0)]


def test_seals_hold_after_a_rotation_of_keys(order):
    row = OrderEvent.objects.create(
        order=order, sequence=3, at=clock.now(), name="note", to_state=order.state, round=1,
        actor_kind="system", opinion="请补充材料",
    )  # fmt: skip
    seal_audit_trail()
    drop_guards(EVENTS)
    rows = OrderEvent.objects.filter(pk=row.pk)
    before = rows.extra(select={"token": "opinion"}).values_list("token", flat=True)[0]

    rows.update(opinion="请补充材料")

    assert rows.extra(select={"token": "opinion"}).values_list("token", flat=True)[0] != before
    assert problems() == []
    assert EVENTS in {model._meta.db_table for model, _columns in rotation.encrypted_columns()}


def test_seals_are_many_when_rows_are(order, monkeypatch):
    monkeypatch.setattr(audit_seals, "ROWS", 2)
    entries = fill_trail(order, entries=5)
    seal_audit_trail()

    seals = AuditSeal.objects.filter(table=ENTRIES).order_by("number")
    assert [seal.row_count for seal in seals] == [2, 2, 1]
    drop_guards(ENTRIES)
    run_sql(f"DELETE FROM {ENTRIES} WHERE id = {entries[3].pk}")
    assert problems() == [f"{ENTRIES} {entries[3].pk}: removed since seal 2"]


def test_column_that_came_later_leaves_old_seals_alone(ids, monkeypatch):
    from beian import audit_chain

    early = [name for name in audit_chain.covered_columns(AuditEntry) if name != "request_id"]
    monkeypatch.setattr(audit_seals, "covered_columns", lambda _model: early)
    record_audit(SYSTEM, "look", obj=AuditEntry.objects.first())

    assert seal_rows([AuditEntry]) == 1
    assert problems() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_row_that_becomes_visible_late_is_waited_for(order, monkeypatch):
    monkeypatch.setattr(settled_rows, "_WAIT_S", 0.2)
    slow = connection.copy()
    columns = "at, actor_kind, actor_roles, action, object_type, object_id, field, purpose"
    insert = (
        f"INSERT INTO {ENTRIES} ({columns}, result, request_id) VALUES "
        "(now(), 'system', '', 'slow', 'x', 'x', '', '', 'ok', '')"
    )
    try:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute(insert)
        quick = record_audit(SYSTEM, "quick", obj=order)

        assert seal_rows([AuditEntry]) == 0
        slow.commit()
        assert seal_rows([AuditEntry]) == 2
    finally:
        slow.close()

    assert AuditEntry.objects.get(action="slow").pk < quick.pk
    assert problems() == []
