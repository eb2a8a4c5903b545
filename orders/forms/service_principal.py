"""The person in charge of the website (网站负责人): the subject principal, or somebody else."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.forms import YesNoField
from orders.dossier import Person, get_value
from orders.forms.person import IDENTITY, PersonForm, person_paths

AREA = "services[0].principal"
CHOICE = "same_as_subject_principal"


class ServicePrincipalForm(PersonForm):
    """Reuse comes first; the fields of another person count only if somebody else is chosen."""

    area = AREA
    paths = {CHOICE: f"{AREA}.{CHOICE}", **person_paths(AREA)}
    beside = {"mobile_code": f"{AREA}.mobile", "email_code": f"{AREA}.email"}
    field_order = (CHOICE, *IDENTITY)

    same_as_subject_principal = YesNoField(
        label=_("由谁负责这个网站"), no_label=_("另外填写一位负责人（须为本单位员工）")
    )

    def set_up(self) -> None:
        super().set_up()
        name = self.order.dossier.subject.principal.full_name
        same = (
            _t("与主体负责人相同（%(name)s）") % {"name": name} if name else _t("与主体负责人相同")
        )
        no = self.fields[CHOICE].choices[1]
        self.fields[CHOICE].choices = [("yes", same), no]

    @property
    def is_same(self) -> bool:
        """Whether the page as it stands chooses the subject principal (or nobody yet)."""
        if self.is_bound and CHOICE in self.fields:
            return self[CHOICE].data != "no"
        return get_value(self.order.dossier, f"{AREA}.{CHOICE}") is not False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_same:
            for name in self.own_names:
                self.errors.pop(name, None)
                cleaned.pop(name, None)
        return cleaned

    def edits(self) -> dict[str, Any]:
        edits = super().edits()
        if edits.get(f"{AREA}.{CHOICE}") is True:
            # Nobody's data is kept who has no part in the filing.
            blank = Person(cert_type="id_card").model_dump()
            edits |= {f"{AREA}.{name}": value for name, value in blank.items() if name != CHOICE}
        return edits
