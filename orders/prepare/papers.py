"""The papers of a demand as lines to read: all of them, one of several, or one that lifts it."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.lazy_text import LazyText
from rules.kinds.asked_papers import AskedPapers
from rules.rule import Rule
from rules.vocabulary import MATERIALS

LEADS: dict[str, LazyText] = {
    "one_of": _("之一：%(papers)s"),
    "unless": _("有下列文件的除外：%(papers)s"),
}


def paper_lines(rule: Rule, text: str) -> tuple[str, ...]:
    """A line for each group of papers the rule asks for, unless its `text` names them all."""
    return tuple(_line(asked) for asked in rule.asked_papers if not _is_named(asked, text))


def _is_named(asked: AskedPapers, text: str) -> bool:
    names = [getattr(MATERIALS[key], data_language()) for way in asked.ways for key in way]
    return asked.how == "all" and all(name.lower() in text.lower() for name in names)


def _line(asked: AskedPapers) -> str:
    names = _names(asked)
    if asked.how in LEADS:
        return str(LEADS[asked.how]) % {"papers": names}
    return names[:1].upper() + names[1:]


def listed(names: list[str]) -> str:
    return _t("、").join(names)


def _names(asked: AskedPapers) -> str:
    """Papers that come together are joined closer than those that stand for one another."""
    language = data_language()
    ways = [[getattr(MATERIALS[key], language) for key in way] for way in asked.ways]
    if asked.how == "all":
        return listed([name for way in ways for name in way])
    if all(len(way) == 1 for way in ways):
        return listed([name for (name,) in ways])
    return _t("；").join(_t("和").join(way) for way in ways)
