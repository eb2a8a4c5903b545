"""Giving a case to a colleague."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from beian.forms import LongTextField, PageForm, SelectField
from beian.models import User


class ReassignForm(PageForm):
    to_user = SelectField(label=_("接手的审核员"))
    opinion = LongTextField(
        label=_("给同事的说明"),
        help_text=_("只记入办理记录，申请人看不到"),
        required=False,
        rows=3,
        max_length=300,
    )

    def __init__(self, *args, reviewers: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["to_user"]
        field.choices = [*field.choices, *((str(user.pk), user.staff_name) for user in reviewers)]
