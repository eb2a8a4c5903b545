from django.db import models

from beian import clock


class SettingOverride(models.Model):
    """An operator's value for one setting, everywhere or in one province."""

    name = models.CharField(max_length=60)
    # GB/T 2260 code, or empty for the whole installation.
    province = models.CharField(max_length=2, blank=True)
    value = models.JSONField()
    reason = models.CharField(max_length=200)
    author = models.ForeignKey("beian.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="setting_override_once", fields=["name", "province"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.province}".strip()
