"""Celery: workers relay notices, sweep deadlines and talk to the outside world.

Redis or the file broker holds no truth (rows do), so every task may be lost and is re-offered
by a beat entry.
"""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beian.settings")

app = Celery("beian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["beian", "verification", "orders"])


@setup_logging.connect
def _keep_our_logging(**_kwargs: object) -> None:
    """Celery would replace the JSON handlers and with them the personal-data filter."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
