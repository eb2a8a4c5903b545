import uuid

from django.db import models
from django.db.models import Q

from beian import clock
from beian.crypto.fields import EncryptedTextField
from beian.enums import FILING_ROLES, MembershipRole, RealNameState


class Account(models.Model):
    """The tenant: orders, documents and resources belong to it, not to the user who acts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    real_name_state = models.CharField(
        max_length=12, choices=RealNameState.choices, default=RealNameState.UNVERIFIED
    )
    real_name = EncryptedTextField(blank=True)
    real_name_certificate = EncryptedTextField(blank=True)
    real_name_certificate_digest = models.CharField(max_length=64, blank=True)
    real_name_requested_at = models.DateTimeField(null=True)
    # When a worker asks the checking service (again).
    real_name_check_at = models.DateTimeField(null=True)
    real_name_decided_at = models.DateTimeField(null=True)
    real_name_refusal = models.CharField(max_length=200, blank=True)
    inventory_synced_at = models.DateTimeField(null=True)
    inventory_requested_at = models.DateTimeField(null=True)
    # Before then no worker asks the inventory (again); empty: at once.
    inventory_ask_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_real_name_decided",
                condition=~Q(real_name_state__in=["verified", "refused"])
                | Q(real_name_decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_real_name_verified(self) -> bool:
        return self.real_name_state == RealNameState.VERIFIED


class Membership(models.Model):
    """A user's place in an account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("beian.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=30, choices=MembershipRole.choices, default=MembershipRole.NONE
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["account", "user"]),
            models.UniqueConstraint(
                name="account_one_owner", fields=["account"], condition=Q(role="owner")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.account}: {self.role}"

    @property
    def may_file(self) -> bool:
        """The filing pages are open to the main account and to the one filing role."""
        return self.role in FILING_ROLES
