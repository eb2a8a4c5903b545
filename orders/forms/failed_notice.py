"""How a person was told whom a message did not reach."""

from django.utils.translation import gettext_lazy as _

from beian.forms import LongTextField, PageForm


class ToldForm(PageForm):
    note = LongTextField(
        label=_("告知方式"),
        label_for_errors=_("告知方式，写明何时、怎样告知了对方"),
        help_text=_("例如 11 月 25 日 10:20 电话告知本人"),
        rows=3,
        max_length=300,
    )
