"""A new master key: everything is moved, an interrupted run goes on, the old key is not missed."""

import base64
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from beian.crypto import provider, rotation
from beian.crypto.keys import master_keys
from beian.models import DataKey, User
from orders.models import FilingOrder, OrderEvent
from tests.builders import make_applicant, make_order
from tests.migrations.content import content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys_dir(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    settings.FILES_DIR = tmp_path / "files"
    return settings.KEYS_DIR


@pytest.fixture
def order():
    made = make_order(make_applicant(), state="initial_review", bureau_opinion="请补充材料")
    OrderEvent.objects.create(
        order=made, sequence=3, at=made.created_at, name="note", from_state=made.state,
        to_state=made.state, round=1, actor_kind="system", opinion="请补充材料",
    )  # fmt: skip
    return made


def key_ids() -> set[str]:
    """Ids of the master keys that anything in the database still needs."""
    wrapped = DataKey.objects.values_list("wrapped", flat=True)
    found = {provider.key_id_of(bytes(token)) for token in wrapped if token}
    for model, columns in rotation.encrypted_columns():
        last = None
        while batch := rotation._batch(model, columns, last):
            last = batch[-1][0]
            texts = [token for row in batch for token in row[1:] if token]
            found |= {provider.key_id_of(base64.b64decode(token)) for token in texts}
    return found


def rotate(*arguments: str) -> str:
    # In an installation these rows were committed long ago.
    connection.check_constraints()
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def test_everything_is_moved_and_says_the_same_with_the_new_key_alone(order, keys_dir):
    before = content()
    assert key_ids() == {"k1"}

    rotate()
    assert key_ids() == {"k2"}
    rotate("--retire")

    assert master_keys().keys.keys() == {"k2"}
    assert json.loads((keys_dir / "retired.json").read_text()).keys() == {"k1"}
    assert content() == before


def test_interrupted_run_goes_on_where_it_stopped(order, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    real, calls = rotation._move_batch, []

    def stop_at_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(rotation, "_move_batch", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    assert key_ids() == {"k1", "k2"}
    monkeypatch.setattr(rotation, "_move_batch", real)

    rotate()

    # No third key: the second run finished the first one's.
    assert key_ids() == {"k2"}
    assert master_keys().keys.keys() == {"k1", "k2"}


def test_history_refuses_changes_again_afterwards(order):
    rotate()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE orders_orderevent SET opinion = 'other'")


def test_retiring_moves_what_was_written_meanwhile(order, keys_dir):
    rotate()
    stored = json.loads((keys_dir / "master.json").read_text())
    (keys_dir / "master.json").write_text(json.dumps({**stored, "current": "k1"}))
    late = User.objects.create_applicant(phone="13800000039")
    (keys_dir / "master.json").write_text(json.dumps(stored))

    rotate("--retire")

    assert User.objects.get(pk=late.pk).phone == "13800000039"
    assert master_keys().keys.keys() == {"k2"}


def test_next_rotation_never_uses_an_old_name(order):
    rotate()
    rotate("--retire")
    rotate()

    assert master_keys().current == "k3"


def test_destroyed_data_key_stays_destroyed(order):
    DataKey.objects.update(wrapped=b"", destroyed_at=order.created_at)

    rotate()

    assert set(map(bytes, DataKey.objects.values_list("wrapped", flat=True))) == {b""}
    assert FilingOrder.objects.count() == 1
