"""The form every page starts from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from beian.forms.widgets import Options


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
    """Id of what an error link of ``bound`` leads to: in a group the first that can be chosen.

    A list of options may be empty or unavailable as a whole; then it is the group itself.
    """
    if not bound.use_fieldset:
        return bound.id_for_label
    if not isinstance(bound.field.widget, Options):
        return f"{bound.auto_id}_0"
    open_options = (item for item in bound.subwidgets if not item.data["unavailable"])
    first = next(open_options, None)
    return first.id_for_label if first else f"{bound.auto_id}_group"
