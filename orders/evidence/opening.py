"""Sealed texts of an order, each opened by itself: a damaged one is named and ends nothing."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from orders.evidence.writing import Bundle


def opened(bundle: Bundle, what: str, read: Callable[[], Any]) -> Any:
    """What `read` gives; None where it does not open, which is told as a problem of the bundle.

    Raises KeyNotMounted: nothing is damaged then.
    """
    try:
        return read()
    except KeyNotMounted:
        raise
    except (DecryptionFailed, ValueError, LookupError):  # the last two: no token at all
        bundle.problems.append(f"{what}：无法打开 / does not open")
        return None


def words(bundle: Bundle, row: Model, what: str, *names: str) -> dict[str, Any]:
    """Columns of a row that was read `left_shut`, by their names; `what` is the row for people."""
    return {
        name: opened(bundle, f"{what} ({name})", lambda name=name: getattr(row, name))
        for name in names
    }
