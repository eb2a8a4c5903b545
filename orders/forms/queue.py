"""The filters above the queue: a plain GET form; what is not understood is left out."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from beian.forms import PageForm, SelectField
from orders.desk.review_queue import Filters
from orders.enums import OrderState
from rules.regions import provinces

STATES = [
    (OrderState.INITIAL_REVIEW.value, OrderState.INITIAL_REVIEW.label),
    (OrderState.RESUBMITTED.value, OrderState.RESUBMITTED.label),
]
DUE = [("overdue", _("已逾期")), ("today", _("今天到期")), ("three_days", _("3 个工作日内"))]
RISKS = [("high", _("高风险"))]
OBJECTIONS = [("has", _("有异议"))]
HOLDERS = [("mine", _("我领取的")), ("nobody", _("未领取"))]


class QueueFilterForm(PageForm):
    state = SelectField(label=_("状态"), choices=STATES, empty_label=_("全部"))
    province = SelectField(label=_("省份"), empty_label=_("全部"))
    due = SelectField(label=_("到期"), choices=DUE, empty_label=_("不限"))
    holder = SelectField(label=_("审核员"), choices=HOLDERS, empty_label=_("不限"))
    risk = SelectField(label=_("风险"), choices=RISKS, empty_label=_("不限"))
    objection = SelectField(label=_("异议"), choices=OBJECTIONS, empty_label=_("不限"))

    def __init__(self, *args, language: str = "zh", **kwargs):
        super().__init__(*args, **kwargs)
        names = [
            (code, entry.en if language == "en" else entry.zh)
            for code, entry in provinces().items()
        ]
        choices = self.fields["province"].choices
        self.fields["province"].choices = [*choices, *names]


def filters_of(query: Mapping[str, str], language: str = "zh") -> Filters:
    """The filters that make sense; a mistyped address shows more rather than an error."""
    if not QueueFilterForm.base_fields.keys() & query.keys():
        return Filters()
    form = QueueFilterForm(query, language=language)
    form.is_valid()
    return Filters(**{name: form.cleaned_data.get(name, "") for name in form.fields})
