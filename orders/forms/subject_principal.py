"""The subject principal (主体负责人)."""

from django.utils.translation import gettext_lazy as _

from beian.forms import YesNoField
from orders.apply.role_options import delegate_refusal
from orders.forms.contacts import SUBJECT_PRINCIPAL as AREA
from orders.forms.person import IDENTITY, PersonForm, person_paths


class SubjectPrincipalForm(PersonForm):
    """Normally the legal representative; whether a delegate may serve is the province's rule."""

    area = AREA
    paths = {**person_paths(AREA), "is_legal_representative": f"{AREA}.is_legal_representative"}
    beside = {"mobile_code": f"{AREA}.mobile", "email_code": f"{AREA}.email"}
    field_order = ("is_legal_representative", *IDENTITY)

    is_legal_representative = YesNoField(
        label=_("是否为法定代表人"),
        yes_label=_("是，与营业执照上的法定代表人一致"),
        no_label=_("否，由授权人员担任"),
    )

    def set_up(self) -> None:
        super().set_up()
        refusal = delegate_refusal(self.order)
        if refusal:
            self.fields["is_legal_representative"].set_unavailable({"no": refusal})
