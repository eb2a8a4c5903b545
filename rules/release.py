"""The rules of one release with its lists, as content that a later release can still judge by."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rules.loader import RuleDataError
from rules.overlay import Layered, rule_of, table_of
from rules.rule import Rule
from rules.rule_set import RuleSet
from rules.suffixes import approved_suffixes, using_suffixes
from rules.wordlists import WORDS_FILE, WordList, built, using_word_lists

# JSON: rows as overlays have them, the tables of words.toml, and the approved suffixes.
Content = Mapping[str, Any]


def content_of(rule_set: RuleSet) -> dict[str, Any]:
    """These rules with the lists of this release.

    What its code says is not among them: the defaults of kinds, the tables of the vocabulary and
    of natures, the regions. Of these the release that judges has its own.
    """
    return {
        "rules": [table_of(rule) for rule in rule_set.rules],
        "words": tomllib.loads(WORDS_FILE.read_text(encoding="utf-8")),
        "suffixes": sorted(approved_suffixes()),
    }


class Lists:
    """Word lists and suffixes of a release, for its rules to be read and asked with."""

    def __init__(self, content: Content) -> None:
        self._words: dict[str, WordList] = built(content["words"])
        self._suffixes = frozenset(content["suffixes"])

    @contextmanager
    def in_use(self) -> Iterator[None]:
        with using_word_lists(self._words), using_suffixes(self._suffixes):
            yield


def read_release(content: Content, version: str, instead: RuleSet) -> Layered:
    """The rules of another release. A row this one has no kind for any more is `unusable`, and
    the rule of that key among `instead` speaks, if there is one."""
    present = {rule.row.key: rule for rule in instead.rules}
    rules: list[Rule] = []
    unusable: dict[str, RuleDataError] = {}
    lists = Lists(content)
    with lists.in_use():
        for row in content["rules"]:
            key = "/".join(filter(None, (row["id"], row.get("part"))))
            try:
                rules.append(rule_of(row, place=key))
            except RuleDataError as error:
                unusable[key] = error
                rules += [present[key]] if key in present else []
    return Layered(RuleSet(rules, version=version, lists=lists), unusable)
