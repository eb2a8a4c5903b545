from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from beian import clock
from beian.crypto.digests import digest
from beian.crypto.fields import EncryptedTextField
from beian.enums import StaffRoleName


class UserManager(BaseUserManager["User"]):
    def create_applicant(self, *, phone: str, language: str = "zh-hans") -> User:
        """A person who signs in with codes sent to `phone`; has no password."""
        user = self.model(
            login=f"phone:{digest('phone', phone)}",
            phone=phone,
            phone_digest=digest("phone", phone),
            language=language,
        )
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_staff(self, *, username: str, password: str, roles: list[str]) -> User:
        """A person of the provider; `roles` are StaffRoleName values."""
        user = self.model(login=f"staff:{username}", is_staff=True, staff_name=username)
        user.set_password(password)
        user.save(using=self._db)
        StaffRole.objects.bulk_create([StaffRole(user=user, role=role) for role in roles])
        return user


class User(AbstractBaseUser):
    """Somebody who signs in: an applicant (phone) or one of the provider's people (name)."""

    # "phone:<digest>" or "staff:<name>": one namespace, no phone in plain text.
    login = models.CharField(max_length=160, unique=True)
    is_staff = models.BooleanField(default=False)
    staff_name = models.CharField(max_length=60, blank=True)
    phone = EncryptedTextField(blank=True)
    phone_digest = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "login"
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_staff_or_phone",
                condition=Q(is_staff=True, phone_digest="") | Q(is_staff=False, staff_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.staff_name or f"user {self.pk}"


class StaffRole(models.Model):
    """One role of one person of the provider."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=30, choices=StaffRoleName.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="staff_role_once", fields=["user", "role"]),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
