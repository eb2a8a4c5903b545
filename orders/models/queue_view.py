from django.db import models


class QueueView(models.Model):
    """A person's saved filters of the review queue, shown as a tab."""

    user = models.ForeignKey("beian.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    # {filter: value}, those of orders.desk.review_queue.Filters that are set.
    filters = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="queue_view_name_once", fields=["user", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
