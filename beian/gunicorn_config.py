"""How gunicorn serves the portal: `gunicorn --config python:beian.gunicorn_config beian.wsgi`.

Read before Django and without it. Figures of several processes are summed through files in a
folder that has to be empty at the start and is gone at the end.
"""

import os
import shutil
import tempfile
from logging.config import dictConfig

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from beian.logs import logging_config

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = int(os.environ.get("BEIAN_WEB_WORKERS", "1"))
threads = int(os.environ.get("BEIAN_WEB_THREADS", "8"))
# Longer than the longest page, an upload of a dozen pictures.
timeout = 120
graceful_timeout = 30
control_socket_disable = True

_figures = tempfile.mkdtemp(prefix="beian-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures


class MaskedLogger(Logger):
    """gunicorn's own lines repeat what it could not read, so they take the way of all others."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        dictConfig(logging_config(os.environ.get("BEIAN_LOG_LEVEL") or "INFO"))


logger_class = MaskedLogger


def child_exit(_server: Arbiter, worker: Worker) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    shutil.rmtree(_figures, ignore_errors=True)
