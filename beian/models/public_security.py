from django.db import models

from beian import clock


class PublicSecurityFiling(models.Model):
    """公安备案: what the operator of a filed service told us about its other filing.

    We do not file with public security; the number is recorded so that reminders end and audits
    can look for it at the foot of the site.
    """

    service = models.OneToOneField(
        "beian.InternetService", on_delete=models.CASCADE, related_name="public_security"
    )
    number = models.CharField(max_length=40, unique=True)
    filed_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number
