"""A rule that no release ships: where it holds and of which kind it is, then the rule itself."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.forms import CleanCharField, PageForm, SelectField
from orders.forms.rule_edit import RuleForm
from orders.forms.rule_frame import reason_field
from orders.rulebook import words
from orders.rulebook.listing import NATIONAL
from orders.rulebook.new_rule import blank_row, free_number, number_in, numbers_in
from rules.kinds import KINDS
from rules.regions import provinces


class NewRuleStartForm(PageForm):
    """The first of two pages: the kind decides what the second asks."""

    place = SelectField(label=gettext_lazy("在哪里适用"), width="mail")
    kind = SelectField(
        label=gettext_lazy("种类"),
        help_text=gettext_lazy("种类决定下一页询问哪些参数；没有合适的种类时，须由新版本增加"),
        width="mail",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(code, words.province_label(code)) for code in provinces()]
        self._offer("place", [(NATIONAL, _("全国")), *places])
        self._offer("kind", [(name, words.kind_label(name)) for name in KINDS])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [*self.fields[name].choices, *choices]


class NumberField(CleanCharField):
    """The number of a new rule in a place; cleans to one nobody used."""

    width = "code"
    messages = {
        "shape": gettext_lazy("{label}须写作 {last} 的样子，后两位是 01 至 99"),
        "used": gettext_lazy("{label}已经用过，请换一个，例如 {free}"),
        "none_free": gettext_lazy("{label}已经用过，{first} 至 {last} 没有空号"),
    }

    def __init__(self, *args, place: str, used: set[str], **kwargs):
        self.used = used
        self.numbers, self.free = numbers_in(place), free_number(place, used)
        super().__init__(*args, **kwargs)

    def slots(self):
        first, *_between, last = self.numbers
        return {**super().slots(), "free": self.free, "first": first, "last": last}

    def clean(self, value):
        number = super().clean(value)
        if number not in self.numbers:
            raise ValidationError(self.error_messages["shape"], code="shape")
        if number in self.used:
            code = "used" if self.free else "none_free"
            raise ValidationError(self.error_messages[code], code=code)
        return number


class NewRuleForm(RuleForm):
    """The second page: the form of an edit, with the rule's number in front."""

    def __init__(self, data=None, *, place: str, kind: str, used: set[str], **kwargs):
        self.place, self.used = place, used
        key = number_in(place, 0)
        super().__init__(data, key=key, row=blank_row(kind), is_own=True, **kwargs)

    def _demand_fields(self) -> Iterator[tuple[str, Any, Any]]:
        number = NumberField(
            label=_("规则编号"),
            help_text=_("用过的编号不再使用；从大到小取，以免与以后版本的编号相同"),
            place=self.place,
            used=self.used,
        )
        yield "id", number, free_number(self.place, self.used)
        yield from super()._demand_fields()

    def _reason(self) -> tuple[str, Any]:
        return _("为什么新增"), reason_field(_("新增原因"))

    def _typed(self) -> dict[str, Any]:
        self.key = self.cleaned_data["id"]
        row = super()._typed()
        return {"id": self.key, **row}
