"""The English catalogue: `locale/en/LC_MESSAGES/django.po`."""

from __future__ import annotations

from collections.abc import Iterable

import polib
from django.conf import settings

from beian.translation.extract import Text

CATALOGUE = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"

METADATA = {
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def read_catalogue() -> polib.POFile:
    if CATALOGUE.is_file():
        return polib.pofile(str(CATALOGUE), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(METADATA)
    return catalogue


def merged(old: polib.POFile, texts: Iterable[Text]) -> polib.POFile:
    """A catalogue of exactly these texts, with the translations that were already there."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for text in texts:
        key = (text.context, text.msgid)
        entry = entries.setdefault(key, _entry(text, known.get(key)))
        if text.plural and not entry.msgid_plural:
            _make_plural(entry, text.plural)
        if (text.place, "") not in entry.occurrences:
            entry.occurrences.append((text.place, ""))
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(METADATA)
    catalogue.extend(entries.values())
    return catalogue


def untranslated(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if not entry.translated()]


def save_catalogue(catalogue: polib.POFile) -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))


def _entry(text: Text, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context, comment=text.comment)
    if "%(" in text.msgid or "%s" in text.msgid or "%d" in text.msgid:
        entry.flags.append("python-format")
    if old is None:
        return entry
    entry.tcomment = old.tcomment
    entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    entry.msgstr_plural = dict(old.msgstr_plural)
    return entry


def _make_plural(entry: polib.POEntry, plural: str) -> None:
    """A text used with and without a number is one entry with both forms."""
    entry.msgid_plural = plural
    forms = entry.msgstr_plural
    entry.msgstr_plural = {0: forms.get(0, entry.msgstr), 1: forms.get(1, "")}
    entry.msgstr = ""
