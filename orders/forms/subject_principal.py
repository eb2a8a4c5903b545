"""The subject principal (主体负责人)."""

from django.utils.translation import gettext as _t

from beian.forms import YesNoField
from orders.apply.certificate_words import words_of
from orders.apply.role_options import delegate_refusal
from orders.field_labels import IS_HEAD
from orders.forms.contacts import SUBJECT_PRINCIPAL as AREA
from orders.forms.person import IDENTITY, PersonForm, person_paths


class SubjectPrincipalForm(PersonForm):
    """Normally the legal representative; whether a delegate may serve is the province's rule."""

    area = AREA
    paths = {**person_paths(AREA), "is_legal_representative": f"{AREA}.is_legal_representative"}
    beside = {"mobile_code": f"{AREA}.mobile", "email_code": f"{AREA}.email"}
    field_order = ("is_legal_representative", *IDENTITY)

    is_legal_representative = YesNoField(label=IS_HEAD)

    def set_up(self) -> None:
        super().set_up()
        words = words_of(self.order.dossier.subject)
        names = {"certificate": words.name, "head": words.head}
        field = YesNoField(
            label=str(IS_HEAD) % names,
            yes_label=_t("是，与%(certificate)s上的%(head)s一致") % names,
            no_label=_t("否，由授权人员担任"),
        )
        refusal = delegate_refusal(self.order)
        if refusal:
            field.set_unavailable({"no": refusal})
        self.fields["is_legal_representative"] = field
