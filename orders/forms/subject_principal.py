"""The subject principal (主体负责人)."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.forms import OptionField, YesNoField
from orders.apply.certificate_words import words_of
from orders.apply.editing import closed_reason
from orders.apply.role_options import delegate_refusal
from orders.asked import asked_of_head
from orders.dossier import get_value
from orders.field_labels import HEADS_RESIDENCY
from orders.field_labels import IS_HEAD as HEAD_LABEL
from orders.forms.contacts import SUBJECT_PRINCIPAL as AREA
from orders.forms.person import IDENTITY, PersonForm, person_paths
from orders.residents import RESIDENTS

IS_HEAD, RESIDENCY = "is_legal_representative", "residency"
HEAD_PATH, RESIDENCY_PATH = f"{AREA}.{IS_HEAD}", "legal_rep.residency"


class SubjectPrincipalForm(PersonForm):
    """Normally the legal representative; whether a delegate may serve is the province's rule, and
    who the legal representative then is, is asked where a rule looks at it."""

    area = AREA
    paths = {**person_paths(AREA), IS_HEAD: HEAD_PATH, RESIDENCY: RESIDENCY_PATH}
    beside = {"mobile_code": f"{AREA}.mobile", "email_code": f"{AREA}.email"}
    field_order = (IS_HEAD, RESIDENCY, *IDENTITY)

    is_legal_representative = YesNoField(label=HEAD_LABEL)
    residency = OptionField(label=_("法定代表人是哪里的居民"), choices=[*RESIDENTS.items()])

    def set_up(self) -> None:
        super().set_up()
        words = words_of(self.order.dossier.subject)
        names = {"certificate": words.name, "head": words.head}
        field = YesNoField(
            label=str(HEAD_LABEL) % names,
            yes_label=_t("是，与%(certificate)s上的%(head)s一致") % names,
            no_label=_t("否，由授权人员担任"),
        )
        refusal = delegate_refusal(self.order)
        if refusal:
            field.set_unavailable({"no": refusal})
        self.fields[IS_HEAD] = field
        self._ask_for_residency(names)

    def _ask_for_residency(self, names: dict[str, str]) -> None:
        may_change = not closed_reason(self.order, HEAD_PATH)
        concerns = may_change or self._is_stored_delegated
        if not (concerns and RESIDENCY_PATH in asked_of_head(self.order)):
            del self.fields[RESIDENCY]
            return
        field = self.fields[RESIDENCY]
        field.label = str(HEADS_RESIDENCY) % names
        field.help_text = (
            _t("主体负责人不是%(head)s时填写；能否由他人担任、需要哪些材料，由此确定") % names
        )

    @property
    def is_delegated(self) -> bool:
        """Whether the page as it stands says that the person is not the legal representative."""
        if self.is_bound and IS_HEAD in self.fields:
            return self[IS_HEAD].data == "no"
        return self._is_stored_delegated

    @property
    def _is_stored_delegated(self) -> bool:
        return get_value(self.order.dossier, HEAD_PATH) is False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_delegated:
            self.errors.pop(RESIDENCY, None)
        return cleaned

    def edits(self) -> dict[str, Any]:
        edits = super().edits()
        is_put = RESIDENCY in self.all_names
        if IS_HEAD in self.cleaned_data and not (is_put and self.is_delegated):
            # An answer to a question that is not put is nobody's answer.
            edits[RESIDENCY_PATH] = None
        return edits
