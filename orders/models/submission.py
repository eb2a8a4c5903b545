import json
from collections.abc import Sequence

from django.db import models
from django.utils.functional import cached_property

from beian.crypto import datakey
from orders.dossier import Dossier, from_bytes, seal_of_submission, to_bytes


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def with_key(self) -> "SubmissionQuerySet":
        """Submissions with what opens them and their orders."""
        return self.annotate(wrapped_key=datakey.wrapped_key_of("order_id"))


class Submission(models.Model):
    """What was submitted in one round, frozen: dossier, findings, objections, rules and hashes."""

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.CASCADE, related_name="submissions"
    )
    round = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    schema_version = models.PositiveSmallIntegerField()
    dossier_sealed = models.BinaryField()
    findings_sealed = models.BinaryField()
    # What the applicant objected to (orders.objections.frozen); empty where it was nothing, and
    # for submissions from before there were objections.
    objections_sealed = models.BinaryField(null=True)
    # A digest of the shipped rules and the edits in force, under the seal; what it is of:
    rule_set_version = models.CharField(max_length=64)
    # Empty for submissions from before they were kept, which `submitted_at` speaks for.
    shipped_rules = models.ForeignKey(
        "orders.ShippedRules",
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    # Keys of orders.models.RuleEdit.
    rule_edits = models.JSONField(default=list)
    # {document id: SHA-256 of the stored picture}
    document_hashes = models.JSONField(default=dict)
    # What proves each service principal (verification.actions.truthfulness.freeze_checks); empty
    # for submissions from before that step.
    truthfulness = models.JSONField(default=list)
    seal = models.CharField(max_length=64)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-round"]
        constraints = [
            models.UniqueConstraint(name="submission_once_per_round", fields=["order", "round"]),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} round {self.round}"

    def _open(self, part: str) -> bytes:
        return self.order.safe.unseal(getattr(self, f"{part}_sealed"), f"submission.{part}")

    def freeze(
        self, dossier: Dossier, findings: list[dict], objections: Sequence[dict] = ()
    ) -> None:
        """Seal the content and compute the hash over it (not saved yet)."""
        frozen, found = to_bytes(dossier), _json(findings)
        objected = _json(objections) if objections else b""
        self.schema_version = dossier.schema_version
        self.dossier_sealed = self.order.safe.seal(frozen, "submission.dossier")
        self.findings_sealed = self.order.safe.seal(found, "submission.findings")
        if objected:
            self.objections_sealed = self.order.safe.seal(objected, "submission.objections")
        self.seal = self._seal(frozen, found, objected)

    def _seal(self, frozen: bytes, found: bytes, objected: bytes) -> str:
        return seal_of_submission(
            frozen,
            found,
            rule_set_version=self.rule_set_version,
            document_hashes=self.document_hashes,
            truthfulness=self.truthfulness,
            objections=objected,
        )

    def frozen_parts(self) -> tuple[bytes, bytes, bytes]:
        """Dossier, findings and objections (b"" where there is none), byte for byte as they were
        sealed; raises DecryptionFailed."""
        objected = self._open("objections") if self.objections_sealed else b""
        return self._open("dossier"), self._open("findings"), objected

    def is_intact(self) -> bool:
        """Whether the frozen bytes still have the hash they were sealed with."""
        return self._seal(*self.frozen_parts()) == self.seal

    @cached_property
    def dossier(self) -> Dossier:
        return from_bytes(self._open("dossier"))

    @cached_property
    def findings(self) -> list[dict]:
        return json.loads(self._open("findings"))

    @cached_property
    def objections(self) -> list[dict]:
        """As orders.objections.frozen gave them."""
        return json.loads(self._open("objections")) if self.objections_sealed else []


def _json(content: Sequence[dict]) -> bytes:
    return json.dumps(list(content), sort_keys=True, ensure_ascii=False).encode()
