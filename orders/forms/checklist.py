"""Answering one item of the checklist with words: why it fails, or why it does not apply."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, LongTextField, PageForm, SelectField
from orders.actions.comments import CommentText
from orders.checklist.items import Item
from orders.enums import CommentSeverity
from orders.reasons import OTHER, reasons

NO_COMMENT = "-"


class FailForm(PageForm):
    """`fields` are (path, label) of the submission's fields a comment can stand beside."""

    reason = SelectField(label=_("不通过的原因"), width="full")
    path = SelectField(label=_("给申请人的意见写在"), width="full")
    severity = SelectField(
        label=_("严重程度"), choices=CommentSeverity.choices, initial=CommentSeverity.MUST_FIX
    )
    text = LongTextField(label=_("给申请人的意见"), required=False, rows=3, max_length=500)
    note = CleanCharField(label=_("内部说明"), required=False, max_length=200, width="full")

    def __init__(self, *args, item: Item, fields: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        known = [reasons()[code] for code in item.reasons if code in reasons()]
        reason, path = self.fields["reason"], self.fields["path"]
        reason.choices = [
            *reason.choices,
            *((each.code, each.label) for each in known),
            (OTHER, _("其他原因")),
        ]
        path.choices = [*path.choices, *fields, (NO_COMMENT, _("暂不写意见"))]

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("path") not in {None, "", NO_COMMENT} and not data.get("text"):
            self.add_error("text", _("请填写给申请人的意见，或选择暂不写意见"))
        return data

    def comment(self) -> CommentText | None:
        data = self.cleaned_data
        if data["path"] == NO_COMMENT:
            return None
        return CommentText(data["severity"], data["reason"], data["text"])


class NotApplicableForm(PageForm):
    note = LongTextField(
        label=_("不适用的理由"),
        help_text=_("记入核对清单的记录，申请人看不到"),
        rows=3,
        max_length=300,
    )
