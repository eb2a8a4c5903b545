from django import forms

from outside.bilingual import two
from outside.enums import DomainProblem, RealNameResult

MISSING_NAME = two("请填写姓名。", "Write a name.")
BAD_DOMAIN = two(
    "请填写注册的域名，例如 shili-keji.com。", "Write a registered domain such as shili-keji.com."
)


class RealNameRuleForm(forms.Form):
    """A name and the answer it gets from now on; an earlier rule for the name is replaced."""

    use_required_attribute = False

    name = forms.CharField(
        label=two("姓名", "Name"), max_length=100, error_messages={"required": MISSING_NAME}
    )
    result = forms.ChoiceField(
        label=two("结果", "Result"),
        choices=RealNameResult.choices,
        initial=RealNameResult.MISMATCH,
    )


class DomainForm(forms.Form):
    """What the registry shall say about one domain."""

    use_required_attribute = False

    domain = forms.RegexField(
        label=two("域名", "Domain"),
        regex=r"^[^\s/:@.]+(\.[^\s/:@.]+)+$",
        max_length=253,
        error_messages={"required": BAD_DOMAIN, "invalid": BAD_DOMAIN},
    )
    problem = forms.ChoiceField(
        label=two("问题", "Problem"), choices=DomainProblem.choices, required=False
    )
    registrant_name = forms.CharField(
        label=two("域名持有者（留空表示未知）", "Registrant (empty: unknown)"),
        max_length=255,
        required=False,
    )
