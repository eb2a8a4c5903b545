"""Bring the database up to date and serve with one process of several threads."""

import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from gunicorn.app.base import BaseApplication

SHUTDOWN_SECONDS = 5


class Server(BaseApplication):
    """Gunicorn without its command line; SIGTERM lets running requests finish."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from outside.wsgi import application

        return application


def prepare_database() -> None:
    """Create or migrate the simulation's own database."""
    settings.DATABASE_FILE.parent.mkdir(parents=True, exist_ok=True)
    settings.CLOCK_FILE.parent.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def run(*, host: str, port: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT. Access lines stay off: paths hold phone numbers."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = {
        "bind": address,
        "workers": 1,
        "worker_class": "gthread",
        "threads": threads,
        "graceful_timeout": SHUTDOWN_SECONDS,
        "loglevel": "warning",
        "proc_name": "outside",
        # Gunicorn would put one into the home directory, shared by every server of this user.
        "control_socket_disable": True,
    }
    sys.stdout.write(f"模拟外部世界 simulated outside world: http://{address}/\n")
    sys.stdout.flush()
    Server(options).run()
