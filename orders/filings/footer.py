"""The line a filed website shows at its foot: number, link and the snippet to copy."""

from dataclasses import dataclass

from beian import clock
from beian.models import InternetService, Subject
from orders.rulebook.in_force import rules_in_force
from rules.number_display import number_shown

MINISTRY = "https://beian.miit.gov.cn/"


@dataclass(frozen=True)
class Footer:
    """`snippet` is HTML to paste before the end of the home page."""

    number: str
    link: str
    shows_subject_number: bool

    @property
    def snippet(self) -> str:
        return f'<a href="{self.link}" target="_blank" rel="noopener">{self.number}</a>'


def shows_subject_number(province: str) -> bool:
    """Whether a website of the province shows the subject's number; else the service's."""
    return number_shown(province, clock.today(), rule_set=rules_in_force()) == "subject"


def footer_of(subject: Subject, service: InternetService) -> Footer:
    """The footer line of a service, by the subject's province."""
    is_subject = shows_subject_number(subject.province)
    number = subject.subject_number if is_subject else service.service_number
    return Footer(number, MINISTRY, is_subject)
