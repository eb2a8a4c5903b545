"""What a second person says about an edit: the day it begins, or what is to be changed."""

from django.utils.translation import gettext_lazy as _

from beian.forms import DayField, LongTextField, PageForm


class PublishForm(PageForm):
    effective_from = DayField(
        label=_("生效日期"),
        help_text=_("当天零时（北京时间）起，新提交的订单按修改后的规则判断；已经提交的不受影响"),
    )


class SendBackForm(PageForm):
    note = LongTextField(
        label=_("退回原因"),
        help_text=_("写给作者：哪里不对，需要补充什么来源"),
        rows=3,
        max_length=500,
    )
