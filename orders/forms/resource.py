"""The resource the website runs on, and its public addresses."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from beian.dates import day_text
from beian.forms import LongTextField, OptionField
from orders.apply.ip_addresses import PublicAddressError, read_public_address
from orders.assessment import assess
from orders.dossier import Dossier
from orders.forms.dossier import DossierForm
from orders.resources import ResourceChoice, region_text

AREA = "services[0]"


def choice_hint(choice: ResourceChoice) -> str:
    """Region, addresses, end and slots of an eligible resource, in one line."""
    resource = choice.resource
    facts = [
        region_text(resource),
        _t("公网 IP %(ips)s") % {"ips": _t("、").join(resource.public_ips)},
    ]
    if resource.expires_on:
        facts.append(_t("%(day)s到期") % {"day": day_text(resource.expires_on)})
    if choice.limit is not None:
        left = choice.limit - choice.used
        text = ngettext("还可备案 %(left)d 个服务", "还可备案 %(left)d 个服务", left)
        facts.append(text % {"left": left})
    return _t("，").join(facts)


class ResourceForm(DossierForm):
    """Ineligible resources stay visible with the reason; addresses follow from the choice."""

    paths = {"resource": f"{AREA}.resource", "ips": f"{AREA}.ips"}

    resource = OptionField(label=_("网站使用哪个资源"))
    ips = LongTextField(
        label=_("其他公网 IP"),
        rows=2,
        required=False,
        max_length=1000,
        help_text=_(
            "所选资源的公网 IP 会自动填入；网站还经过负载均衡或安全防护的，请补充其 IP，每行一个"
        ),
    )

    def set_up(self) -> None:
        field = self.fields["resource"]
        field.choices = [(key, choice.resource.name) for key, choice in self.resources.items()]
        eligible = {key: row for key, row in self.resources.items() if row.is_eligible}
        field.widget.hints.update({key: choice_hint(row) for key, row in eligible.items()})
        field.set_unavailable(
            {key: row.reason for key, row in self.resources.items() if not row.is_eligible}
        )

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        service = dossier.services[0]
        own = self._own_addresses(service.resource)
        return {"ips": "\n".join(ip for ip in service.ips if ip not in own)}

    @cached_property
    def resources(self) -> dict[str, ResourceChoice]:
        return {choice.key: choice for choice in assess(self.order).resources}

    def _own_addresses(self, key: str) -> list[str]:
        choice = self.resources.get(key)
        return list(choice.resource.public_ips) if choice else []

    def clean_ips(self) -> list[str]:
        addresses, reasons = [], []
        for text in re.split(r"[\s,，、;；]+", self.cleaned_data["ips"].strip()):
            try:
                addresses += [read_public_address(text)] if text else []
            except PublicAddressError as error:
                reasons.append(error.reason)
        if reasons:
            raise ValidationError(reasons)
        return addresses

    def edits(self) -> dict[str, Any]:
        edits = super().edits()
        key = edits.get(f"{AREA}.resource", self.order.dossier.services[0].resource)
        choice = self.resources.get(key)
        if choice is not None and f"{AREA}.ips" in edits:
            own = [str(ip) for ip in choice.resource.public_ips]
            edits[f"{AREA}.ips"] = list(dict.fromkeys([*own, *edits[f"{AREA}.ips"]]))
        return edits
