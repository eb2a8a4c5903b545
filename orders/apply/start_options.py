"""What can be filed here now; the rest is shown with the reason why not."""

from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.dossier import ENTERPRISE, PERSONAL, SOLE_PROPRIETOR
from rules.enumerations import natures
from rules.regions import provinces, region_name

OPEN_KINDS = frozenset({"website"})
NOT_YET: LazyText = _("本平台暂未开放此类备案的在线办理，请致电服务电话咨询。")
KINDS: dict[str, LazyText] = {"website": _("网站"), "app": _("APP")}

# Natures with an option of their own in the first question; the rest share its last one.
NAMED = (ENTERPRISE, SOLE_PROPRIETOR, PERSONAL)


def nature_names() -> dict[str, str]:
    """Every answer to who files, by its name; sole proprietors beside the enterprises."""
    names: dict[str, str] = {}
    for entry in natures():
        names[entry.key] = entry.label(data_language())
        if entry.key == ENTERPRISE:
            names[SOLE_PROPRIETOR] = str(_("个体工商户"))
    return names


def province_names() -> dict[str, str]:
    """Every province by its code, in the language of the page."""
    return {code: region_name(code, data_language()) for code in provinces()}


def nature_refusals() -> dict[str, str]:
    """Natures that cannot be chosen, with the reason, in the language of the page."""
    language = data_language()
    refused = {entry.key: entry.more.get("refused") for entry in natures()}
    return {key: str(text[language]) for key, text in refused.items() if text}


def kind_refusals() -> dict[str, LazyText]:
    """Kinds of service that cannot be chosen, with the reason."""
    return {kind: NOT_YET for kind in KINDS if kind not in OPEN_KINDS}
