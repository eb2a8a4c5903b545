"""The person in charge of the website (网站负责人): the subject principal, or somebody else."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.forms import YesNoField
from orders.apply.certificate_words import words_of
from orders.dossier import Person, get_value
from orders.field_labels import IS_HEAD
from orders.forms.person import IDENTITY, PersonForm, person_paths

AREA = "services[0].principal"
CHOICE, HEAD = "same_as_subject_principal", "is_legal_representative"


class ServicePrincipalForm(PersonForm):
    """Reuse comes first; the fields of another person count only if somebody else is chosen. Who
    that is to the unit is asked where the subject principal is not its head."""

    area = AREA
    paths = {CHOICE: f"{AREA}.{CHOICE}", HEAD: f"{AREA}.{HEAD}", **person_paths(AREA)}
    beside = {"mobile_code": f"{AREA}.mobile", "email_code": f"{AREA}.email"}
    field_order = (CHOICE, HEAD, *IDENTITY)

    same_as_subject_principal = YesNoField(
        label=_("由谁负责这个网站"), no_label=_("另外填写一位负责人（须为本单位员工）")
    )
    is_legal_representative = YesNoField(label=IS_HEAD)

    def set_up(self) -> None:
        super().set_up()
        self._ask_for_head()
        name = self.order.dossier.subject.principal.full_name
        same = (
            _t("与主体负责人相同（%(name)s）") % {"name": name} if name else _t("与主体负责人相同")
        )
        no = self.fields[CHOICE].choices[1]
        self.fields[CHOICE].choices = [("yes", same), no]

    def _ask_for_head(self) -> None:
        subject = self.order.dossier.subject
        if subject.principal.is_legal_representative is not False:
            del self.fields[HEAD]
            return
        words = words_of(subject)
        names = {"certificate": words.name, "head": words.head}
        self.fields[HEAD].label = str(IS_HEAD) % names
        yes = _t("是，与%(certificate)s上的%(head)s一致") % names
        self.fields[HEAD].choices = [("yes", yes), self.fields[HEAD].choices[1]]

    @property
    def own_names(self) -> set[str]:
        return {*super().own_names, HEAD}

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
