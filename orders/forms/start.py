"""The two answers an order begins with and the kind of service."""

from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.forms import OptionField, PageForm, SelectField
from orders.apply.start_options import KINDS, NOT_YET, kind_refusals, nature_refusals
from rules.enumerations import natures
from rules.regions import provinces

# Natures with an option of their own; the rest share the last one.
NAMED = ("enterprise", "personal")
REST = "other"


class StartForm(PageForm):
    """What cannot be filed here yet is shown with the reason, not left out."""

    service_kind = OptionField(label=_("要备案什么"), choices=list(KINDS.items()))
    nature = OptionField(
        label=_("主办单位性质"),
        help_text=_("以营业执照或其他主体证件为准；个体工商户选择“企业”，个人用本人身份证件备案"),
    )
    province = SelectField(
        label=_("备案省份"),
        help_text=_("单位在证件签发地所在的省份备案；个人在身份证件所在地或实际居住地备案"),
        empty_label=_("请选择备案省份"),
        width="mail",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = data_language()
        names = {entry.key: entry.label(language) for entry in natures()}
        nature = self.fields["nature"]
        rest = (REST, _("其他性质的单位（政府机关、事业单位、社会团体等）"))
        nature.choices = [*((key, names[key]) for key in NAMED), rest]
        nature.set_unavailable({**nature_refusals(), REST: NOT_YET})
        self.fields["service_kind"].set_unavailable(kind_refusals())
        rows = [
            (row.code, row.name if language == "zh" else row.en) for row in provinces().values()
        ]
        self.fields["province"].choices = [("", _("请选择备案省份")), *rows]
