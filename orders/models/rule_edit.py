from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from beian import clock
from beian.models.audit import AppendOnlyError
from orders.enums import OPEN_RULE_EDITS, RuleEditState


class RuleEditQuerySet(models.QuerySet["RuleEdit"]):
    def published(self) -> RuleEditQuerySet:
        return self.filter(state=RuleEditState.PUBLISHED)

    def standing(self) -> RuleEditQuerySet:
        """Of each rule the published edit that holds or will hold last."""
        rows = self.published()
        last = rows.filter(rule_key=OuterRef("rule_key"))
        last = last.order_by("-effective_from", "-published_at")
        return rows.filter(pk=Subquery(last.values("pk")[:1]))

    def open(self) -> RuleEditQuerySet:
        return self.filter(state__in=OPEN_RULE_EDITS)

    def of(self, key: str) -> RuleEditQuerySet:
        """Edits of one rule, the newest first."""
        rows = self.filter(rule_key=key).order_by("-created_at", "-id")
        return rows.select_related("author", "publisher")


class RuleEdit(models.Model):
    """An operator's row in the place of a shipped rule: written by one, published by another.

    What was published is never written again; taking it back is another edit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule_key = models.CharField(max_length=60)
    # GB/T 2260 code, or empty for a national rule.
    province = models.CharField(max_length=2, blank=True)
    # The whole row in the shape of the data files; null: the shipped row shall hold again, or no
    # rule where none is shipped.
    row = models.JSONField(null=True)
    # The shipped row it was written against (null: none was shipped), and its digest or "".
    base_row = models.JSONField(null=True)
    base_digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(
        max_length=10, choices=RuleEditState.choices, default=RuleEditState.DRAFT
    )
    # Of the content: what was tested and looked at is what is published.
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    # Why a colleague gave it back to the author; empty again once it is proposed anew.
    returned_note = models.CharField(max_length=500, blank=True)
    publisher = models.ForeignKey(
        "beian.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    effective_from = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # What the edit would change (orders.rulebook.trial), and for which version that was asked.
    trial = models.JSONField(null=True)
    trial_version = models.PositiveIntegerField(null=True)
    trial_asked_at = models.DateTimeField(null=True)
    # When a worker took it up: another does so only if that one must have died.
    trial_begun_at = models.DateTimeField(null=True)

    objects = RuleEditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_edit_state_known", condition=Q(state__in=RuleEditState.values)
            ),
            models.CheckConstraint(
                name="rule_edit_two_persons",
                condition=Q(publisher=None) | ~Q(publisher=F("author")),
            ),
            models.CheckConstraint(
                name="rule_edit_published_by_somebody",
                condition=~Q(state=RuleEditState.PUBLISHED)
                | Q(
                    publisher__isnull=False,
                    published_at__isnull=False,
                    effective_from__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="rule_edit_one_open",
                fields=["rule_key"],
                condition=Q(state__in=sorted(OPEN_RULE_EDITS)),
            ),
        ]
        indexes = [
            models.Index(name="rule_edit_of_rule", fields=["rule_key", "created_at"]),
            models.Index(
                name="rule_edit_published",
                fields=["published_at"],
                condition=Q(state=RuleEditState.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_key}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RULE_EDITS

    @property
    def removes(self) -> bool:
        """Whether there is no such rule any more once it holds."""
        return self.row is None and not self.base_digest

    @property
    def is_tested(self) -> bool:
        """Whether what the edit would change is known of the content as it stands."""
        is_answered = self.trial is not None and self.trial_version == self.version
        return is_answered and not self.trial_fault

    @property
    def trial_fault(self) -> str:
        """Why the content as it stands could not be tested; "" if that is not known."""
        if self.trial is None or self.trial_version != self.version:
            return ""
        return str(self.trial.get("fault", ""))

    @property
    def is_being_tested(self) -> bool:
        return self.trial_asked_at is not None and self.trial_version != self.version

    def is_in_force_on(self, day: date) -> bool:
        return self.effective_from is not None and self.effective_from <= day

    @property
    def is_to_come(self) -> bool:
        """Published, and its day has not begun."""
        is_published = self.state == RuleEditState.PUBLISHED
        return is_published and not self.is_in_force_on(clock.today())

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("edits of rules are never deleted")
