"""Troubles of the outbox and the sweep, told to the desk once an hour however many there are."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import override

from beian import clock
from beian.actions.staff_notices import LANGUAGES, queue_staff_notice
from beian.enums import Channel, StaffAudience
from beian.models import Notice

FILE = Path(__file__).parent.parent / "data" / "staff_notices.toml"
LIST_PAGE = "orders:attention"


@lru_cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _hour() -> str:
    return f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d %H:00}"


def tell_of_failed_notice(notice: Notice) -> None:
    facts = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            facts[name] = {"since": _hour(), "channel": str(Channel(notice.channel).label)}
    queue_staff_notice(
        f"notice_failed:{notice.channel}:{_hour()}",
        audience=StaffAudience.CONTACTS,
        text=_texts()["notice_failed"],
        facts=facts,
        url_name=LIST_PAGE,
    )


def tell_of_failing_deadline() -> None:
    queue_staff_notice(
        f"deadline_failing:{_hour()}",
        audience=StaffAudience.TECHNICAL,
        text=_texts()["deadline_failing"],
        facts={language: {"since": _hour()} for language in LANGUAGES},
        url_name=LIST_PAGE,
    )
