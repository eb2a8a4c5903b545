"""A desk for tests: reviewers, a case under review, and a browser for each person."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName as Role
from orders.actions.comments import CommentText, add_comment
from orders.enums import CommentSeverity, OrderState
from orders.models import FilingOrder, OrderComment
from tests.builders import Staff, client_of, make_applicant, make_order, make_staff, post
from tests.checklist import tick_everything

NAME_PATH = "services[0].name"
WORDS = CommentText(
    CommentSeverity.MUST_FIX, "R-NAME", "请改为与单位有关的中文名称。", "示例科技官网"
)

NOT_TAKEN = "请先领取这个订单：没有领取、领取已过期或由同事领取时不能处理。"


@dataclass
class Desk:
    """One reviewer who holds one case."""

    reviewer: Staff
    order: FilingOrder

    @property
    def client(self) -> Client:
        return client_of(self.reviewer.user)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"orders:{name}", args=[self.order.pk, *args])

    def comment(self, path: str = NAME_PATH, content: CommentText = WORDS) -> OrderComment:
        return add_comment(self.reviewer.actor, order_id=self.order.pk, path=path, content=content)

    def act(self, name: str, client: Client | None = None, **data: Any):
        """Post an act with the version of the page as it stands."""
        self.order.refresh_from_db()
        fields = {"version": self.order.version, "action": "confirm", **data}
        return post(client or self.client, self.url("case-act", name), fields)

    def tick(self) -> None:
        tick_everything(self.reviewer.actor, self.order.pk)

    def let_lease_lapse(self) -> None:
        FilingOrder.objects.filter(pk=self.order.pk).update(lease_until=clock.now())


def make_desk(
    state: OrderState = OrderState.INITIAL_REVIEW, role: Role = Role.REVIEWER, **columns: Any
) -> Desk:
    """A reviewer and an order that he has taken, if its state is one of review."""
    reviewer = make_staff(role)
    order = make_order(make_applicant(), state=state, reviewer=reviewer.user, **columns)
    return Desk(reviewer, order)


def flash(client: Client, url: str) -> list[str]:
    """The messages the next page shows."""
    return [str(message) for message in client.get(url, follow=True).context["messages"]]
