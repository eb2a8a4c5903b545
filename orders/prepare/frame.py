"""What somebody prepares: the question of the page, and its answer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders.apply.start_options import KINDS, nature_names, province_names
from rules.rule_set import Frame

FIRST = "first"
# Orders somebody prepares for, in the words of the facts vocabulary.
ORDERS: dict[str, LazyText] = {
    FIRST: _("首次备案：主体和域名都没有备案过"),
    "add_with_subject": _("新增服务：主体已在本平台备案"),
    "add_without_subject": _("新增服务：主体在其他接入商备案"),
    "access": _("新增接入：网站已在其他接入商备案"),
    "change_subject": _("变更主体信息"),
    "change_service": _("变更互联网信息服务信息"),
    "change_filing": _("同时变更主体和服务信息"),
    "migrate": _("迁移：把已备案的服务迁入您的主体"),
}


@dataclass(frozen=True)
class Choice:
    """An answer that makes sense: keys as the form has them."""

    province: str
    nature: str
    kind: str
    order: str

    @property
    def frame(self) -> Frame:
        return Frame(self.province, self.order, self.nature, self.kind)

    @property
    def names(self) -> tuple[str, str, str]:
        """Province, nature and kind in the language of the page."""
        name = province_names()[self.province]
        return name, nature_names()[self.nature], str(KINDS[self.kind])

    @property
    def order_name(self) -> LazyText:
        return ORDERS[self.order]

    @property
    def start_query(self) -> str:
        """The same answers for the page that begins a filing."""
        said = {"service_kind": self.kind, "nature": self.nature, "province": self.province}
        return "?" + urlencode(said)

    def query(self, **changes: str) -> str:
        """The address of the same list, or of one that differs in a part."""
        return "?" + urlencode({**vars(self), **changes})
