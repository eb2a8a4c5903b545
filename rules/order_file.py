"""Orders as other programs ask about them: JSON objects, read and checked before any is judged."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from rules.regions import provinces
from rules.vocabulary import MATERIALS
from rules.who import ORDER_TYPES

KEYS = ("id", "province", "order_type", "facts", "materials")


class BadOrder(ValueError):
    """Something in the file cannot be used; the message names order, key and remedy."""


@dataclass(frozen=True, slots=True)
class AskedOrder:
    """`id` is whatever the asking program calls the order by; it comes back as it is.

    `ignored` are keys and papers that no rule knows: the asking program may keep more than is asked
    about, but a word written wrong should not go unseen.
    """

    id: Any
    province: str
    order_type: str
    facts: Mapping[str, Any]
    materials: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a complaint calls it."""
        return f"order {_name(self.id)}"


def read_orders(text: str) -> list[AskedOrder]:
    """Read one object or a list of objects; raises BadOrder for the first that is not sound."""
    try:
        content = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        return [_order(item) for item in (content if isinstance(content, list) else [content])]
    except RecursionError as error:
        raise BadOrder("nested too deep to be an order") from error
    except json.JSONDecodeError as error:
        raise BadOrder(f"no JSON: {error}") from error
    except BadOrder:
        raise
    except ValueError as error:
        # Python reads no whole number of more than 4300 digits (sys.get_int_max_str_digits).
        raise BadOrder("a number has too many digits to be read; write it as a string") from error


def _finite(word: str) -> float:
    number = float(word)
    if math.isinf(number):
        raise BadOrder(f"number {word} is too great to be read; write it as a string")
    return number


def _no_number(word: str) -> NoReturn:
    raise BadOrder(f"no JSON: {word} is no number there")


def _order(item: Any) -> AskedOrder:
    if not isinstance(item, Mapping):
        raise BadOrder("every order must be an object")
    facts = item.get("facts")
    if not isinstance(facts, Mapping):
        raise _bad(item, "facts must be an object")
    for part in (item, facts):
        _refuse_halves(item, part)
    materials = _materials(item)
    return AskedOrder(
        id=item.get("id"),
        province=_one_of(item, "province", provinces()),
        order_type=_one_of(item, "order_type", ORDER_TYPES),
        facts=facts,
        materials=materials,
        ignored=(*sorted(set(item) - set(KEYS)), *sorted(set(materials) - set(MATERIALS))),
    )


def _refuse_halves(item: Mapping[str, Any], part: Mapping[str, Any]) -> None:
    """JSON can write one half of a pair that makes a character (a surrogate); no text can."""
    for name, value in part.items():
        if value is not item.get("facts") and not _is_text((name, value)):
            raise _bad(item, f"{name!a} holds half of a character; write whole ones")


def _is_text(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _one_of(item: Mapping[str, Any], key: str, known: Any) -> str:
    value = item.get(key)
    if not isinstance(value, str):
        raise _bad(item, f"{key} must be a string")
    if value not in known:
        raise _bad(item, f'unknown {key.replace("_", " ")} "{value}"')
    return value


def _materials(item: Mapping[str, Any]) -> tuple[str, ...]:
    value = item.get("materials", [])
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise _bad(item, "materials must be a list of keys")
    return tuple(value)


def _bad(item: Mapping[str, Any], words: str) -> BadOrder:
    return BadOrder(f"order {_name(item.get('id'))}: {words}")


def _name(value: Any) -> str:
    """What a complaint calls an order; halves of characters are written out."""
    name = str(value)
    return name if _is_text(name) else ascii(name)
