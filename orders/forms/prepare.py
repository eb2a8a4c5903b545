"""Questions of the public pages about preparing, asked by GET: an answer has an address."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from beian.forms import OptionField, PageForm, SelectField
from orders.apply.start_options import KINDS, nature_names, province_names
from orders.prepare.frame import FIRST, ORDERS
from orders.prepare.need import ADDRESS, WHAT, WHERE


class NeedForm(PageForm):
    """Whether somebody has to file."""

    what = OptionField(label=_("要开通什么"), choices=list(WHAT.items()))
    where = OptionField(label=_("放在哪里"), choices=list(WHERE.items()))
    address = OptionField(label=_("怎样访问"), choices=list(ADDRESS.items()))


class PrepareForm(PageForm):
    """What somebody files, and where.

    An address may give only some of the answers: those are judged, the others are asked.
    """

    # Marked when the page opens.
    BEFORE: Mapping[str, str] = {"kind": "website", "order": FIRST}
    # The page's own form always sends these, if only empty; radios are sent once one is marked.
    SENT = frozenset({"province", "nature", "order"})

    province = SelectField(
        label=_("备案省份"),
        help_text=_("单位在证件签发地所在的省份备案；个人在身份证件所在地或实际居住地备案"),
        empty_label=_("请选择备案省份"),
        width="mail",
    )
    nature = SelectField(label=_("主办单位性质"), empty_label=_("请选择主办单位性质"), width="mail")
    kind = OptionField(label=_("要备案什么"), choices=list(KINDS.items()))
    order = SelectField(label=_("办理什么"), choices=list(ORDERS.items()), width="full")

    def __init__(self, query: Mapping[str, str]):
        self.is_asked = query.keys() >= self.SENT
        self.given = {name: query[name] for name in self.base_fields if query.get(name)}
        partly = {**self.BEFORE, **self.given} if self.given else None
        super().__init__(query if self.is_asked else partly, initial=self.BEFORE)
        self.fields["province"].choices = [
            ("", _("请选择备案省份")),
            *province_names().items(),
        ]
        self.fields["nature"].choices = [
            ("", _("请选择主办单位性质")),
            *nature_names().items(),
        ]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_asked:
            for name in self.errors.keys() - self.given.keys():
                del self.errors[name]

    def is_valid(self) -> bool:
        """Whether there is a list to show: every question has an answer that exists."""
        return self.is_asked and super().is_valid()
