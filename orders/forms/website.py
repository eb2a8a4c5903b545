"""The website: domain, name, contents, languages, pre-approvals."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.forms import CleanCharField, DomainField, LongTextField, OptionsField
from orders.dossier import Dossier
from orders.forms.dossier import DossierForm, problem_text
from rules import enumerations
from rules.certificates.problem import Problem
from rules.domains import read_domain

NONE, OTHER = "none", "other"
AREA = "services[0]"


def _choices(rows: tuple[enumerations.Entry, ...]) -> list[tuple[str, str]]:
    return [(row.key, row.label(data_language())) for row in rows]


class WebsiteForm(DossierForm):
    """One website with one domain."""

    paths = {
        name: f"{AREA}.{name}"
        for name in (
            "domains",
            "name",
            "content_categories",
            "languages",
            "pre_approvals",
            "remarks",
        )
    }

    domains = DomainField(
        label=_("域名"),
        help_text=_("例如 shili-keji.com，不带 www.；提交前请停止域名解析，备案通过后再开通"),
    )
    name = CleanCharField(
        label=_("网站名称"),
        max_length=60,
        width="mail",
        help_text=_("与单位名称或商标有关的中文名称，3 个字以上；不能用域名、纯数字或纯字母"),
    )
    content_categories = OptionsField(
        label=_("服务内容"), help_text=_("可以多选，请选择实际提供的内容")
    )
    languages = OptionsField(label=_("网站语言"), help_text=_("建议只选主要使用的一种"))
    pre_approvals = OptionsField(
        label=_("前置审批"),
        help_text=_("从事下列内容须先取得主管部门的批准文件，并在“办理材料”中上传"),
    )
    remarks = LongTextField(
        label=_("网站备注"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_("写明网站实际提供什么，可以减少审核员来电；服务内容选“其他”时必须填写"),
    )

    def set_up(self) -> None:
        nature = self.order.dossier.subject.nature
        self.fields["content_categories"].choices = _choices(
            enumerations.content_categories(nature)
        )
        self.fields["languages"].choices = _choices(enumerations.languages())
        approvals = enumerations.pre_approvals()
        none_first = sorted(approvals, key=lambda row: row.key != NONE)
        self.fields["pre_approvals"].choices = _choices(tuple(none_first))

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        domains = dossier.services[0].domains
        return {"domains": domains[0] if domains else ""}

    def clean_domains(self) -> str:
        read = read_domain(self.cleaned_data["domains"])
        if isinstance(read, Problem):
            raise ValidationError(problem_text(read))
        return read.unicode

    def clean_pre_approvals(self) -> list[str]:
        chosen = self.cleaned_data["pre_approvals"]
        if NONE in chosen and len(chosen) > 1:
            reason = _t("“以上都不涉及”不能与其他项目同时选择，请只保留符合实际的选项")
            raise ValidationError(reason)
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        remarks = cleaned.get("remarks", self.order.dossier.services[0].remarks)
        if OTHER in cleaned.get("content_categories", []) and not remarks:
            target = "remarks" if "remarks" in self.fields else "content_categories"
            self.add_error(target, _t("服务内容选择了“其他”，请在网站备注中写明实际提供的内容"))
        return cleaned

    def split(self, name: str, value: Any) -> dict[str, Any]:
        if name == "domains":
            return {self.paths[name]: [value] if value else []}
        return super().split(name, value)


class PersonalWebsiteForm(WebsiteForm):
    """The website of a natural person: other names, fewer contents (rules N20, N21)."""

    name = CleanCharField(
        label=_("网站名称"),
        max_length=60,
        width="mail",
        help_text=_(
            "3 至 10 个字的中文名称，说明网站内容；"
            "不能用姓名、域名、地名，也不能含有公司、行业或组织用词"
        ),
    )
    content_categories = OptionsField(
        label=_("服务内容"),
        help_text=_("个人网站只能选择下列内容；选择“其他”的，须在网站备注中写明"),
    )
    remarks = LongTextField(
        label=_("网站备注"),
        max_length=500,
        rows=3,
        required=False,
        help_text=_(
            "写明网站实际提供的内容，并声明不涉及企业信息，例如“个人读书笔记，不涉及企业、单位等非个人信息”"
        ),
    )
