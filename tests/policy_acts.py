"""The order on which an act of the policy table is tried: in the state where the act belongs."""

from collections.abc import Callable
from datetime import timedelta

from beian import clock
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import filled_dossier, make_order, make_resource
from tests.checklist import tick_everything
from tests.orders.builders_filings import make_comment
from tests.policy_world import STAFF, World


def _in_review(world: World) -> FilingOrder:
    return world.case


def _with_findings(world: World) -> FilingOrder:
    make_comment(world.case, is_sent=False)
    return world.case


def _in(state: OrderState) -> Callable[[World], FilingOrder]:
    def made(world: World) -> FilingOrder:
        dossier = filled_dossier(make_resource(world.owner.account))
        return make_order(world.owner, state=state, dossier=dossier)

    return made


def _pending_with_findings(world: World) -> FilingOrder:
    make_comment(world.pending, is_sent=False)
    return world.pending


STAGES: dict[str, Callable[[World], FilingOrder]] = {
    # The desk
    "take": _in_review,
    "release": _in_review,
    "pass_initial_review": _in_review,
    "ask_supplement": _with_findings,
    "reject": _with_findings,
    "recall": _in(OrderState.NEEDS_SUPPLEMENT),
    "send_back": lambda world: world.pending,
    "send_back_supplement": _pending_with_findings,
    # The applicant; the last act is open to the desk as well.
    "withdraw": _in_review,
    "abandon": lambda world: world.draft,
    "hide": _in(OrderState.ABANDONED),
    "reopen": _in(OrderState.EXPIRED),
    "resubmit_unchanged": _in(OrderState.RETURNED_BY_MIIT),
}
# A case is decided by whoever holds it, so whoever tries is made its holder.
NEED_A_HOLDER = frozenset({"release", "pass_initial_review", "ask_supplement", "reject"})


def order_for(act: str, world: World) -> FilingOrder:
    if act not in world.staged:
        world.staged[act] = STAGES[act](world)
    return world.staged[act]


def give_the_case(world: World, order: FilingOrder, act: str, role: str) -> None:
    if act in NEED_A_HOLDER and role in STAFF:
        FilingOrder.objects.filter(pk=order.pk).update(
            assigned_to=world.people[role].user, lease_until=clock.now() + timedelta(minutes=5)
        )
    if act == "pass_initial_review" and role in STAFF:
        tick_everything(world.people[role].actor, order.pk)
