"""What a browser sends for a rule's form as it is shown."""

from __future__ import annotations

from typing import Any

from django.forms import MultiWidget
from django.utils.datastructures import MultiValueDict

from orders.forms.rule_edit import RuleForm

Sent = dict[str, Any]


def sent_by(form: RuleForm) -> Sent:
    """Field by field; boxes of a date each by itself."""
    sent: Sent = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, MultiWidget):
            parts = widget.decompress(value)
            names = [bound.html_name + name for name in widget.widgets_names]
            sent |= {name: str(part or "") for name, part in zip(names, parts, strict=True)}
        else:
            prepared = bound.field.prepare_value(value)
            sent[bound.html_name] = "" if prepared is None else prepared
    return sent


def as_posted(sent: Sent) -> MultiValueDict[str, str]:
    lists = {
        name: list(map(str, value)) if isinstance(value, list) else [str(value)]
        for name, value in sent.items()
    }
    return MultiValueDict(lists)


def typed_form(row: dict[str, Any], **changes: Any) -> RuleForm:
    """The form of a row, posted as it is shown but for `changes`; a reason is given."""
    part = row.get("part")
    key = f"{row['id']}/{part}" if part else row["id"]
    sent = {**sent_by(RuleForm(key=key, row=row)), "reason": "示例原因。", **changes}
    return RuleForm(as_posted(sent), key=key, row=row)
