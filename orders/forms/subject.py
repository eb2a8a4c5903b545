"""The page of a unit: its certificate, address, and what rules want to know of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.forms import OptionField, PrintedNumberField, YesNoField
from orders.apply.certificate_words import words_of
from orders.asked import ANSWERS, asked_of, seals_of
from orders.dossier import ENTERPRISE, NO_NUMBER, OTHER_SEAL, Dossier, SubjectPart
from orders.field_values import value_text
from orders.forms.certificate import CertificateForm
from rules.certificates import is_sole_proprietors

# Field → path of the question's answer.
QUESTIONS = {path.removeprefix("subject."): path for path in ANSWERS}

# How people write that the licence shows no number, in the case the field has.
NONE_PRINTED = frozenset({NO_NUMBER, "没有", "NONE", "NO"})


class SubjectForm(CertificateForm):
    """Texts name the certificate that is chosen; a question no rule asks for is not there."""

    paths = {**CertificateForm.paths, **QUESTIONS}
    field_order = (
        "cert_type",
        "name",
        "cert_number",
        *QUESTIONS,
        "cert_address",
        "cert_valid_to",
    )

    has_trade_name = YesNoField(
        label=_("营业执照上是否有字号"),
        help_text=_("例如“杭州示例茶馆”中的“示例”；名称一栏为空或只有经营者姓名的，选择“没有”"),
        yes_label=_("有"),
        no_label=_("没有"),
    )
    has_seal = YesNoField(
        label=_("是否有公章"),
        help_text=_("已在公安机关备案、与证件名称一致的公章"),
        yes_label=_("有"),
        no_label=_("没有"),
    )

    licence_number = PrintedNumberField(
        label=_("证照编号"),
        width="mail",
        help_text=_(
            "印在营业执照角上“证照编号”或“No.”之后，不是统一社会信用代码，汉字也照原样填写；"
            "执照上没有的，填写“无”"
        ),
    )
    licence_seal = OptionField(
        label=_("执照上登记机关的印章"), help_text=_("盖在营业执照登记机关处的红色印章")
    )

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        number = dossier.subject.licence_number
        return {
            **super().composite(dossier),
            "licence_number": value_text("subject.licence_number", number, dossier.subject.nature),
        }

    def set_up(self) -> None:
        super().set_up()
        subject = self._subject_as_posted()
        words = {"certificate": words_of(subject).name}
        texts = {
            "name": _t("与%(certificate)s上的名称完全一致") % words,
            "cert_number": words_of(subject).number_hint,
            "cert_address": _t(
                "与%(certificate)s上的住所完全一致，例如“浙江省杭州市上城区示范路100号”"
            )
            % words,
            "cert_valid_to": _t("%(certificate)s上没有截止日期的，请勾选“长期”") % words,
            "contact_same": _t("实际办公的地方，须在备案省份内"),
        }
        for name, text in texts.items():
            self.fields[name].help_text = text
        seals = seals_of(subject, self.order.order_type, self.order.service_kind)
        self.fields["licence_seal"].choices = [
            *((seal, seal) for seal in seals),
            (OTHER_SEAL, _t("其他印章")),
        ]
        asked = asked_of(subject, self.order.order_type, self.order.service_kind)
        for name, path in QUESTIONS.items():
            if path not in asked:
                del self.fields[name]

    def _subject_as_posted(self) -> SubjectPart:
        """Certificate and mark as the page chooses them: the number tells a sole proprietor."""
        subject = self.order.dossier.subject.model_copy()
        if self.is_bound:
            subject.cert_type = self.data.get("cert_type") or subject.cert_type
            number = self.fields["cert_number"].normalise(self.data.get("cert_number", ""))
            if number and subject.nature == ENTERPRISE:
                subject.is_sole_proprietor = is_sole_proprietors(number)
        return subject

    def clean_licence_number(self) -> str:
        number = str(self.cleaned_data["licence_number"])
        if number in NONE_PRINTED:
            return NO_NUMBER
        if number == self.cleaned_data.get("cert_number", self.order.dossier.subject.cert_number):
            reason = _t("证照编号不是统一社会信用代码；执照上没有证照编号的，请填写“无”")
            raise ValidationError(reason, code="credit_code")
        return number

    def edits(self) -> dict[str, Any]:
        edits = super().edits()
        if "cert_number" in self.cleaned_data:
            # An answer to a question that is not put is nobody's answer.
            edits |= {path: None for name, path in QUESTIONS.items() if name not in self.all_names}
        return edits
