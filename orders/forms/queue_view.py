"""The name under which filters of the queue are kept."""

from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, PageForm

# As wide as a tab can be.
LONGEST = 20


class QueueViewForm(PageForm):
    name = CleanCharField(
        label=_("视图名称"),
        help_text=_("显示为审核队列上方的标签，例如“广东、已逾期”。"),
        max_length=LONGEST,
    )
