"""What the components of the design system take: plain values, made by views of every app."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

Tone = Literal["neutral", "info", "warning", "danger", "success", "bureau"]

TONE_ICONS = {
    "neutral": "pen",
    "info": "clock",
    "warning": "triangle",
    "danger": "crossed-circle",
    "success": "tick",
    "bureau": "columns",
}


# The stylesheet draws it; a typed character would change with the font.
DOT = mark_safe(' <span class="dot"></span> ')


def joined(*facts: str) -> SafeString:
    """Short facts in one line with the separator between them; empty ones are left out."""
    return format_html_join(DOT, "{}", ((fact,) for fact in facts if fact))


@dataclass(frozen=True)
class Fact:
    """A cell of the fact strip: question, answer, what it means."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Stage:
    """A node of the progress strip."""

    label: str
    note: str = ""
    status: Literal["done", "current", "later"] = "later"


class TimelineRemark(NamedTuple):
    """``label`` names the field in the language of the page."""

    label: str
    words: str


@dataclass(frozen=True)
class TimelineItem:
    """``kind``: event (dot), refusal (square), open (ring) or future (dashed ring).

    ``opinion`` and the words of ``remarks`` are what people wrote, in their own language.
    """

    title: str
    lines: tuple[str, ...] = ()
    kind: Literal["event", "refusal", "open", "future"] = "event"
    opinion: str = ""
    remarks: tuple[TimelineRemark, ...] = ()


TaskStatus = Literal["not_started", "in_progress", "done", "blocked", "problem"]


@dataclass(frozen=True)
class Task:
    """A row of the task list; a blocked one has no link, ``opens_when`` says what opens it."""

    label: str
    url: str = ""
    note: str = ""
    status: TaskStatus = "not_started"
    problem: str = ""
    opens_when: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """A line of check answers; ``action_for`` is the hidden part of the link's name."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    action: str = ""
    problem: str = ""


@dataclass(frozen=True)
class DiffRow:
    """Before and after of one field; None where there was or is nothing."""

    label: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class FindingItem:
    """A finding as the page shows it, in the language of the page.

    ``note`` with ``more_url`` is another way out than ``url``.
    """

    outcome: Literal["block", "material", "advice", "objected"]
    sentence: str
    reason: str = ""
    source: str = ""
    retrieved: str = ""
    url: str = ""
    action: str = ""
    note: str = ""
    more_url: str = ""
    more_action: str = ""


@dataclass(frozen=True)
class Comment:
    """A reviewer's comment on one field. ``language`` is that of ``text``."""

    severity: Literal["block", "material", "advice"]
    field: str
    text: str
    example: str = ""
    source: str = ""
    retrieved: str = ""
    language: str = "zh-Hans"


@dataclass(frozen=True)
class ViewedDocument:
    """A picture of the document viewer; ``url`` serves it after its own rights check.

    Its ``width`` and ``height`` keep its place until it has come; None where nobody knows them.
    """

    key: str
    label: str
    url: str
    note: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class NavItem:
    """An entry of a navigation; ``count`` None shows no number, text an unfinished one."""

    label: str
    url: str
    count: int | str | None = None
    current: bool = False


@dataclass(frozen=True)
class NavGroup:
    """Entries of the staff rail under one (possibly empty) heading."""

    label: str
    items: list[NavItem] = field(default_factory=list)
