"""Celery: workers relay notices, sweep deadlines and talk to the outside world.

Redis or the file broker holds no truth (rows do), so every task may be lost and is re-offered
by a beat entry.
"""

import os
import sys

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init

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


@worker_init.connect
@beat_init.connect
def _refuse_unfit_start(**_kwargs: object) -> None:
    """Celery goes on after an exception in a signal handler, so the process ends here."""
    import django

    from beian.production.start import NotFitForProduction, refuse_unfit_start

    django.setup()
    try:
        refuse_unfit_start()
    except NotFitForProduction as refusal:
        sys.exit(str(refusal))
