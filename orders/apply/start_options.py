"""What can be filed here now; the rest is shown with the reason why not."""

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from rules.enumerations import natures

OPEN_NATURES = frozenset({"enterprise", "personal"})
OPEN_KINDS = frozenset({"website"})
NOT_YET: LazyText = _("本平台暂未开放此类备案的在线办理，请致电服务电话咨询。")
KINDS: dict[str, LazyText] = {"website": _("网站"), "app": _("APP")}


def nature_refusals() -> dict[str, LazyText]:
    """Natures that cannot be chosen, with the reason."""
    return {entry.key: NOT_YET for entry in natures() if entry.key not in OPEN_NATURES}


def kind_refusals() -> dict[str, LazyText]:
    """Kinds of service that cannot be chosen, with the reason."""
    return {kind: NOT_YET for kind in KINDS if kind not in OPEN_KINDS}
