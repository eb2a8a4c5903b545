"""Noting a phone call."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, OptionField, PageForm, SelectField
from orders.actions.calls import Call
from orders.enums import CallOutcome


class CallForm(PageForm):
    """`numbers` are ("subject.principal/mobile", label) pairs."""

    number = SelectField(label=_("拨打的号码"), width="full")
    outcome = OptionField(label=_("通话结果"), choices=CallOutcome.choices)
    note = CleanCharField(label=_("内部说明"), required=False, max_length=200, width="full")

    def __init__(self, *args, numbers: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["number"]
        field.choices = [*field.choices, *numbers]

    def call(self) -> Call:
        data = self.cleaned_data
        person, _slash, number = data["number"].partition("/")
        return Call(person, data["outcome"], number, data["note"])
