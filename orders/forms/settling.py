"""Forms about what needs a person: the order of a result, its decision, words that go with it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, LongTextField, OptionField, PageForm
from beian.forms.normalise import drop_separators
from orders.actions.settling import DOMAIN_FAILED, GRANTED, REFUSED, Decision
from orders.dossier import ServicePart
from orders.filing_numbers import is_number_under, is_service_number, is_subject_number

OUTCOMES = [
    (GRANTED, _("管局通过")),
    (REFUSED, _("管局驳回")),
    (DOMAIN_FAILED, _("域名核验未通过")),
]


class FilingNumberField(CleanCharField):
    """京ICP备04000001号, or 京ICP备04000001号-1 for a service (`is_well_formed`)."""

    messages = {
        "shape": _(
            "{label}的格式不对，应类似 浙ICP备2026000001号（服务备案号再加 -1），请对照结果填写"
        )
    }

    def __init__(self, *args, is_well_formed: Callable[[str], bool] = is_subject_number, **kwargs):
        self.is_well_formed = is_well_formed
        super().__init__(*args, max_length=40, required=False, **kwargs)

    def normalise(self, text: str) -> str:
        head, mark, tail = super().normalise(text).partition("号")
        return drop_separators(head) + mark + tail.replace(" ", "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not self.is_well_formed(value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class OrderNumberForm(PageForm):
    """GET form: which order a result is about."""

    number = CleanCharField(
        label=_("订单号"),
        help_text=_("例如 BA20261120-0001"),
        max_length=20,
    )


class ReasonForm(PageForm):
    reason = LongTextField(
        label=_("理由"),
        label_for_errors=_("理由，写明核对的依据"),
        rows=3,
        max_length=200,
    )


class DecisionForm(ReasonForm):
    """What is applied to the order; one number field per service of its last submission."""

    outcome = OptionField(label=_("管局的结论"), choices=OUTCOMES)
    subject_number = FilingNumberField(
        label=_("主体备案号"), help_text=_("管局通过时填写，例如 浙ICP备2026000001号")
    )
    opinion = LongTextField(
        label=_("管局意见"),
        help_text=_("驳回或域名核验未通过时填写管局原文，申请人会看到"),
        rows=3,
        max_length=1024,
        required=False,
    )
    field_order = ("outcome", "subject_number")

    def __init__(self, *args, services: list[ServicePart], **kwargs):
        super().__init__(*args, **kwargs)
        self.services = services
        for position, service in enumerate(services):
            self.fields[f"number_{position}"] = FilingNumberField(
                label=_("“%(name)s”的服务备案号") % {"name": service.name},
                help_text=_("管局通过时填写，例如 浙ICP备2026000001号-1"),
                is_well_formed=is_service_number,
            )
        numbers = [f"number_{position}" for position in range(len(services))]
        self.order_fields(["outcome", "subject_number", *numbers, "opinion", "reason"])

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        if values.get("outcome") == GRANTED:
            self._ask_for_numbers(values)
            self._compare_numbers(values)
        elif values.get("outcome") and not values.get("opinion") and "opinion" not in self.errors:
            self.add_error("opinion", _("请填写管局意见，申请人要据此修改"))
        return values

    def _ask_for_numbers(self, values: dict) -> None:
        for name in ["subject_number", *(n for n in self.fields if n.startswith("number_"))]:
            if not values.get(name) and name not in self.errors:
                label = self.fields[name].label
                self.add_error(
                    name, _("请填写%(label)s，管局通过时必须有备案号") % {"label": label}
                )

    def _compare_numbers(self, values: dict) -> None:
        subject_number = values.get("subject_number")
        for name in (each for each in self.fields if each.startswith("number_")):
            number = values.get(name)
            if subject_number and number and not is_number_under(number, subject_number):
                words = {"label": self.fields[name].label, "number": subject_number}
                self.add_error(name, _("%(label)s须以主体备案号 %(number)s 开头") % words)

    def decision(self) -> Decision:
        """Only after `is_valid`."""
        values = self.cleaned_data
        numbers = {
            str(service.ref): values[f"number_{position}"]
            for position, service in enumerate(self.services)
        }
        return Decision(values["outcome"], values["opinion"], values["subject_number"], numbers)
