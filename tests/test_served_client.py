"""The client of the proofs keeps nothing of a request once it is gone itself."""

import gc
import weakref

import pytest

from tests.served_client import ServedClient


def finalizers() -> int:
    gc.collect()
    return len(weakref.finalize._registry)  # type: ignore[attr-defined]


def ask(times: int) -> None:
    client = ServedClient()
    for _request in range(times):
        assert client.get("/privacy/").status_code == 200


@pytest.mark.django_db
def test_client_leaves_no_finalizer_behind() -> None:
    ask(1)
    before = finalizers()

    ask(5)

    assert finalizers() == before
