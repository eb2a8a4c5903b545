"""A form with one field of each kind, shown in the component gallery."""

from django.utils.translation import gettext_lazy as _

from beian.forms import (
    AgreeField,
    CertificateNumberField,
    CleanCharField,
    CodeField,
    DomainField,
    ImageField,
    LongTextField,
    MailField,
    OptionsField,
    PageForm,
    PhoneField,
    RegionField,
    SelectField,
    ValidUntilField,
    YesNoField,
)


class SampleForm(PageForm):
    is_legal_representative = YesNoField(
        label=_("是否为法定代表人"),
        yes_label=_("是，与营业执照上的法定代表人一致"),
        no_label=_("否，由授权人员担任"),
        unavailable={"no": _("本省不可选：如法定代表人已变更，请先更新营业执照。")},
    )
    name = CleanCharField(label=_("单位名称"), max_length=100)
    number = CertificateNumberField(label=_("证件号码"))
    nature = SelectField(label=_("主办单位性质"), choices=[("enterprise", _("企业"))])
    region = RegionField(label=_("通讯地址"), provinces=[("33", _("浙江")), ("44", _("广东"))])
    valid_until = ValidUntilField(label=_("证件有效期截止日期"))
    mobile = PhoneField(
        label=_("手机号"), help_text=_("本人使用、可以接通；审核员会拨打，核验短信也发到这里")
    )
    code = CodeField(
        label=_("短信验证码"), help_text=_("6 位数字，10 分钟内有效，可以粘贴"), digits=6
    )
    emergency_phone = PhoneField(
        label=_("应急电话"), help_text=_("手机或固定电话均可，须与手机号不同"), mobile_only=False
    )
    email = MailField(label=_("电子邮箱"), help_text=_("接收审核结果；不能与其他主体共用"))
    domain = DomainField(label=_("网站域名"))
    content = OptionsField(
        label=_("服务内容"), choices=[("portal", _("单位门户网站")), ("news", _("新闻"))]
    )
    remarks = LongTextField(label=_("备注"), required=False)
    licence = ImageField(label=_("营业执照"), max_megabytes=10, least_pixels=300)
    agreed = AgreeField(label=_("以上信息真实、准确，证件为原件拍摄"))
