from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from beian import clock
from beian.crypto import datakey
from beian.crypto.fields import EncryptedTextField
from beian.models import Membership
from orders.dossier import Dossier, from_bytes, settle, to_bytes
from orders.enums import (
    CLOSED_STATES,
    EDITABLE_STATES,
    PROVIDER_STATES,
    REVIEW_STATES,
    RUNNING_STATES,
    WITHOUT_RESULT_STATES,
    OrderState,
    OrderType,
    RecordType,
    ReturnReason,
    ServiceKind,
)

if TYPE_CHECKING:
    from orders.models.call import CallNote
    from orders.models.checklist import ChecklistAnswer
    from orders.models.comment import OrderComment
    from orders.models.handover import BureauRecord
    from orders.models.submission import Submission

_CONTEXT = "dossier"
_KEY = "wrapped_key"


class OrderNumberSeries(models.Model):
    """The last number given out on a day in Shanghai."""

    day = models.DateField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


class FilingOrderQuerySet(models.QuerySet["FilingOrder"]):
    def of_account(self, account_id: UUID) -> FilingOrderQuerySet:
        return self.filter(account_id=account_id)

    def with_key(self) -> FilingOrderQuerySet:
        """Orders with what opens them, where their content will be looked at."""
        return self.annotate(**{_KEY: datakey.wrapped_key_of("pk")})

    def open(self) -> FilingOrderQuerySet:
        return self.exclude(state__in=CLOSED_STATES)

    def in_review(self) -> FilingOrderQuerySet:
        return self.filter(state__in=REVIEW_STATES)


class FilingOrder(models.Model):
    """备案订单: one application on its way. `state` is written by `orders.workflow` alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    account = models.ForeignKey("beian.Account", on_delete=models.PROTECT, related_name="orders")
    created_by = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    order_type = models.CharField(max_length=30, choices=OrderType.choices)
    service_kind = models.CharField(max_length=12, choices=ServiceKind.choices)
    state = models.CharField(max_length=30, choices=OrderState.choices, default=OrderState.DRAFT)
    state_entered_at = models.DateTimeField()
    # Raised by every save of the draft and by every transition: the token of a page.
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=0)
    dossier_sealed = models.BinaryField()
    # What must be searched or unique is kept beside the encrypted document.
    province = models.CharField(max_length=2, db_index=True)
    # A natural person's name is masked here; the digest finds the whole one.
    subject_name = models.CharField(max_length=120, blank=True)
    name_digest = models.CharField(max_length=64, blank=True, db_index=True)
    domain = models.CharField(max_length=253, blank=True, db_index=True)
    cert_digest = models.CharField(max_length=64, blank=True)
    # Paths the applicant may change in needs_supplement.
    open_paths = models.JSONField(default=list)
    assigned_to = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lease_until = models.DateTimeField(null=True)
    last_reviewer = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_at = models.DateTimeField(null=True)
    # Of what was submitted last (orders/risk.py); the flag is what lists can filter by.
    risk_classes = models.JSONField(default=list)
    is_high_risk = models.BooleanField(default=False)
    # Whether what was submitted last has objections to rules: a flag and a filter of lists.
    has_objection = models.BooleanField(default=False)
    return_reason = models.CharField(max_length=30, choices=ReturnReason.choices, blank=True)
    # Bureaus quote names and numbers of persons in their words.
    bureau_opinion = EncryptedTextField(blank=True)
    subject_number = models.CharField(max_length=40, blank=True, db_index=True)
    is_hidden = models.BooleanField(default=False)
    # When pictures were erased last because their term was over; others may be there since.
    pictures_erased_at = models.DateTimeField(null=True)
    # When its term was over: the data key is destroyed, nothing personal is left in this row.
    erased_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=clock.now)

    objects = FilingOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=[s.value for s in OrderState])
            ),
            models.UniqueConstraint(
                name="order_one_open_per_account",
                fields=["account"],
                condition=~Q(state__in=sorted(CLOSED_STATES)),
            ),
            models.UniqueConstraint(
                name="order_one_open_per_certificate",
                fields=["cert_digest"],
                condition=~Q(state__in=sorted(CLOSED_STATES)) & ~Q(cert_digest=""),
            ),
            models.UniqueConstraint(
                name="order_one_running_per_domain",
                fields=["domain"],
                condition=Q(state__in=sorted(RUNNING_STATES)) & ~Q(domain=""),
            ),
            models.CheckConstraint(
                name="order_lease_only_in_review",
                condition=Q(state__in=sorted(REVIEW_STATES))
                | Q(assigned_to__isnull=True, lease_until__isnull=True),
            ),
            models.CheckConstraint(
                name="order_filed_has_number",
                condition=~Q(state=OrderState.FILED) | ~Q(subject_number=""),
            ),
            models.CheckConstraint(
                name="order_returned_has_reason",
                condition=Q(state=OrderState.RETURNED_BY_MIIT, return_reason__gt="")
                | (~Q(state=OrderState.RETURNED_BY_MIIT) & Q(return_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                name="order_queue",
                fields=["due_at", "id"],
                condition=Q(state__in=sorted(REVIEW_STATES)),
            ),
            models.Index(
                name="order_queue_of_state",
                fields=["state", "due_at", "id"],
                condition=Q(state__in=sorted(REVIEW_STATES)),
            ),
            models.Index(
                name="order_queue_of_province",
                fields=["province", "due_at", "id"],
                condition=Q(state__in=sorted(REVIEW_STATES)),
            ),
            models.Index(
                name="order_queue_high_risk",
                fields=["due_at", "id"],
                condition=Q(state__in=sorted(REVIEW_STATES), is_high_risk=True),
            ),
            models.Index(
                name="order_queue_objected",
                fields=["due_at", "id"],
                condition=Q(state__in=sorted(REVIEW_STATES), has_objection=True),
            ),
            models.Index(
                name="order_queue_of_last_reviewer",
                fields=["last_reviewer", "due_at", "id"],
                condition=Q(state=OrderState.RESUBMITTED),
            ),
            models.Index(
                name="order_handover_list",
                fields=["due_at", "id"],
                condition=Q(state=OrderState.PENDING_BUREAU_SUBMISSION),
            ),
            models.Index(
                name="order_returned_list",
                fields=["state_entered_at", "id"],
                condition=Q(state=OrderState.RETURNED_BY_MIIT),
            ),
            models.Index(
                name="order_limit",
                fields=["due_at", "id"],
                condition=Q(state__in=sorted(PROVIDER_STATES)),
            ),
            models.Index(
                name="order_left_alone",
                fields=["state_entered_at"],
                condition=Q(state__in=sorted(WITHOUT_RESULT_STATES), erased_at__isnull=True),
            ),
            models.Index(name="order_of_account", fields=["account", "-created_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def safe(self) -> datakey.Safe:
        """Opens what is sealed for this order, its submissions and drafts included."""
        # A statement that waited for the erasure read the row after it, but the key before.
        key = None if self.is_erased else self.__dict__.get(_KEY)
        return datakey.Safe(self.pk, key)

    @cached_property
    def dossier(self) -> Dossier:
        """The draft's content, opened with the order's data key."""
        return from_bytes(self.safe.unseal(self.dossier_sealed, _CONTEXT))

    @property
    def submission(self) -> Submission:
        """What was submitted in the present round; read once."""
        return self._once("submission", lambda: self.submissions.get(round=self.round))

    @property
    def content(self) -> Dossier:
        """What counts now: the submission while others decide and once filed, else the draft."""
        is_with_others = self.state in RUNNING_STATES or self.state == OrderState.FILED
        return self.submission.dossier if is_with_others else self.dossier

    @property
    def round_comments(self) -> list[OrderComment]:
        """Comments of the present round, those taken back included.

        Read once, for page and guards alike. A decision locks the order and reads it anew, and with
        it its comments.
        """
        return self._once("comments", lambda: list(self.comments.filter(round=self.round)))

    @property
    def standing_comments(self) -> list[OrderComment]:
        """Comments of the present round that were not taken back."""
        return [comment for comment in self.round_comments if comment.withdrawn_at is None]

    def put_dossier(self, dossier: Dossier) -> None:
        """Set the sealed content and its searchable columns (not saved yet)."""
        from orders.dossier.index import index_columns

        settle(dossier)
        self.dossier_sealed = self.safe.seal(to_bytes(dossier), _CONTEXT)
        for name, value in index_columns(dossier).items():
            setattr(self, name, value)
        self.__dict__["dossier"] = dossier

    @cached_property
    def round_calls(self) -> list[CallNote]:
        """The calls reviewers noted in the present round, oldest first."""
        return list(self.calls.filter(round=self.round).select_related("author"))

    @cached_property
    def round_answers(self) -> list[ChecklistAnswer]:
        """What reviewers answered to the checklist in the present round, oldest first."""
        rows = self.checklist_answers.filter(round=self.round)
        return list(rows.select_related("author"))

    @property
    def open_filings(self) -> list[BureauRecord]:
        """Records of the order at the bureau that are not history, oldest first; read once."""
        rows = self.bureau_records.filter(record_type=RecordType.FIRST_FILING, closed_at=None)
        return self._once("filings", lambda: list(rows.defer("content_sealed")))

    def is_of_member(self, user_id: int | None) -> bool:
        """Whether the person belongs to the order's account; read once."""
        members = Membership.objects.filter(account_id=self.account_id, user_id=user_id)
        return self._once(f"member {user_id}", members.exists)

    def put_member(self, user_id: int | None, is_member: bool) -> None:
        """Hand over what `is_of_member` would ask, where it was read together with the order."""
        self._once(f"member {user_id}", lambda: is_member)

    def put_submission(self, submission: Submission) -> None:
        """Hand over the present round's submission where it was read together with the order."""
        self._once("submission", lambda: submission)

    def _once(self, what: str, read: Callable[[], Any]) -> Any:
        """What belongs to the present round, kept with this object until its round changes."""
        kept = self.__dict__.setdefault("_of_round", {})
        key = (what, self.round)
        if key not in kept:
            kept[key] = read()
        return kept[key]

    @property
    def nature(self) -> str:
        """The subject's nature (主办单位性质), fixed when the order begins."""
        return self.dossier.subject.nature

    @property
    def is_erased(self) -> bool:
        """Number, state and history are left; everything sealed for the order is unreadable."""
        return self.erased_at is not None

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED_STATES

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES or self.state == OrderState.NEEDS_SUPPLEMENT

    @property
    def is_claimed(self) -> bool:
        """A lapsed lease counts as none from the instant it ends, sweep or no sweep."""
        return bool(self.assigned_to_id and self.lease_until and self.lease_until > clock.now())

    def is_claimed_by(self, user_id: int | None) -> bool:
        return self.is_claimed and self.assigned_to_id == user_id
