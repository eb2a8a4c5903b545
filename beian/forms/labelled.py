"""What all our fields share: messages that name the field, and a width that hints at the answer."""

from typing import Any

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy


def _within(label: str) -> str:
    """A label inside a sentence: “Enter the mobile number”, but “Enter the IP addresses”."""
    label = str(label)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


_within_lazy = lazy(_within, str)


class LabelledField(forms.Field):
    """Comes first among the bases of a field.

    ``messages`` maps error codes to sentences with a ``{label}`` slot, or ``{label_within}`` where
    a translation has it inside a sentence; ``label_for_errors`` stands in for a label that would
    read badly there. ``width``: code (160 px), phone (260), mail (420)
    or full (608).
    """

    messages: dict[str, str | Promise] = {}
    width = "full"

    def __init__(self, *args, label, label_for_errors=None, width=None, **kwargs):
        self.label_for_errors = label_for_errors or label
        own = kwargs.pop("error_messages", None) or {}
        kwargs["error_messages"] = {**self._sentences(), **own}
        self.width = width or self.width
        super().__init__(*args, label=label, **kwargs)

    def _sentences(self) -> dict[str, object]:
        sentences: dict[str, Any] = {}
        for cls in reversed(type(self).__mro__):
            sentences.update(cls.__dict__.get("messages", {}))
        return {code: format_lazy(text, **self.slots()) for code, text in sentences.items()}

    def slots(self) -> dict[str, object]:
        """The words that fill the slots of ``messages``."""
        label = self.label_for_errors
        return {"label": label, "label_within": _within_lazy(label)}

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        # A browser that cuts a pasted value short would hide the mistake instead of naming it.
        attrs.pop("maxlength", None)
        attrs.pop("minlength", None)
        if not widget.attrs.get("class"):
            attrs["class"] = f"input input--{self.width}"
        return attrs
