"""Who of the provider's people looked at which protected values of which order, from the trail.

Entries are read once and only their sums are kept; nothing here opens a value.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Model

from beian import clock
from beian.actors import ActorKind
from beian.models import AuditEntry, User
from beian.site_settings import setting
from orders.models import FilingOrder
from orders.working_days import is_working
from verification.models import Document, FacePhoto

# What shows a masked value, a picture of a document, a photo of a face, or a whole order.
LOOKS = ("reveal", "view_document", "view_face_photo", "export_evidence")


@dataclasses.dataclass
class Access:
    """What one person did with one field of one order; times are of Shanghai."""

    person: str
    action: str
    order: str
    field: str
    looks: int = 0
    out_of_hours: int = 0
    over_limit: int = 0
    purposes: Counter[str] = dataclasses.field(default_factory=Counter)
    last: datetime | None = None


_Key = tuple[int | None, str, str, str]


def accesses(days: int) -> list[Access]:
    """Of the last `days` days, by person, whoever was refused or looked most often first."""
    found = _sums(clock.now() - timedelta(days=days))
    people = User.objects.in_bulk([key[0] for key in found if key[0] is not None])
    orders = _orders({(action, object_id) for _person, action, object_id, _field in found})
    for (person, action, object_id, _field), row in found.items():
        user = people.get(person) if person is not None else None
        row.person = user.staff_name if user else f"account {person}"
        row.order = orders.get((action, object_id), f"{object_id} (erased)")
    return sorted(found.values(), key=lambda row: (row.person, -row.over_limit, -row.looks))


def _sums(since: datetime) -> dict[_Key, Access]:
    entries = AuditEntry.objects.filter(
        at__gte=since, actor_kind=ActorKind.STAFF, action__in=LOOKS
    ).order_by("pk")
    columns = ("actor_user_id", "action", "object_id", "field", "at", "result", "purpose")
    is_working_day = lru_cache(is_working)
    found: dict[_Key, Access] = {}
    for person, action, object_id, name, at, result, purpose in entries.values_list(
        *columns
    ).iterator():
        key = (person, action, object_id, name)
        row = found.setdefault(key, Access("", action, "", name))
        moment = at.astimezone(clock.SHANGHAI)
        row.last = max(moment, row.last or moment)
        row.purposes[purpose] += 1
        row.out_of_hours += _is_out_of_hours(moment, is_working_day)
        row.looks += result == "ok"
        row.over_limit += result == "limit"
    return found


def _is_out_of_hours(moment: datetime, is_working_day: Callable[[date], bool]) -> bool:
    begins, ends = setting("review.day_begins_at_hour"), setting("review.day_ends_at_hour")
    return not (begins <= moment.hour < ends and is_working_day(moment.date()))


def _orders(looked_at: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The number of the order behind each object; one that was erased has none."""
    owners: dict[tuple[str, str], UUID] = {}
    for action, model, owner in (
        ("reveal", FilingOrder, "pk"),
        ("export_evidence", FilingOrder, "pk"),
        ("view_document", Document, "owner"),
        ("view_face_photo", FacePhoto, "check_row__owner"),
    ):
        ids = [object_id for known, object_id in looked_at if known == action]
        for pk, order_id in _in_pieces(model, ids, owner):
            owners[action, str(pk)] = order_id
    numbers = dict(_in_pieces(FilingOrder, set(owners.values()), "number"))
    return {key: numbers[order_id] for key, order_id in owners.items() if order_id in numbers}


# As many as a database takes in one question.
_PIECE = 500


def _in_pieces(model: type[Model], ids: Iterable[object], column: str) -> Iterator[tuple]:
    wanted = list(ids)
    for start in range(0, len(wanted), _PIECE):
        rows = model._base_manager.filter(pk__in=wanted[start : start + _PIECE])
        yield from rows.values_list("pk", column)
