"""Parameters with parts as lines of text: one entry a line, read and written the same way.

SET            a, b
PAIR           about = x, left = y, right = z
ENTRY          key = word
ENTRY_OR_LIST  key = word, or key = a, b
ENTRY_OF_LIST  key = a, b
ENTRY_OF_SETS  key = a, b; c, d
"""

from collections.abc import Iterable, Mapping
from typing import Any

from orders.rulebook.parameters import Parameter, Parts

_COMMAS = str.maketrans({"，": ",", "、": ",", "；": ";", "＝": "="})


class LineError(ValueError):
    """A line that has not its parts; the argument is its number, counted from 1."""


class RepeatedLine(LineError):
    """A line with a name that stands in an earlier one: only one of them could be kept."""


def text_of(parameter: Parameter, value: Any) -> str:
    """The value as it stands in the box."""
    match parameter.parts:
        case Parts.WORD:
            lines = list(value or ())
        case Parts.SET:
            lines = [", ".join(each) for each in value or ()]
        case Parts.PAIR:
            lines = [", ".join(f"{k} = {v}" for k, v in each.items()) for each in value or ()]
        case _:
            lines = [f"{key} = {_inner(each)}" for key, each in (value or {}).items()]
    return "\n".join(lines)


def _inner(value: Any) -> str:
    if isinstance(value, str):
        return value
    if any(isinstance(each, list | tuple) for each in value):
        return "; ".join(", ".join(each) for each in value)
    return ", ".join(value)


def value_of(parameter: Parameter, text: str) -> Any:
    """What the lines say; raises LineError. Whether the words are known is the kind's business."""
    lines = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    match parameter.parts:
        case Parts.WORD:
            return [line for _number, line in lines]
        case Parts.SET:
            return [_words(line) for _number, line in lines]
        case Parts.PAIR:
            return [_pair(parameter, number, line) for number, line in lines]
        case _:
            return _once((number, *_entry(parameter.parts, number, line)) for number, line in lines)


def _words(line: str) -> list[str]:
    return [word.strip() for word in line.translate(_COMMAS).split(",") if word.strip()]


def _pair(parameter: Parameter, number: int, line: str) -> Mapping[str, str]:
    parts = _once((number, *_split(number, word)) for word in _words(line))
    if not set(parameter.needed) <= set(parts) <= set(parameter.names):
        raise LineError(number)
    return parts


def _once(entries: Iterable[tuple[int, str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, name, value in entries:
        if name in found:
            raise RepeatedLine(number)
        found[name] = value
    return found


def _entry(parts: Parts, number: int, line: str) -> tuple[str, Any]:
    key, value = _split(number, line)
    if parts is Parts.ENTRY:
        return key, value
    if parts is Parts.ENTRY_OR_LIST:
        some = _words(value)
        return key, some if len(some) > 1 else value
    if parts is Parts.ENTRY_OF_LIST:
        return key, _words(value)
    return key, [_words(each) for each in value.translate(_COMMAS).split(";") if each.strip()]


def _split(number: int, text: str) -> tuple[str, str]:
    key, mark, value = text.replace("＝", "=").partition("=")
    if not mark or not key.strip():
        raise LineError(number)
    return key.strip(), value.strip()
