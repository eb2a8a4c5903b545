"""The project and the lowest app: accounts, register, outbox, deadlines, audit, crypto."""

from .celery import app as celery_app

__all__ = ["celery_app"]
