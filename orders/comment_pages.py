"""Comments of a round as the order page shows them: grouped by the page to fix."""

from dataclasses import dataclass, field

from django.urls import reverse

from beian.ui import Comment, DiffRow
from orders.desk.comment_display import shown_comment
from orders.dossier import Change
from orders.enums import CommentSeverity
from orders.field_labels import Page, page_of, page_order
from orders.field_values import diff_rows
from orders.models import FilingOrder
from orders.replies import Answer
from orders.truthfulness import missing_of

_RANK = {severity.value: position for position, severity in enumerate(CommentSeverity)}


@dataclass(frozen=True)
class CommentItem:
    """One comment with its answer and the ways to answer it."""

    answer: Answer
    comment: Comment
    rows: list[DiffRow]
    fix_url: str
    explain_url: str

    @property
    def is_check(self) -> bool:
        """Answered by a person's new truthfulness check: `fix_url` leads to that step."""
        return self.answer.is_check


@dataclass(frozen=True)
class CommentPage:
    """The comments on one page of the wizard."""

    page: Page
    items: list[CommentItem] = field(default_factory=list)


def fix_url(order: FilingOrder, path: str) -> str:
    """The wizard page on which `path` is edited, at its field."""
    name = path.partition("[")[0] if path.endswith("]") else path
    anchor = f"#id_{name.rpartition('.')[2]}"
    return reverse("orders:step", args=[order.pk, page_of(path, order.nature).key]) + anchor


def _check_url(order: FilingOrder, answer: Answer) -> str:
    """The truthfulness step, at the first person who has still to come."""
    people = missing_of(answer.people) or answer.people
    anchor = f"#person-{people[0].key}" if people else ""
    return reverse("orders:truthfulness", args=[order.pk]) + anchor


def _item(order: FilingOrder, answer: Answer) -> CommentItem:
    comment = answer.comment
    has_parts = len(answer.changes) > 1
    return CommentItem(
        answer=answer,
        comment=shown_comment(comment, order.dossier.subject),
        rows=diff_rows(answer.changes, order.dossier.subject, with_label=has_parts),
        fix_url=_check_url(order, answer) if answer.is_check else fix_url(order, comment.path),
        explain_url=reverse("orders:reply", args=[order.pk, comment.pk]),
    )


def comment_pages(order: FilingOrder, answers: list[Answer]) -> list[CommentPage]:
    """Pages in the wizard's order, the gravest comment of each first."""
    pages = {page: CommentPage(page) for page in page_order(order.nature)}
    gravest_first = sorted(answers, key=lambda answer: _RANK[answer.comment.severity])
    for answer in gravest_first:
        pages[page_of(answer.comment.path, order.nature)].items.append(_item(order, answer))
    return [page for page in pages.values() if page.items]


def other_changes(
    order: FilingOrder, changes: list[Change], answers: list[Answer]
) -> list[DiffRow]:
    """What the applicant changed since the last submission without being asked to."""
    asked = {change.path for answer in answers for change in answer.changes}
    rest = tuple(change for change in changes if change.path not in asked)
    return diff_rows(rest, order.dossier.subject)
