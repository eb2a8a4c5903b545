"""What no row may hold, whatever its kind: things that no file of ours has, that a database or a
page would stumble over, and that whoever imports a file could write all the same."""

import math
import string
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

# The shipped rows are five deep and their longest text has 185 signs.
DEEPEST = 8
LONGEST = 2000
# Days, months, years, pieces: a figure beyond this is a slip, and no date could be counted with it.
LARGEST = 1_000_000
_LINE_ENDS = frozenset("\n\r\t")

# Where in the row ("title.zh"), a code, and words for files and logs.
Strange = tuple[str, str, str]


def strange_in(value: Any, path: tuple[str, ...] = ()) -> Iterator[Strange]:
    """Everything in a row, or a part of one, that cannot be taken."""
    place = ".".join(path)
    if len(path) > DEEPEST:
        yield place, "too_deep", f"nested deeper than {DEEPEST} levels"
    elif isinstance(value, str):
        yield from ((place, code, words) for code, words in _of_text(value))
    elif isinstance(value, int | float) and not _is_usual(value):
        yield place, "too_large", f"the figure is none, or beyond {LARGEST}"
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from ((place, code, words) for code, words in _of_text(str(name)))
            yield from strange_in(part, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from strange_in(part, (*path, str(number)))


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > LONGEST:
        yield "too_long", f"longer than {LONGEST} signs"
    if any(map(_is_control, text)):
        yield "control_sign", "a control character"


def _is_control(sign: str) -> bool:
    """Surrogates too: no encoding takes them."""
    return unicodedata.category(sign) in ("Cc", "Cs") and sign not in _LINE_ENDS


def _is_usual(figure: float) -> bool:
    return math.isfinite(figure) and abs(figure) <= LARGEST


_FORMATTER = string.Formatter()


def placeholders(text: str) -> set[str]:
    """The names in braces; raises ValueError for braces that are anything but {name}.

    What a formatter knows besides (conversions, widths, parts of values) is refused: it could fail
    when the text is shown, or make a page as long as somebody likes.
    """
    names = set()
    for _literal, name, spec, conversion in _FORMATTER.parse(text):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(f"{{{name}}} is no plain name in braces")
        names.add(name)
    return names
