"""The filters above the list of rules: a plain GET form."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from beian.forms import PageForm, SelectField
from orders.rulebook import words
from orders.rulebook.listing import (
    CONFLICT,
    EDITED,
    NATIONAL,
    OPEN,
    REMOVED,
    UNREADABLE,
    Filters,
)
from rules.kinds import KINDS
from rules.regions import provinces

STATES = [
    (EDITED, _("已修改")),
    (OPEN, _("有草稿或待发布")),
    (CONFLICT, _("升级后有冲突")),
    (UNREADABLE, _("修改无法读取")),
    (REMOVED, _("不再保留")),
]


class RuleFilterForm(PageForm):
    province = SelectField(label=_("省份"), empty_label=_("全部"))
    kind = SelectField(label=_("种类"), empty_label=_("全部"))
    outcome = SelectField(label=_("结果"), empty_label=_("全部"))
    confidence = SelectField(label=_("可信程度"), empty_label=_("全部"))
    state = SelectField(label=_("状态"), choices=STATES, empty_label=_("全部"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(code, words.province_label(code)) for code in provinces()]
        self._offer("province", [(NATIONAL, _("全国")), *places])
        self._offer("kind", [(name, words.kind_label(name)) for name in KINDS])
        levels = ("block", "material", "advice", "ok")
        self._offer("outcome", [(level, words.word_label(level)) for level in levels])
        grades = ("high", "medium", "low")
        self._offer("confidence", [(grade, words.word_label(grade)) for grade in grades])

    def _offer(self, name, choices):
        self.fields[name].choices = [*self.fields[name].choices, *choices]


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters that make sense; a mistyped address shows more rather than an error."""
    form = RuleFilterForm(query)
    form.is_valid()
    return Filters(**{name: form.cleaned_data.get(name, "") for name in form.fields})
