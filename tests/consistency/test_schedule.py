"""Every entry of the beat schedule names a task that exists and accepts its arguments."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.conf import settings

from beian.celery import app


@pytest.fixture(scope="module")
def tasks() -> dict[str, Any]:
    app.loader.import_default_modules()
    return dict(app.tasks)


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_scheduled_task_exists_and_accepts_its_arguments(entry: str, tasks: dict[str, Any]) -> None:
    row = settings.CELERY_BEAT_SCHEDULE[entry]

    assert row["task"] in tasks, f"{row['task']} is not a task"
    signature = inspect.signature(tasks[row["task"]].run)
    signature.bind(*row.get("args", ()), **row.get("kwargs", {}))
    assert float(row["schedule"]) > 0


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_scheduled_wake_up_expires(entry: str) -> None:
    row = settings.CELERY_BEAT_SCHEDULE[entry]

    # A worker that stood still for a day finds a handful of them, not thousands.
    assert row["schedule"] <= row["options"]["expires"] <= max(30, row["schedule"])


def test_own_tasks_are_named_after_room_and_function(tasks: dict[str, Any]) -> None:
    own = {name: task for name, task in tasks.items() if not name.startswith("celery.")}

    assert own
    for name, task in own.items():
        room = task.run.__module__.split(".")[0]
        assert name == f"{room}.{task.run.__name__}"
