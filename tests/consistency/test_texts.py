"""Every Chinese text of the portal has an English twin."""

from __future__ import annotations

from beian.translation.catalogue import CATALOGUE, read_catalogue, untranslated
from beian.translation.extract import extract_texts


def test_every_text_is_in_the_catalogue() -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in read_catalogue()}
    found = {(text.context, text.msgid) for text in extract_texts()}

    assert found - known == set(), "run `./dev messages`"
    assert known - found == set(), "run `./dev messages`"


def test_every_text_is_translated() -> None:
    assert [entry.msgid for entry in untranslated(read_catalogue())] == []


def test_catalogue_has_the_english_plural_rule() -> None:
    assert "nplurals=2; plural=(n != 1);" in CATALOGUE.read_text(encoding="utf-8")
