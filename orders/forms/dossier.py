"""The form every page of the wizard starts from: fields bound to paths of the dossier."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError

from beian.data_language import data_language
from beian.forms import CodeField, ImageField, PageForm, ValidUntil
from orders.apply.editing import closed_reason
from orders.dossier import Dossier, get_value
from orders.field_values import validity_text, value_text
from rules.certificates.problem import Problem

if TYPE_CHECKING:
    from orders.models import FilingOrder


@dataclass(frozen=True)
class ClosedField:
    """A field that cannot be changed now: shown with its value and the reason."""

    name: str
    path: str
    label: str
    value: str
    reason: str


class DossierForm(PageForm):
    """`paths` binds a field to one path; composite fields override `composite` and `split`.

    `kept` are texts typed earlier that could not be stored; they are shown again.
    """

    paths: ClassVar[dict[str, str]] = {}
    # Fields that no path is bound to although they belong to one (codes beside a phone).
    beside: ClassVar[dict[str, str]] = {}

    def __init__(
        self,
        *args: Any,
        order: "FilingOrder",
        kept: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.order = order
        self.closed: dict[str, ClosedField] = {}
        initial = {**self._stored(order.dossier), **(kept or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.set_up()
        # The order of the page, closed fields included.
        self.all_names = list(self.fields)
        self._close_fields()

    def set_up(self) -> None:
        """Choices, numbers and reasons that depend on the order or on settings."""

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        """Initial values of fields that stand for several paths."""
        return {}

    def split(self, name: str, value: Any) -> dict[str, Any]:
        """The paths a field's clean value goes to."""
        return {self.paths[name]: value}

    def edits(self) -> dict[str, Any]:
        """Values of every field that is right, by path; wrong ones are left out."""
        edits: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if name in self.paths and name in self.fields and name not in self.errors:
                edits |= self.split(name, value)
        return edits

    def recheck(self, kept: dict[str, Any]) -> None:
        """Say again what was wrong with texts kept from an earlier visit."""
        self.cleaned_data: dict[str, Any] = {}
        for name, text in kept.items():
            if name not in self.fields:
                continue
            try:
                self.cleaned_data[name] = self.fields[name].clean(text)
                getattr(self, f"clean_{name}", dict)()
            except ValidationError as error:
                self.say(name, error.messages[0])

    def typed(self) -> dict[str, Any]:
        """What was typed into fields that have errors, to be shown again."""
        return {
            name: self[name].data
            for name in self.errors
            if name in self.fields
            and not isinstance(self.fields[name], ImageField | CodeField)
            and any(self._parts(name))
        }

    def path_of(self, name: str) -> str:
        """The path a field is about, also for codes; empty for fields of the page alone."""
        return self.paths.get(name) or self.beside.get(name, "")

    def field_of(self, path: str) -> str | None:
        """The field on which something about `path` is shown."""
        return next((name for name in self.fields if self._holds(name, path)), None)

    def say(self, name: str, message: str) -> None:
        """Show an error that the form itself did not find, also on a page not yet posted."""
        errors = self.errors
        errors.setdefault(name, self.error_class(renderer=self.renderer)).append(message)

    def _holds(self, name: str, path: str) -> bool:
        own = self.paths.get(name)
        if own is None:
            return False
        bare = path.removesuffix("[0]")
        return bare in (own, *self.companions(name))

    def companions(self, name: str) -> tuple[str, ...]:
        """Other paths the field stands for."""
        return ()

    def _stored(self, dossier: Dossier) -> dict[str, Any]:
        stored = {name: get_value(dossier, path) for name, path in self.paths.items()}
        return {**stored, **self.composite(dossier)}

    def _parts(self, name: str) -> list[Any]:
        data = self[name].data
        return data if isinstance(data, list) else [data]

    def _close_fields(self) -> None:
        for name in list(self.fields):
            path = self.path_of(name)
            reason = closed_reason(self.order, path) if path else ""
            if not reason:
                continue
            field = self.fields.pop(name)
            if name in self.paths:
                value = self._closed_value(name, path)
                self.closed[name] = ClosedField(name, path, str(field.label), value, reason)

    def _closed_value(self, name: str, path: str) -> str:
        until = self.initial.get(name)
        if isinstance(until, ValidUntil) and until.long_term:
            return validity_text(is_long_term=True, valid_to=None)
        return value_text(path, get_value(self.order.dossier, path), self.order.nature)


def problem_text(problem: Problem) -> str:
    """What the rules say about a value, in the language of the page."""
    return (problem.en if data_language() == "en" else problem.zh).rstrip("。.")
