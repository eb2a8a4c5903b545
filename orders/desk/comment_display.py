"""A reviewer's comment as pages show it, with the example and the source of its reason."""

from typing import Literal

from beian.ui import Comment
from orders.dossier import SubjectPart
from orders.enums import CommentSeverity
from orders.field_labels import label_of, page_of
from orders.models import OrderComment
from orders.reasons import reasons

Severity = Literal["block", "material", "advice"]
SEVERITIES: dict[str, Severity] = {
    CommentSeverity.MUST_FIX: "block",
    CommentSeverity.MATERIAL: "material",
    CommentSeverity.ADVICE: "advice",
}


def shown_comment(comment: OrderComment, subject: SubjectPart) -> Comment:
    """The comment for the design system's component; the field is called as on its page."""
    reason = reasons().get(comment.reason_code)
    source = reason.source if reason else {}
    return Comment(
        severity=SEVERITIES[comment.severity],
        field=label_of(comment.path, subject.nature, subject),
        text=comment.text,
        example=comment.example,
        source=source.get("title", ""),
        retrieved=source.get("retrieved", ""),
    )


def place_of(comment: OrderComment, nature: str) -> str:
    """The page of the wizard the field is on, for lists that mix pages."""
    return str(page_of(comment.path, nature).title)
