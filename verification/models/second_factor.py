from django.db import models

from beian.crypto.fields import EncryptedTextField


class SecondFactor(models.Model):
    """The one-time-password generator of one of the provider's people (RFC 6238)."""

    user = models.OneToOneField(
        "beian.User", on_delete=models.CASCADE, related_name="second_factor"
    )
    # Base32, as generators take it.
    secret = EncryptedTextField()
    created_at = models.DateTimeField()
    # Until a first right code the secret may be shown again and replaced.
    confirmed_at = models.DateTimeField(null=True)
    # Time step of the last accepted code: each code opens one session.
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor of {self.user}"
