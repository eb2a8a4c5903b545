"""A canary is a value typed in during a test: whether a text gives it away, however disguised."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[0-9A-Za-z+/_-]{12,}")
_CODE_LENGTH = 6


@dataclass(frozen=True)
class Canary:
    """`label` names it in the result, so that a failing test does not print the value."""

    label: str
    value: str

    def is_in(self, text: str) -> bool:
        # People and programs group digits: 138 0000 0034, 138-0000-0034.
        spaced = r"[\s-]?".join(map(re.escape, self.value))
        # A code is looked for as a word; the fraction of a second has six digits too.
        before = "0-9A-Za-z." if len(self.value) == _CODE_LENGTH else "0-9A-Za-z"
        return re.search(rf"(?<![{before}]){spaced}(?![0-9A-Za-z])", text) is not None


def found_in(text: str, canaries: Iterable[Canary], place: str) -> list[str]:
    """One line "place: label" for each canary in `text`."""
    readings = (text, *_undisguised(text))
    return [
        f"{place}: {canary.label}"
        for canary in canaries
        if any(canary.is_in(reading) for reading in readings)
    ]


def _undisguised(text: str) -> Iterator[str]:
    """What is behind \\u escapes, the escapes of addresses, and base64."""
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    if "%" in text or "+" in text:
        yield unquote_plus(text)
    for run in _BASE64.findall(text):
        if len(run) % 4 != 1:
            padded = run.replace("-", "+").replace("_", "/") + "=" * (-len(run) % 4)
            yield base64.b64decode(padded).decode("utf-8", "replace")
