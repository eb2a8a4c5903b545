"""What a reviewer typed on a case that was not his to write on any more, kept until it is again.

One sealed row per reviewer and order; `place` names the form. Another round is about other data:
what was typed about the last one is not shown on it.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from beian.actors import Actor
from orders.actions.page_draft import keep_page
from orders.models import FilingOrder, PageDraft
from orders.workflow import locked

Texts = dict[str, str]


_DESK = "desk "


def _page(user_id: int | None) -> str:
    return f"{_DESK}{user_id}"


def _key(actor: Actor) -> str:
    return f"_unsaved {actor.user_id}"


def unsaved_of(order: FilingOrder, actor: Actor) -> dict[str, Texts]:
    """Typed texts by place, the oldest first; one query for each order object."""
    if _key(actor) not in order.__dict__:
        row = order.page_drafts.filter(step=_page(actor.user_id)).first()
        order.__dict__[_key(actor)] = _read(order, row)
    return order.__dict__[_key(actor)]


def sealed_for(user_id: int | None, order: OuterRef) -> Subquery:
    """A column for a query of orders, or of what belongs to one: what `put_sealed` takes."""
    rows = PageDraft.objects.filter(order_id=order, step=_page(user_id))
    return Subquery(rows.values("sealed")[:1])


def put_sealed(order: FilingOrder, actor: Actor, sealed: bytes | None) -> None:
    """Hand over what `unsaved_of` would ask for, where it was read together with the order."""
    row = PageDraft(order=order, sealed=sealed) if sealed is not None else None
    order.__dict__[_key(actor)] = _read(order, row)


def _read(order: FilingOrder, row: PageDraft | None) -> dict[str, Texts]:
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


def forget_all_unsaved(order: FilingOrder) -> None:
    """Everybody's: a new round begins or the order is filed, and nobody is shown them again."""
    order.page_drafts.filter(step__startswith=_DESK).delete()


def _store(order: FilingOrder, actor: Actor, places: dict[str, Texts]) -> None:
    keep_page(
        order, _page(actor.user_id), {"round": order.round, "places": places} if places else {}
    )
