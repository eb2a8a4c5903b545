"""An applicant's explanation of a comment."""

from django.utils.translation import gettext_lazy as _

from beian.forms import LongTextField, PageForm

# Long enough for a reasoned answer, short enough for a reviewer to read.
LONGEST = 500


class ReplyForm(PageForm):
    text = LongTextField(
        label=_("说明"),
        help_text=_("写明为什么原内容没有问题，或情况有什么变化。审核员会看到这段说明。"),
        max_length=LONGEST,
        rows=5,
    )
