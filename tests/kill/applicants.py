"""Applicants in front of a web server that dies: they submit and withdraw, and try again."""

from __future__ import annotations

import http.client
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from orders.agreements import REQUIRED
from orders.enums import OrderState
from orders.models import FilingOrder
from rules.certificates.credit_code import check_character
from tests.agreeing import ticks
from tests.builders import client_of, make_applicant
from tests.life import make_ready_order, own_person

TOKEN = "t" * 32
PATIENCE_S = 10.0
WAIT_S = 0.2
# A button that leads nowhere for so long is no server that just died.
STUCK_S = 120.0


class Stuck(Exception):
    """A button leads nowhere although the server answers."""


@dataclass
class Person:
    """One applicant with one order; `done` are the acts that were answered or found done."""

    port: int
    number: int
    order: FilingOrder = field(init=False)
    session: str = field(init=False)
    done: dict[str, int] = field(default_factory=lambda: {"submit": 0, "withdraw": 0})
    errors: int = 0

    def __post_init__(self) -> None:
        applicant = make_applicant(
            phone=f"1360000{self.number:04}", account_name=f"示例账号 {self.number}（虚构）"
        )
        body = f"91330102MA{self.number:07d}"
        self.order = make_ready_order(
            applicant,
            **{
                "subject.cert_number": body + check_character(body),
                "services[0].domains": [f"shili-{self.number}.com"],
                **own_person(self.number),
            },
        )
        cookie = client_of(applicant.user).cookies[settings.SESSION_COOKIE_NAME]
        self.session = cookie.value

    def go_round(self) -> None:
        """Submit, then withdraw."""
        pk = self.order.pk
        ticked = ticks(REQUIRED)
        self._until(OrderState.INITIAL_REVIEW, "submit", reverse("orders:check", args=[pk]), ticked)
        page = reverse("orders:act", args=[pk, "withdraw"])
        self._until(OrderState.DRAFT, "withdraw", page, {})

    def _until(self, state: OrderState, name: str, page: str, data: dict[str, str]) -> None:
        """Press the button until the order is where it leads, looking at the page in between."""
        limit = time.monotonic() + STUCK_S
        while True:
            row = FilingOrder.objects.values("state", "version").get(pk=self.order.pk)
            if row["state"] == state:
                break
            fields = {**data, "version": row["version"], "idempotency_key": uuid.uuid4().hex}
            if not self.post(page, fields):
                time.sleep(WAIT_S)
            if time.monotonic() > limit:
                raise Stuck(f"{self.order.number} stays {row['state']}: cannot {name}")
        self.done[name] += 1

    def post(self, page: str, fields: dict[str, object]) -> bool:
        """Whether there was an answer; a dead server gives none. 5xx is an error of ours."""
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            line.request("POST", page, body, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        self.errors += answer.status >= 500
        return answer.status < 400
