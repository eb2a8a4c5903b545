"""A submission as rows of a table: value, machine checks and comments of every field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from beian.data_language import data_language
from beian.enums import Channel
from beian.models import Resource
from orders.account_holder import mismatch_of
from orders.desk.case_fields import (
    OPTIONAL,
    OTHER_MATERIALS,
    YES_OR_NO,
    groups_of,
    is_personal,
    name_of,
)
from orders.dossier import Dossier, flatten, get_value
from orders.dossier.paths import is_within
from orders.field_labels import label_of
from orders.field_values import value_text
from orders.models import OrderComment, Submission
from rules.finding import BLOCK, Finding
from verification.actions.proofs import proved_of

PROVED_BY_CODE = {"mobile": Channel.SMS, "email": Channel.MAIL}
# Where the account's real name is compared.
SUBJECT_NAME = "subject.name"
ICONS = {"passed": "tick", "notice": "triangle", "failed": "octagon"}


@dataclass(frozen=True)
class Check:
    """One result of a machine check; `tone` is passed, notice or failed.

    `is_unknown`: the machine could not tell, a person has to look.
    """

    tone: str
    text: str
    rule: str = ""
    is_unknown: bool = False

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


@dataclass(frozen=True)
class Row:
    """One field; `anchor` is its id on the page."""

    path: str
    label: str
    value: str
    is_masked: bool
    checks: list[Check] = field(default_factory=list)
    comments: list[OrderComment] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)

    @property
    def tone(self) -> str:
        tones = {check.tone for check in self.checks}
        return next((tone for tone in ("failed", "notice", "passed") if tone in tones), "")


@dataclass(frozen=True)
class RowGroup:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Table:
    """Everything beside the documents; `other_checks` concern no single field."""

    groups: list[RowGroup]
    other_checks: list[Check]

    @property
    def paths(self) -> list[str]:
        """Of all rows, in their order."""
        return [row.path for group in self.groups for row in group.rows]

    @property
    def counts(self) -> dict[str, int]:
        tones = [row.tone for group in self.groups for row in group.rows if row.tone]
        tones += [check.tone for check in self.other_checks]
        return {tone: tones.count(tone) for tone in ICONS}


def anchor_of(path: str) -> str:
    """An id for the page: letters, digits and hyphens."""
    return "field-" + "".join(char if char.isalnum() else "-" for char in path)


def _finding_check(finding: Finding) -> Check:
    tone = "failed" if finding.outcome == BLOCK else "notice"
    is_unknown = bool(finding.unknown) and tone == "notice"
    return Check(tone, finding.message[data_language()], finding.rule, is_unknown)


def _contacts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(channel, address) of everybody named, for one look-up."""
    for path, value in flatten(dossier).items():
        channel = PROVED_BY_CODE.get(name_of(path))
        if channel is not None and value:
            yield channel, str(value)


class _Reader:
    """Reads one submission; collects the findings that belong to no row."""

    def __init__(self, submission: Submission, comments: Iterable[OrderComment]) -> None:
        self.dossier: Dossier = submission.dossier
        self.nature = self.dossier.subject.nature
        self.findings = [Finding.from_dict(item) for item in submission.findings]
        self.comments = list(comments)
        self.proved = proved_of(submission.order_id, _contacts(self.dossier))
        self.used: set[int] = set()
        self.mismatch = mismatch_of(submission.order.account, self.dossier.subject)
        chosen = [service.resource for service in self.dossier.services if service.resource]
        self.resources = dict(Resource.objects.filter(pk__in=chosen).values_list("pk", "name"))

    def row(self, path: str) -> Row:
        value = get_value(self.dossier, path)
        return Row(
            path=path,
            label=_("其他材料") if path == OTHER_MATERIALS else self._label(path),
            value=self._text(path, value),
            is_masked=bool(value) and is_personal(path, self.nature),
            checks=self._checks(path, value),
            comments=[item for item in self.comments if item.path == path],
        )

    def _label(self, path: str) -> str:
        return label_of(path, self.nature, self.dossier.subject)

    def is_shown(self, path: str) -> bool:
        name, value = name_of(path), get_value(self.dossier, path)
        if name not in OPTIONAL or value or (name in YES_OR_NO and value is False):
            return True
        has_comment = any(item.path == path for item in self.comments)
        return has_comment or bool(self._findings_at(path))

    def _findings_at(self, path: str) -> list[int]:
        return [
            number
            for number, finding in enumerate(self.findings)
            if any(is_within(found, path) for found in finding.paths)
            and not (path == OTHER_MATERIALS and number in self.used)
        ]

    def _checks(self, path: str, value: object) -> list[Check]:
        numbers = self._findings_at(path)
        self.used.update(numbers)
        found = [_finding_check(self.findings[number]) for number in numbers]
        if path == SUBJECT_NAME and self.mismatch:
            found.append(Check("notice", self.mismatch))
        return found or self._passed(path, value)

    def _passed(self, path: str, value: object) -> list[Check]:
        if not value or path == OTHER_MATERIALS:
            return []
        channel = PROVED_BY_CODE.get(name_of(path))
        if channel is None:
            return [Check("passed", _("没有发现问题"))]
        if (channel, str(value)) in self.proved:
            return [Check("passed", _("已用验证码确认"))]
        return [Check("notice", _("没有用验证码确认"))]

    def _text(self, path: str, value: Any) -> str:
        if path == OTHER_MATERIALS:
            return ""
        if name_of(path) != "resource":
            return value_text(path, value, self.nature)
        return self.resources.get(UUID(value), "") if value else ""

    def others(self) -> list[Check]:
        rest = [item for number, item in enumerate(self.findings) if number not in self.used]
        return [_finding_check(finding) for finding in rest]


def table_of(submission: Submission, comments: Iterable[OrderComment]) -> Table:
    """The frozen submission with its findings and this round's comments beside the fields."""
    reader = _Reader(submission, comments)
    groups = [
        RowGroup(
            str(group.title), [reader.row(path) for path in group.paths if reader.is_shown(path)]
        )
        for group in groups_of(reader.dossier)
    ]
    return Table(groups, reader.others())
