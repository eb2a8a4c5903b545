"""Who files, where, and which kind of service."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from beian.forms import OptionField, PageForm, SelectField
from orders.apply.start_options import (
    KINDS,
    NAMED,
    kind_refusals,
    nature_names,
    nature_refusals,
    province_names,
)
from orders.dossier import ENTERPRISE, SOLE_PROPRIETOR

REST = "other"
WEBSITE = "website"


class StartForm(PageForm):
    """What cannot be filed here is shown with the reason, not left out."""

    service_kind = OptionField(label=_("要备案什么"), choices=list(KINDS.items()))
    nature = OptionField(
        label=_("主办单位性质"),
        help_text=_("以营业执照或其他主体证件为准；个人用本人身份证件备案"),
        hints={SOLE_PROPRIETOR: _("营业执照上的类型为“个体工商户”，按企业备案")},
    )
    other_nature = OptionField(
        label=_("单位的具体性质"),
        help_text=_("与主体证件的登记类别一致，例如持《事业单位法人证书》的选择“事业单位”"),
    )
    province = SelectField(
        label=_("备案省份"),
        help_text=_("单位在证件签发地所在的省份备案；个人在身份证件所在地或实际居住地备案"),
        empty_label=_("请选择备案省份"),
        width="mail",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = nature_names()
        rest = (REST, _("其他性质的单位（政府机关、事业单位、社会团体等）"))
        self.fields["nature"].choices = [*((key, names[key]) for key in NAMED), rest]
        others = [(key, name) for key, name in names.items() if key not in NAMED]
        self.fields["other_nature"].choices = others
        for field in ("nature", "other_nature"):
            offered = dict(self.fields[field].choices)
            refused = {key: text for key, text in nature_refusals().items() if key in offered}
            self.fields[field].set_unavailable(refused)
        self.fields["service_kind"].set_unavailable(kind_refusals())
        self.fields["province"].choices = [
            ("", _("请选择备案省份")),
            *province_names().items(),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("nature") != REST:
            # Only asked of the rest; what was marked there before does not count.
            self.errors.pop("other_nature", None)
            cleaned.pop("other_nature", None)
        return cleaned

    @property
    def chosen_nature(self) -> str:
        """The nature of a valid form, one of `start_options.nature_names`."""
        nature = self.cleaned_data["nature"]
        return self.cleaned_data["other_nature"] if nature == REST else nature


def marked_before(said: Mapping[str, str]) -> dict[str, str]:
    """What is marked when the page opens: answers given on the list of things to prepare, where
    they can be chosen; `nature` is one of `start_options.nature_names`."""
    kind, nature = said.get("service_kind"), said.get("nature")
    if kind not in KINDS or kind in kind_refusals():
        kind = WEBSITE
    if nature not in nature_names() or nature in nature_refusals():
        nature = ENTERPRISE
    return {
        "service_kind": kind,
        "nature": nature if nature in NAMED else REST,
        "other_nature": nature,
        "province": said.get("province", ""),
    }
