"""The form every page starts from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: ``target`` is the id of the control to move to."""

    target: str
    message: str


class PageForm(forms.Form):
    """The server validates: no `required` attribute; wrong values stay in the boxes.

    Sentences are the same in the summary and beside the field, because both read `errors`.
    """

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def error_links(self) -> Iterator[ErrorLink]:
        """The errors in the order of the page, each with the control it is about."""
        for message in self.errors.get(NON_FIELD_ERRORS, ()):
            yield ErrorLink(self._first_control(), str(message))
        for bound in self:
            for message in bound.errors:
                yield ErrorLink(control_id(bound), str(message))

    def _first_control(self) -> str:
        return next((control_id(bound) for bound in self if not bound.is_hidden), "main")


def control_id(bound) -> str:
    """Id of the control a label or error link of ``bound`` leads to (the first of a group)."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
