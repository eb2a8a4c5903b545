"""The number of a public-security filing, as its platform prints it."""

import re
from datetime import date
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.forms import CleanCharField, DayField, PageForm
from beian.forms.normalise import drop_separators
from rules.regions import provinces


@cache
def _shape() -> re.Pattern[str]:
    """浙公网安备33010602000001号; early numbers have two digits less."""
    prefixes = "".join(province.prefix for province in provinces().values())
    return re.compile(rf"[{prefixes}]公网安备\d{{12,14}}号")


class PublicSecurityNumberField(CleanCharField):
    """Stored without the space that the platform prints before the digits."""

    messages = {
        "shape": _(
            "{label}应是省份简称、“公网安备”和 12 至 14 位数字，例如 浙公网安备33010602000001号，"
            "请对照全国互联网安全管理服务平台上的编号填写"
        )
    }

    def normalise(self, text: str) -> str:
        return drop_separators(super().normalise(text))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _shape().fullmatch(value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class PastDayField(DayField):
    messages = {"future": _("{label}不能晚于今天，请填写平台上显示的日期")}

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise ValidationError(self.error_messages["future"], code="future")


class PublicSecurityForm(PageForm):
    number = PublicSecurityNumberField(
        label=_("公安备案号"),
        help_text=_("例如 浙公网安备33010602000001号"),
        max_length=40,
    )
    filed_on = PastDayField(label=_("公安备案日期"), help_text=_("平台显示的审核通过日期"))
