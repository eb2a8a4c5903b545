"""One person of each kind, and the things the policy table points at. Everything is fictitious."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.test import Client

from beian.enums import MembershipRole, StaffRoleName
from beian.models import Notice
from orders import workflow
from orders.actions.order_retention import erase_order
from orders.actions.submit import submit_order
from orders.enums import OrderState
from orders.models import BureauResult, FilingOrder, RuleEdit
from tests.builders import Applicant, Staff, client_of, make_applicant, make_order, make_staff
from tests.life import make_ready_order
from tests.orders.builders_attention import make_failed_notice, make_stopped_result
from tests.orders.builders_filings import make_comment, make_filed_order
from tests.orders.objection_stage import TWO_DOMAINS, entry_of
from tests.orders.objection_stage import objected as objection_by
from tests.orders.rulebook.stage import as_tested, names_of, propose
from verification.actions.documents import documents_of
from verification.models import TruthfulnessCheck

ANONYMOUS = "anonymous"
UNVERIFIED = "unverified"
OWNER = "owner"
OTHER_OWNER = "other account's owner"
SUB_USER = "sub-user with the role"
SUB_USER_WITHOUT = "sub-user without the role"
REVIEWER, SENIOR, SUBMITTER, AUDIT_OFFICER, AUDITOR, OPERATOR, SUPPORT, ADMINISTRATOR = (
    str(role) for role in StaffRoleName
)
STAFF = frozenset(StaffRoleName.values)
APPLICANTS = frozenset({UNVERIFIED, OWNER, OTHER_OWNER, SUB_USER, SUB_USER_WITHOUT})
# A machine that watches: signed out, at a known address.
MONITOR = "monitor"
MONITOR_ADDRESS = "192.0.2.9"
ROLES = (ANONYMOUS, MONITOR, *sorted(APPLICANTS), *StaffRoleName.values)


class Clients(dict[str, Client]):
    """A browser for each role, signed in when it is first taken."""

    def __init__(self, people: Mapping[str, Applicant | Staff]) -> None:
        super().__init__({ANONYMOUS: Client(), MONITOR: Client(REMOTE_ADDR=MONITOR_ADDRESS)})
        self._people = people

    def __missing__(self, role: str) -> Client:
        self[role] = client = client_of(self._people[role].user)
        return client


@dataclass
class World:
    """People by role; orders and documents belong to the account of OWNER."""

    people: dict[str, Applicant | Staff]
    clients: dict[str, Client]
    owner: Applicant
    # Orders put into the state where an act belongs, by the act's name.
    staged: dict[str, FilingOrder] = field(default_factory=dict)

    @cached_property
    def draft(self) -> FilingOrder:
        return make_ready_order(self.owner)

    @cached_property
    def case(self) -> FilingOrder:
        """A submitted order with its documents."""
        order = self.draft
        return submit_order(
            self.owner.actor, order.pk, version=order.version, agreed=(), source_address=None
        )

    @cached_property
    def pending(self) -> FilingOrder:
        return make_order(self.owner, state=OrderState.PENDING_BUREAU_SUBMISSION)

    @cached_property
    def filed(self) -> FilingOrder:
        return make_filed_order(self.owner)

    @cached_property
    def erased(self) -> FilingOrder:
        """Given up after a submission, and past its term."""
        order = make_order(self.owner, state=OrderState.ABANDONED, round=1)
        with transaction.atomic():
            erase_order(workflow.locked(order.pk))
        return order

    @cached_property
    def rejected(self) -> FilingOrder:
        return make_order(self.owner, state=OrderState.INITIAL_REJECTED)

    @cached_property
    def answerable_comment(self) -> dict[str, Any]:
        comment = make_comment(self.rejected)
        return {"pk": self.rejected.pk, "comment_id": comment.pk}

    @cached_property
    def stopped(self) -> FilingOrder:
        """A draft that a rule of medium confidence stops."""
        return make_ready_order(self.owner, **TWO_DOMAINS)

    @property
    def objectionable(self) -> dict[str, Any]:
        return {"pk": self.stopped.pk, "mark": entry_of(self.stopped).mark}

    @cached_property
    def objected(self) -> dict[str, Any]:
        """Submitted with an objection."""
        order = self.stopped
        row = objection_by(self.owner, order)
        submit_order(
            self.owner.actor, order.pk, version=order.version, agreed=(), source_address=None
        )
        return {"pk": order.pk, "objection_id": row.pk}

    @cached_property
    def draft_comment(self) -> dict[str, Any]:
        comment = make_comment(self.case, is_sent=False)
        return {"pk": self.case.pk, "comment_id": comment.pk}

    @cached_property
    def stopped_result(self) -> BureauResult:
        return make_stopped_result()

    @cached_property
    def failed_notice(self) -> Notice:
        return make_failed_notice(self.case)

    @cached_property
    def rule_edit(self) -> RuleEdit:
        """Of a colleague, ready to be published."""
        colleague = make_staff(OPERATOR, name=f"{OPERATOR}-8")
        return as_tested(propose(colleague.actor, names_of(4)))

    def check_of(self, order: FilingOrder) -> TruthfulnessCheck:
        return TruthfulnessCheck.objects.of(order.pk).get()

    def document(self, order: FilingOrder) -> str:
        return str(documents_of(order.pk).first().pk)


def make_world() -> World:
    owner = make_applicant(phone="13800000051", account_name="示例一")
    people: dict[str, Applicant | Staff] = {
        OWNER: owner,
        UNVERIFIED: make_applicant(phone="13800000052", account_name="示例二", is_verified=False),
        OTHER_OWNER: make_applicant(phone="13800000053", account_name="示例三"),
        SUB_USER: make_applicant(
            phone="13800000054",
            account=owner.account,
            role=MembershipRole.BEIAN_ADMINISTRATOR,
        ),
        SUB_USER_WITHOUT: make_applicant(
            phone="13800000055", account=owner.account, role=MembershipRole.NONE
        ),
        **{role: make_staff(role, name=f"{role}-1") for role in StaffRoleName.values},
    }
    return World(people, Clients(people), owner)
