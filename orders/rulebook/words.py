"""What pages call the parts of a rule (data/rule_words.toml and the vocabulary)."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from beian.data_language import in_language
from rules.enumerations import (
    content_categories,
    natures,
    personal_certificate_types,
    pre_approvals,
)
from rules.regions import provinces
from rules.vocabulary import FACTS, MATERIALS
from rules.wordlists import word_list

FILE = Path(__file__).parents[1] / "data" / "rule_words.toml"
Texts = Mapping[str, str]
_WORDS_SHOWN = 3


@cache
def tables() -> dict[str, dict[str, Texts]]:
    """{"kind", "parameter", "word", "who", "orders", "finding": {key: {"zh": …, "en": …}}}."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def kind_label(kind: str) -> str:
    return _label("kind", kind)


def parameter_label(kind: str, name: str) -> str:
    own = tables()["parameter"].get(f"{kind}.{name}")
    return in_language(own) if own else _label("parameter", name)


def word_label(word: str) -> str:
    return _label("word", word)


def orders_label(word: str) -> str:
    return _label("orders", word)


def finding_label(kind: str, about: str) -> str:
    """What a finding of a kind is about, by its tag; a tag that an operator made up is shown."""
    own = tables()["finding"].get(f"{kind}.{about}")
    if own or about in tables()["finding"]:
        return in_language(own) if own else _label("finding", about)
    return material_label(about) if about in MATERIALS else fact_label(about)


def who_label(letter: str) -> str:
    """What a letter of the rule tables, or a nature's key, stands for; no two the same."""
    entry = next((entry for entry in natures() if entry.key == letter), None)
    if entry is None or letter in tables()["who"]:
        return _label("who", letter)
    return in_language({"zh": entry.zh, "en": entry.en})


def province_label(code: str) -> str:
    area = provinces().get(code)
    return in_language({"zh": area.zh, "en": area.en}) if area else word_label(code)


def fact_label(name: str) -> str:
    fact = FACTS.get(name)
    return in_language({"zh": fact.zh, "en": fact.en}) if fact else word_label(name)


def material_label(key: str) -> str:
    paper = MATERIALS.get(key)
    return in_language({"zh": paper.zh, "en": paper.en}) if paper else key


def word_list_label(name: str) -> str:
    """The list's name and some of its words, by which it is told."""
    some = sorted(word_list(name).words, key=lambda word: (len(word), word))[:_WORDS_SHOWN]
    return _("%(name)s（%(words)s等）") % {"name": name, "words": _("、").join(some)}


def _label(table: str, key: str) -> str:
    """The key itself for a word nobody named: better than an empty box."""
    texts = tables()[table].get(key)
    return in_language(texts) if texts else key


def certificate_label(key: str) -> str:
    return _entry_label(personal_certificate_types, key)


def category_label(key: str) -> str:
    return _entry_label(content_categories, key)


def pre_approval_label(key: str) -> str:
    return _entry_label(pre_approvals, key)


def _entry_label(entries: Callable, key: str) -> str:
    entry = next((entry for entry in entries() if entry.key == key), None)
    return in_language({"zh": entry.zh, "en": entry.en}) if entry else key
