"""Letting a rule go that no release ships: only the reason is asked for."""

from django.utils.translation import gettext as _

from beian.forms import PageForm
from orders.forms.rule_frame import reason_field


class RemovalForm(PageForm):
    """Beside the form of a rule: `row_typed` is what an edit keeps, here no row at all."""

    row_typed = None

    def __init__(self, data=None, *, key: str, reason: str = "", **kwargs):
        self.key = key
        super().__init__(data, **kwargs)
        self.fields["reason"] = reason_field()
        self.initial["reason"] = reason

    @property
    def sections(self):
        return [(_("为什么不再保留这条规则"), [self["reason"]])]
