"""The parameters of a kind as a form can ask for them: a shape, and what may be chosen.

Read from the kind's own fields, so that a new kind can be edited the day it comes.
"""

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from annotated_types import Ge, Le, MinLen
from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined

from orders.rulebook import words
from rules.enumerations import (
    content_categories,
    personal_certificate_types,
    pre_approvals,
)
from rules.kinds import Kind
from rules.kinds.base import FILING_PROVINCE, FactName, MaterialKey
from rules.kinds.conditions import WhoLetter
from rules.kinds.contacts import Area
from rules.kinds.identity import CertificateType
from rules.kinds.words import Category, PreApproval
from rules.regions import ProvinceCode, provinces
from rules.vocabulary import FACTS, MATERIALS
from rules.who import WHO
from rules.wordlists import WordListName, word_list_names

Choice = tuple[str, str]


class Shape(StrEnum):
    """How a value is asked for."""

    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    WORD = "word"
    # One entry a line: words, or the rows of something with parts.
    LINES = "lines"


class Parts(StrEnum):
    """What a line of `Shape.LINES` holds."""

    WORD = "word"
    SET = "set"
    PAIR = "pair"
    ENTRY = "entry"
    ENTRY_OR_LIST = "entry or list"
    ENTRY_OF_LIST = "entry of list"
    ENTRY_OF_SETS = "entry of sets"


@dataclass(frozen=True)
class Parameter:
    """`names` are the parts of a pair, `needed` those it cannot be without; `default` is what is
    meant where a row says nothing."""

    name: str
    shape: Shape
    choices: tuple[Choice, ...] = ()
    parts: Parts = Parts.WORD
    names: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    is_required: bool = False
    is_optional: bool = False
    minimum: int | None = None
    maximum: int | None = None
    default: Any = None


@dataclass(frozen=True)
class _Type:
    """An annotation without its wrappings; `base` is a tuple where it is one of several."""

    base: Any
    metadata: tuple[Any, ...]
    is_optional: bool = False


def parameters_of(kind: type[Kind]) -> list[Parameter]:
    """In the order of the kind's fields."""
    return [_parameter(name, info) for name, info in kind.model_fields.items()]


def fits(kind: type[Kind], parameter: Parameter, value: Any) -> bool:
    """Whether a row's value is one this release can ask for; rows of another may hold others."""
    if parameter.shape is Shape.CHOICES and isinstance(value, list | tuple):
        # A word nobody knows any more is left out; the others stay.
        return all(isinstance(word, str) for word in value)
    try:
        _adapter(kind, parameter.name).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _adapter(kind: type[Kind], name: str) -> TypeAdapter[Any]:
    info = kind.model_fields[name]
    annotation: Any = Annotated[info.annotation, info]
    return TypeAdapter(annotation)


def _parameter(name: str, info: Any) -> Parameter:
    known = _unwrapped(info.annotation, tuple(info.metadata))
    default = None if info.default is PydanticUndefined else info.default
    return Parameter(
        name=name,
        is_required=info.is_required() or _least(known) > 0,
        is_optional=known.is_optional,
        minimum=_limit(known, Ge, "ge"),
        maximum=_limit(known, Le, "le"),
        default=_plain(default),
        **_shape(known),
    )


def _limit(known: _Type, bound: type, name: str) -> int | None:
    return next((getattr(each, name) for each in known.metadata if isinstance(each, bound)), None)


def _plain(value: Any) -> Any:
    """As JSON has it."""
    match value:
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value


def _least(known: _Type) -> int:
    return next((each.min_length for each in known.metadata if isinstance(each, MinLen)), 0)


def _unwrapped(annotation: Any, metadata: tuple[Any, ...] = ()) -> _Type:
    """Annotated and "or None" taken off, in whatever order they come."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _unwrapped(inner, (*metadata, *_flat(more)))
    if origin in (typing.Union, types.UnionType):
        args = typing.get_args(annotation)
        some = tuple(arg for arg in args if arg is not types.NoneType)
        if len(some) > 1:
            return _Type(some, metadata, is_optional=len(some) < len(args))
        known = _unwrapped(some[0], metadata)
        return _Type(known.base, known.metadata, is_optional=True)
    return _Type(annotation, metadata)


def _flat(metadata: Iterable[Any]) -> list[Any]:
    """A Field inside Annotated brings constraints of its own."""
    return [each for one in metadata for each in (one, *getattr(one, "metadata", ()))]


def _shape(known: _Type) -> dict[str, Any]:
    origin = typing.get_origin(known.base)
    if known.base is bool:
        return {"shape": Shape.FLAG}
    if known.base is int:
        return {"shape": Shape.NUMBER}
    if known.base is date:
        return {"shape": Shape.DAY}
    choices = _choices(known)
    if choices:
        return {"shape": Shape.CHOICE, "choices": choices}
    if origin is tuple:
        return _list(_unwrapped(typing.get_args(known.base)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _entries(_unwrapped(typing.get_args(known.base)[1]))
    return {"shape": Shape.WORD}


def _list(item: _Type) -> dict[str, Any]:
    choices = _choices(item)
    if choices:
        return {"shape": Shape.CHOICES, "choices": choices}
    if typing.get_origin(item.base) is tuple:
        return {"shape": Shape.LINES, "parts": Parts.SET}
    if isinstance(item.base, type) and issubclass(item.base, BaseModel):
        fields = item.base.model_fields
        needed = tuple(name for name, info in fields.items() if info.is_required())
        names = tuple(fields)
        return {"shape": Shape.LINES, "parts": Parts.PAIR, "names": names, "needed": needed}
    return {"shape": Shape.LINES, "parts": Parts.WORD}


def _entries(value: _Type) -> dict[str, Any]:
    if isinstance(value.base, tuple):
        return {"shape": Shape.LINES, "parts": Parts.ENTRY_OR_LIST}
    if typing.get_origin(value.base) is not tuple:
        return {"shape": Shape.LINES, "parts": Parts.ENTRY}
    inner = _unwrapped(typing.get_args(value.base)[0])
    is_deep = typing.get_origin(inner.base) is tuple
    parts = Parts.ENTRY_OF_SETS if is_deep else Parts.ENTRY_OF_LIST
    return {"shape": Shape.LINES, "parts": parts}


def _choices(known: _Type) -> tuple[Choice, ...]:
    if typing.get_origin(known.base) is typing.Literal:
        return tuple((word, _literal_label(word)) for word in typing.get_args(known.base))
    for each in known.metadata:
        list_of = _LISTS.get(each.func) if isinstance(each, AfterValidator) else None
        if list_of is not None:
            return tuple(list_of())
    return ()


def _literal_label(word: str) -> str:
    return words.fact_label(word) if word in FACTS else words.word_label(word)


def _validator(alias: Any) -> Callable:
    """The function by which a name like FactName is told."""
    found = next(each for each in typing.get_args(alias)[1:] if isinstance(each, AfterValidator))
    return found.func


_LISTS: dict[Callable, Callable[[], Iterable[Choice]]] = {
    _validator(FactName): lambda: ((name, words.fact_label(name)) for name in FACTS),
    _validator(MaterialKey): lambda: ((key, words.material_label(key)) for key in MATERIALS),
    _validator(WordListName): lambda: (
        (name, words.word_list_label(name)) for name in word_list_names()
    ),
    _validator(WhoLetter): lambda: ((letter, words.who_label(letter)) for letter in WHO),
    _validator(Area): lambda: (
        (code, words.province_label(code)) for code in (FILING_PROVINCE, *provinces())
    ),
    _validator(ProvinceCode): lambda: ((code, words.province_label(code)) for code in provinces()),
    _validator(CertificateType): lambda: (
        (entry.key, words.certificate_label(entry.key)) for entry in personal_certificate_types()
    ),
    _validator(Category): lambda: (
        (entry.key, words.category_label(entry.key)) for entry in content_categories()
    ),
    _validator(PreApproval): lambda: (
        (entry.key, words.pre_approval_label(entry.key)) for entry in pre_approvals()
    ),
}
