"""The composer of a comment: a reason from the library, how grave it is, and the words."""

from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, LongTextField, PageForm, SelectField
from orders.actions.comments import CommentText
from orders.enums import CommentSeverity
from orders.reasons import OTHER, reasons, reasons_for, reasons_of

USE_REASON = "use_reason"


def _reason_choices(path: str, nature: str) -> list[tuple[str, object]]:
    """Reasons that fit the field first, then the others, own words last."""
    fitting = reasons_for(path, nature)
    others = [reason for reason in reasons_of(nature) if reason not in fitting]
    groups: list[tuple[str, object]] = [
        (str(_("常用于这个字段")), [(reason.code, reason.label) for reason in fitting]),
        (str(_("其他常用意见")), [(reason.code, reason.label) for reason in others]),
    ]
    return [*[group for group in groups if group[1]], (OTHER, _("自行填写"))]


class CommentForm(PageForm):
    reason = SelectField(
        label=_("常用意见"), width="full", help_text=_("必选；都不合适时选最后一项，再自己写。")
    )
    severity = SelectField(label=_("严重程度"), choices=CommentSeverity.choices)
    text = LongTextField(label=_("给申请人的意见"), rows=3, max_length=500)
    example = CleanCharField(label=_("示例"), required=False, max_length=100)

    def __init__(self, *args, path: str, nature: str, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.choices = [*reason.choices, *_reason_choices(path, nature)]

    def content(self) -> CommentText:
        """What a valid form says."""
        data = self.cleaned_data
        return CommentText(data["severity"], data["reason"], data["text"], data["example"])


def values_of_reason(code: str, nature: str) -> dict[str, str]:
    """The form's values when a reason of the library is taken over; empty for own words."""
    reason = reasons().get(code)
    if reason is None:
        return {"reason": code if code == OTHER else ""}
    text, example = reason.words_for(nature)
    return {"reason": code, "severity": reason.severity, "text": text, "example": example}
