"""A place in mainland China down to the district, as people write it on a letter."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms.labelled import LabelledField
from beian.forms.normalise import half_width_words, has_control_character, trim
from beian.forms.widgets import RegionParts


@dataclass(frozen=True)
class Region:
    """``province`` is the two-digit code of GB/T 2260; city and district are names."""

    province: str
    city: str
    district: str = ""


class RegionField(LabelledField):
    """``provinces``: (code, name) pairs. Cleans to ``Region`` or None."""

    messages = {
        "required": _("请选择{label}的省份，并填写城市"),
        "province": _("请从列表中选择{label}的省份"),
        "city": _("请填写{label}的城市，例如“杭州市”"),
        "control": _("{label}中有看不见的控制字符，请删除后重新输入"),
    }

    def __init__(self, *args, provinces, **kwargs):
        self.codes = {code for code, _name in provinces}
        widget = RegionParts([("", _("请选择省份")), *provinces])
        super().__init__(*args, widget=widget, **kwargs)

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        texts = [half_width_words(trim(part or "")) for part in value or []]
        if not any(texts):
            return None
        province, city, district = texts
        problem = (
            "province"
            if province not in self.codes
            else "city"
            if not city
            else "control"
            if has_control_character(city + district)
            else None
        )
        if problem:
            raise ValidationError(self.error_messages[problem], code=problem)
        return Region(province, city, district)
