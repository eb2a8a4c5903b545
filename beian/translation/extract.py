"""Collect every text marked for translation from Python and templates.

Django's `makemessages` needs the gettext programs. This uses the same reading of templates
(`templatize`) and Babel's reading of Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("beian", "rules", "verification", "orders")

KEYWORDS = {
    **dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("_p", "pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


@dataclass(frozen=True)
class Text:
    """One text to translate and the file it stands in."""

    msgid: str
    plural: str
    context: str | None
    comment: str
    place: str


def extract_texts() -> list[Text]:
    """All texts of the product, in the order of files and lines."""
    texts: list[Text] = []
    for path in _sources(settings.BASE_DIR):
        place = path.relative_to(settings.BASE_DIR).as_posix()
        texts += texts_of(path.read_text(encoding="utf-8"), place)
    return texts


def texts_of(source: str, place: str) -> Iterator[Text]:
    if not place.endswith(".py"):
        source = _as_python(source, place)
    found = extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators:"])
    for _line, messages, comments, context in found:
        singular, plural = messages if isinstance(messages, tuple) else (messages, "")
        if singular:
            yield Text(singular, plural or "", context, " ".join(comments), place)


def _as_python(template: str, place: str) -> str:
    """What `templatize` leaves is read as Python, which would stumble over the indentation."""
    return "\n".join(line.strip() for line in templatize(template, origin=place).splitlines())


def _sources(root: Path) -> list[Path]:
    modules = [path for room in ROOMS for path in root.glob(f"{room}/**/*.py")]
    pages = [*root.glob("templates/**/*"), *root.glob("*/templates/**/*")]
    product = (path for path in pages if path.relative_to(root).parts[0] != "outside")
    return sorted({*modules, *(page for page in product if page.suffix in {".html", ".txt"})})
