"""One rule as it stands in a data file, and what is checked about it when it is loaded."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rules.topics import Topic
from rules.who import ORDERS, WHO

Level = Literal["block", "material", "advice", "ok"]
Confidence = Literal["high", "medium", "low"]


def _chinese(text: str) -> str:
    if not any("\u4e00" <= character <= "\u9fff" for character in text):
        raise ValueError("the Chinese text contains no Chinese")
    return text


def _who(letter: str) -> str:
    if letter not in WHO:
        raise ValueError(f"{letter} names nobody")
    return letter


def _orders(word: str) -> str:
    if word not in ORDERS:
        raise ValueError(f"{word} is no order type")
    return word


Chinese = Annotated[str, Field(min_length=2), AfterValidator(_chinese)]
English = Annotated[str, Field(min_length=2)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Strict):
    """The demand itself in one sentence; {figures} are the rule's parameters."""

    zh: Chinese
    en: English

    def filled(self, words: Mapping[str, Any]) -> Self:
        return self.model_copy(
            update={"zh": self.zh.format_map(words), "en": self.en.format_map(words)}
        )


class RuleText(_Strict):
    """What is wrong, naming the field, and what to do about it."""

    zh: Chinese
    en: English
    remedy_zh: Chinese
    remedy_en: English


class Source(_Strict):
    """Whoever shows `url` may make a link of it: an address that would run code is none."""

    title: English
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None
    retrieved: date

    def to_dict(self) -> dict[str, str]:
        return self.model_dump(mode="json", exclude_none=True)


class Personal(_Strict):
    """What the row says where the subject is a natural person, who is their own responsible
    person: other words for the same demand. `is_noted` False: nothing a person has to be told."""

    title: Title | None = None
    text: dict[str, RuleText] = {}
    is_noted: bool = True


class RuleRow(_Strict):
    """A row. `id` may stand in several rows that differ in `part`.

    `slot` is what a province's row replaces; without one the kind is the slot, and for additive
    kinds nothing is replaced. `enforced_by` other than "rules" marks a demand that no fact decides:
    the row keeps the list complete, `note` says where it is kept. A row that `takes_objection` does
    so even where the sure national rule it replaces would block as well.
    """

    id: Annotated[str, Field(pattern=r"^(N|[0-9]{2}-)(0[1-9]|[1-9][0-9])$")]
    # Part of addresses and of keys, whose column holds 60 signs.
    part: Annotated[str, Field(pattern=r"^([a-z0-9_]{1,40})?$")] = ""
    title: Title
    who: Annotated[tuple[Annotated[str, AfterValidator(_who)], ...], Field(min_length=1)]
    orders: Annotated[tuple[Annotated[str, AfterValidator(_orders)], ...], Field(min_length=1)]
    services: tuple[Literal["website", "app"], ...] = ("website", "app")
    source: Source
    confidence: Confidence
    enforced_by: Literal["rules", "workflow", "forms", "uploads", "order_type"] = "rules"
    note: Title | None = None
    topic: Topic | None = None

    kind: str | None = None
    outcome: Level | None = None
    slot: str | None = None
    additive: bool | None = None
    audience: Literal["all", "reviewer"] = "all"
    takes_objection: bool = False
    params: dict[str, Any] = {}
    text: dict[str, RuleText] = {}
    personal: Personal = Personal()
    paths: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    enabled: bool = True

    @property
    def key(self) -> str:
        return f"{self.id}/{self.part}" if self.part else self.id

    @model_validator(mode="after")
    def _complete(self) -> "RuleRow":
        if self.enforced_by != "rules":
            if self.kind is not None or self.note is None:
                raise ValueError("a row kept elsewhere has a note and no kind")
            return self
        if self.kind is None or self.outcome is None:
            raise ValueError("kind and outcome are needed")
        if self.confidence == "low" and self.enabled and self.outcome in ("block", "material"):
            raise ValueError("a rule of low confidence ships disabled or as advice")
        return self
