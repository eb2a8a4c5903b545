"""The line a filed website shows at its foot: number, link and the snippet to copy."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from beian.models import InternetService, Subject

FILE = Path(__file__).parent.parent / "data" / "footer.toml"


@dataclass(frozen=True)
class Footer:
    """`snippet` is HTML to paste before the end of the home page."""

    number: str
    link: str
    shows_subject_number: bool

    @property
    def snippet(self) -> str:
        return f'<a href="{self.link}" target="_blank" rel="noopener">{self.number}</a>'


@lru_cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def shows_subject_number(province: str) -> bool:
    """Whether a website of the province shows the subject's number; else the service's."""
    return bool(_rules()["provinces"].get(province, _rules()["default"]) == "subject")


def footer_of(subject: Subject, service: InternetService) -> Footer:
    """The footer line of a service, by the subject's province."""
    is_subject = shows_subject_number(subject.province)
    number = subject.subject_number if is_subject else service.service_number
    return Footer(number, _rules()["link"], is_subject)
