import uuid

from django.db import models
from django.db.models import Q

from beian.crypto import datakey
from beian.crypto.fields import EncryptedTextField
from orders.enums import HandoverState, RecordType, ResultProblem, ResultState

_WAITING = ["sent", "unknown"]
_CONTEXT = "bureau-record"


class BureauLine(models.Model):
    """The one sending line: files are numbered without gaps, one sender works at a time."""

    name = models.CharField(max_length=30, primary_key=True)
    last_sequence = models.PositiveIntegerField(default=0)
    # A sender that died is overtaken after this instant.
    busy_until = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.last_sequence}"


class BureauFile(models.Model):
    """One numbered file; the same bytes are sent again until there is an answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(BureauLine, on_delete=models.PROTECT, related_name="files")
    sequence = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    payload_sealed = models.BinaryField()
    state = models.CharField(
        max_length=10, choices=HandoverState.choices, default=HandoverState.SENT
    )
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    # Past its term: the key is destroyed and the payload empty.
    erased_at = models.DateTimeField(null=True)

    # As long as this object lives, what was put need not be opened.
    _put: str | None = None

    class Meta:
        constraints = [
            # A refused file does not use up its number, so only the others must be unique.
            models.UniqueConstraint(
                name="bureau_sequence_once",
                fields=["line", "sequence"],
                condition=~Q(state="refused"),
            ),
            models.UniqueConstraint(
                name="bureau_one_file_waiting", fields=["line"], condition=Q(state__in=_WAITING)
            ),
        ]
        indexes = [
            models.Index(
                name="bureau_file_kept",
                fields=["answered_at"],
                condition=Q(erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.sequence}: {self.state}"

    def put(self, payload: str) -> None:
        """Seal the content of a new file (not saved yet)."""
        self.payload_sealed = datakey.seal_first(self.pk, payload.encode(), "bureau-file")
        self._put = payload

    def payload(self) -> str:
        if self._put is not None:
            return self._put
        return datakey.unseal(self.pk, bytes(self.payload_sealed), "bureau-file").decode()


class BureauRecordQuerySet(models.QuerySet["BureauRecord"]):
    def with_key(self) -> "BureauRecordQuerySet":
        """Records with what opens them."""
        return self.annotate(wrapped_key=datakey.wrapped_key_of("order_id"))


class BureauRecord(models.Model):
    """One record on its way to the bureau: queued → sent → accepted | refused | unknown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.PROTECT, related_name="bureau_records"
    )
    submission = models.ForeignKey(
        "orders.Submission", on_delete=models.PROTECT, related_name="bureau_records"
    )
    record_type = models.CharField(max_length=4, choices=RecordType.choices)
    # The record this one speaks about (the SMS result of a filing).
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(
        BureauFile, null=True, on_delete=models.SET_NULL, related_name="records"
    )
    state = models.CharField(
        max_length=10, choices=HandoverState.choices, default=HandoverState.QUEUED
    )
    handed_over_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    content_sealed = models.BinaryField()
    # A record that failed waits until then before it goes into a file again; an accepted one whose
    # order could not move on, before that is tried again.
    not_before = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_code = models.IntegerField(null=True)
    answer_text = EncryptedTextField(blank=True)
    # The order left the bureau again (result, return): this record is history.
    closed_at = models.DateTimeField(null=True)

    # Of rows read `with_key`.
    wrapped_key: bytes | None = None

    objects = BureauRecordQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                name="bureau_record_open_once",
                fields=["order"],
                condition=Q(record_type=RecordType.FIRST_FILING, closed_at__isnull=True)
                & Q(state__in=["queued", "sent", "unknown", "accepted"]),
            ),
        ]
        indexes = [
            models.Index(name="bureau_record_list", fields=["created_at", "id"]),
            models.Index(
                name="bureau_record_queued", fields=["created_at"], condition=Q(state="queued")
            ),
            models.Index(
                name="bureau_record_on_its_way",
                fields=["created_at"],
                condition=Q(state__in=["queued", *_WAITING]),
            ),
            models.Index(
                name="bureau_record_refused",
                fields=["answered_at"],
                condition=Q(state="refused", closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.pk}: {self.state}"

    def put(self, content: str) -> None:
        self.content_sealed = self.order.safe.seal(content.encode(), _CONTEXT)

    def content(self) -> str:
        safe = datakey.Safe(self.order_id, self.wrapped_key)
        return safe.unseal(self.content_sealed, _CONTEXT).decode()


class BureauResult(models.Model):
    """One result as it came down: kept before it is acknowledged, applied once.

    `waiting` results are offered to their order again and again; `stopped` ones wait for a person.
    """

    result_id = models.CharField(max_length=80, primary_key=True)
    # What pages call it: the bureau's id may hold any character.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(BureauRecord, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    text = EncryptedTextField(blank=True)
    subject_number = models.CharField(max_length=40, blank=True)
    # {service ref in the dossier: service number}
    service_numbers = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ResultState.choices, default=ResultState.WAITING
    )
    problem = models.CharField(max_length=20, choices=ResultProblem.choices, blank=True)
    # The refusal's code or the error's name, for support.
    note = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True)
    # Who decided what becomes of it, and why, where the machine could not.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    settlement_reason = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bureau_result_applied_has_time",
                condition=Q(state=ResultState.APPLIED, applied_at__isnull=False)
                | (~Q(state=ResultState.APPLIED) & Q(applied_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="bureau_result_stopped_has_problem",
                condition=~Q(state=ResultState.STOPPED) | ~Q(problem=""),
            ),
            models.CheckConstraint(
                name="bureau_result_dismissed_by_somebody",
                condition=~Q(state=ResultState.DISMISSED)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="bureau_result_open",
                fields=["received_at"],
                condition=Q(state__in=["waiting", "stopped"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.result_id}: {self.outcome}"
