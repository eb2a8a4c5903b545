"""What a reviewer typed on a case that was not his to write on any more, kept until it is again.

One sealed row per reviewer and order; `place` names the form. Another round is about other data:
what was typed about the last one is not shown on it.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from beian.actors import Actor
from orders.actions.page_draft import keep_page
from orders.models import FilingOrder
from orders.workflow import locked

Texts = dict[str, str]


def _page(actor: Actor) -> str:
    return f"desk {actor.user_id}"


def unsaved_of(order: FilingOrder, actor: Actor) -> dict[str, Texts]:
    """Typed texts by place, the oldest first; one query for each order object."""
    key = f"_unsaved {actor.user_id}"
    if key not in order.__dict__:
        order.__dict__[key] = _read(order, actor)
    return order.__dict__[key]


def _read(order: FilingOrder, actor: Actor) -> dict[str, Texts]:
    row = order.page_drafts.filter(step=_page(actor)).first()
    kept: dict = row.read() if row else {}
    return kept["places"] if kept.get("round") == order.round else {}


@transaction.atomic
def keep_unsaved(actor: Actor, *, order_id: UUID, place: str, texts: Mapping[str, str]) -> None:
    """Whoever reads the case may leave words of his own: they are shown to nobody else."""
    order = locked(order_id)
    _store(order, actor, {**unsaved_of(order, actor), place: dict(texts)})


@transaction.atomic
def forget_unsaved(actor: Actor, *, order_id: UUID, place: str) -> None:
    order = locked(order_id)
    kept = unsaved_of(order, actor)
    if place in kept:
        _store(order, actor, {name: kept[name] for name in kept if name != place})


def _store(order: FilingOrder, actor: Actor, places: dict[str, Texts]) -> None:
    keep_page(order, _page(actor), {"round": order.round, "places": places} if places else {})
