"""My filings: the running order, what is on record, what is over."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.actors import Actor
from beian.models import InternetService, Subject
from beian.ui import Fact, Stage, TimelineItem
from orders import queries
from orders.apply.order_facts import facts_for_applicant
from orders.enums import OrderState
from orders.filings.act_buttons import ActButton, acts_of
from orders.filings.progress import stages_of, upcoming_of
from orders.filings.state_display import StateDisplay, display_of
from orders.filings.timeline import entries_of
from orders.models import FilingOrder
from orders.replies import ANSWERABLE_STATES, answers_of


@dataclass(frozen=True)
class RunningCard:
    """The open order as its card shows it."""

    order: FilingOrder
    display: StateDisplay
    stages: list[Stage]
    facts: list[Fact]
    second: ActButton | None
    upcoming: list[TimelineItem]

    @property
    def is_draft(self) -> bool:
        return self.order.state == OrderState.DRAFT

    @property
    def needs_answer(self) -> bool:
        return self.order.state in ANSWERABLE_STATES


@dataclass(frozen=True)
class ServiceRow:
    service: InternetService
    domains: list[str]


def _running_card(order: FilingOrder, actor: Actor) -> RunningCard:
    answers = answers_of(order) if order.state in ANSWERABLE_STATES else []
    acts = acts_of(order, actor)
    second = acts.get("withdraw") or acts.get("resubmit_unchanged") or acts.get("abandon")
    return RunningCard(
        order=order,
        display=display_of(order),
        stages=stages_of(order, entries_of(order)),
        facts=facts_for_applicant(order, answers),
        second=second,
        upcoming=upcoming_of(order),
    )


def _service_rows(subject: Subject | None) -> list[ServiceRow]:
    if subject is None:
        return []
    return [
        ServiceRow(
            service,
            [domain.name for domain in service.domains.all()],
        )
        for service in queries.services_of_subject(subject)
    ]


@access(Level.FILING)
@require_GET
def my_filings(request: HttpRequest) -> HttpResponse:
    running, closed = queries.running_and_closed(request.account)
    subject = queries.filed_subject(request.account)
    context = {
        "running": _running_card(running, request.actor) if running else None,
        "offer": queries.start_offer(request.account, request.actor, running),
        "account": request.account,
        "subject": subject,
        "services": _service_rows(subject),
        "closed": [(order, display_of(order)) for order in closed],
    }
    return render(request, "orders/filings/my_filings.html", context)
