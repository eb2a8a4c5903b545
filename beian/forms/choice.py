"""Choices: radios, checkboxes, selects, yes or no, and a single statement to agree to."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms.labelled import LabelledField
from beian.forms.widgets import OptionCheckboxes, OptionRadios
from beian.legal_texts import LegalText, legal_text

CHOOSE = _("请选择")
YES = _("是")
NO = _("否")


class OptionMixin(LabelledField):
    """Hints per option, and options that are shown but cannot be chosen, with the reason.

    ``hints`` and ``unavailable`` map the option's value to text; both can be changed on the form's
    own copy of the field with ``set_unavailable``.
    """

    messages = {
        "required": _("请选择{label}"),
        "invalid_choice": _("“{label}”中没有这个选项，请重新选择"),
    }

    def __init__(self, *args, hints=None, unavailable=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.widget.hints.update(hints or {})
        self.widget.unavailable.update(unavailable or {})

    def widget_attrs(self, widget):
        return {}

    def set_unavailable(self, reasons: dict[str, object]) -> None:
        """Show these options with the reason why they cannot be chosen now."""
        self.widget.unavailable.update(reasons)

    def refuse_unavailable(self, value: str) -> None:
        """Raise the option's own reason: a page may be older than the state of things."""
        if reason := self.widget.unavailable.get(value):
            raise ValidationError(reason, code="unavailable")


class OptionField(OptionMixin, forms.ChoiceField):
    """One of several, as radios."""

    widget = OptionRadios

    def validate(self, value):
        super().validate(value)
        self.refuse_unavailable(value)


class OptionsField(OptionMixin, forms.MultipleChoiceField):
    """Any of several, as checkboxes."""

    widget = OptionCheckboxes

    def validate(self, value):
        super().validate(value)
        for chosen in value:
            self.refuse_unavailable(chosen)


class SelectField(LabelledField, forms.ChoiceField):
    """One of many, as a native select; an empty first option asks for a choice."""

    width = "phone"
    messages = OptionMixin.messages

    def __init__(self, *args, choices=(), empty_label=CHOOSE, **kwargs):
        super().__init__(*args, choices=[("", empty_label), *choices], **kwargs)


class YesNoField(OptionField):
    """Radios 是 / 否; cleans to a bool, or None where an answer is not required."""

    def __init__(self, *args, yes_label=YES, no_label=NO, **kwargs):
        super().__init__(*args, choices=[("yes", yes_label), ("no", no_label)], **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)

    def clean(self, value):
        return {"yes": True, "no": False}.get(super().clean(value))


class AgreeBox(forms.CheckboxInput):
    """Posts the stamp of its text; a box that was ticked for another version is empty again."""

    def __init__(self, text: LegalText | str) -> None:
        super().__init__(check_test=lambda value: value == self.stamp)
        self.text = text

    @property
    def stamp(self) -> str:
        """Of the text in force now: its figures come from the settings."""
        text = legal_text(self.text) if isinstance(self.text, str) else self.text
        return text.stamp

    def format_value(self, _value):
        return self.stamp

    def value_from_datadict(self, data, _files, name):
        return data.get(name, "")


class AgreeField(LabelledField, forms.BooleanField):
    """One statement with a checkbox before it. ``label`` is the statement itself.

    With ``text`` (a legal text or its key) the tick counts for the version that was on the page.
    """

    is_agreement = True
    messages = {
        "required": _("请勾选“{label}”后再继续"),
        "outdated": _("文本已经更新。请阅读现在的文本，再勾选“{label}”"),
    }

    def __init__(self, *args, text: LegalText | str | None = None, **kwargs):
        if text is not None:
            kwargs["widget"] = AgreeBox(text)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(self.widget, AgreeBox) and value and value != self.widget.stamp:
            raise ValidationError(self.error_messages["outdated"], code="outdated")
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {}
