"""A loaded rule: a row with its kind, ready to turn a case into findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from rules.finding import ADVICE, SEVERITY, Finding, Outcome
from rules.kinds import Case, Hit, Kind, Result, Unknown, Word
from rules.kinds.asked_papers import AskedPapers
from rules.kinds.people import SAME
from rules.row import RuleRow, RuleText, Title
from rules.topics import OF_KEEPER, OF_KIND, Topic
from rules.vocabulary import FACTS, MATERIALS, Scope
from rules.who import PERSONAL, natures_of, order_types_of

# Of each rule; of those not met for long some give way.
FINDINGS_KEPT = 32

Texts = tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True, eq=False)
class Rule:
    """`province` None is a national rule; `kind` None a demand kept elsewhere."""

    row: RuleRow
    kind: Kind | None
    province: str | None
    _unknown: dict[tuple[tuple[str, ...], str], Texts] = field(default_factory=dict, repr=False)

    @cached_property
    def natures(self) -> frozenset[str]:
        return natures_of(self.row.who)

    @cached_property
    def order_types(self) -> frozenset[str]:
        return order_types_of(self.row.orders)

    @cached_property
    def is_additive(self) -> bool:
        if self.row.additive is not None:
            return self.row.additive
        return self.kind is not None and self.kind.additive

    @cached_property
    def slot(self) -> str:
        """What a province's row replaces. An additive rule without a named slot has its own."""
        if self.row.slot is not None:
            return self.row.slot
        return self.row.key if self.is_additive else str(self.row.kind)

    @property
    def topic(self) -> Topic:
        """The heading it stands under where somebody prepares a filing."""
        if self.row.topic is not None:
            return self.row.topic
        return OF_KIND[str(self.row.kind)] if self.kind else OF_KEEPER[self.row.enforced_by]

    @cached_property
    def asked_papers(self) -> tuple[AskedPapers, ...]:
        """The papers it asks for, with how many of them come."""
        return self.kind.asked_papers() if self.kind is not None else ()

    @cached_property
    def scope(self) -> Scope:
        reads = self.kind.reads() if self.kind is not None else ()
        return "service" if any(FACTS[fact].scope == "service" for fact in reads) else "order"

    @cached_property
    def looks_at(self) -> frozenset[str]:
        """The facts that decide what it finds about a service: those its kind reads, and where it
        looks at the service principal whether that is the subject principal too."""
        reads = self.kind.reads() if self.kind is not None else ()
        looks_at_person = any(fact.startswith("service_principal.") for fact in reads)
        return frozenset((*reads, SAME) if looks_at_person else reads)

    @cached_property
    def _source(self) -> dict[str, str]:
        return self.row.source.to_dict()

    @cached_property
    def _parameters(self) -> Mapping[str, Any]:
        return self.kind.model_dump() if self.kind is not None else {}

    @cached_property
    def _personal_texts(self) -> dict[str, RuleText]:
        return {**self.row.text, **self.row.personal.text}

    @cached_property
    def _fixed_texts(self) -> dict[tuple[str, bool], Texts]:
        """Texts whose words the row alone decides, by tag and whether a natural person files."""
        if self.kind is None or self.kind.values:
            return {}
        return {
            (about, is_personal): _fill(text, self._parameters)
            for is_personal in (False, True)
            for about, text in self._words(is_personal=is_personal).items()
        }

    def _words(self, *, is_personal: bool) -> dict[str, RuleText]:
        return self._personal_texts if is_personal else self.row.text

    @cached_property
    def _titles(self) -> dict[bool, Title]:
        personal = self.row.personal.title or self.row.title
        titles = {False: self.row.title, True: personal}
        return {key: title.filled(self._parameters) for key, title in titles.items()}

    def title(self, nature: str | None) -> Title:
        """The demand in one sentence, in words for a subject of this nature."""
        return self._titles[nature in PERSONAL]

    def words_of(self, about: str, nature: str | None) -> Texts:
        """What is said where it is not met, and the remedy, without words only a case has."""
        return self._texts(Hit(about, ()), is_personal=nature in PERSONAL)

    @cached_property
    def check(self) -> Callable[[Case], Iterable[Result]]:
        """The kind's check; a demand kept elsewhere finds nothing."""
        return self.kind.check if self.kind is not None else lambda _case: ()

    def findings(self, case: Case, index: int) -> Sequence[Finding]:
        """Return what this rule finds in one case; `index` is the service's place in the order."""
        return self.told(self.check(case), case, index)

    def told(self, results: Iterable[Result], case: Case, index: int) -> Sequence[Finding]:
        """Return what the check found in the words of this rule."""
        is_personal = case.facts.get("subject.nature") in PERSONAL
        return [
            self._told(result, index, is_personal)
            if isinstance(result, Hit) and result.values
            else self._told_alike(result, index, is_personal)
            for result in results
        ]

    def _told(self, result: Result, index: int, is_personal: bool) -> Finding:
        if isinstance(result, Unknown):
            return self._not_checked(result, index, is_personal=is_personal)
        return self._found(result, index, is_personal=is_personal)

    @cached_property
    def _told_alike(self) -> Callable[[Result, int, bool], Finding]:
        """The same for results that bring no words of an order along: each is told once."""
        return lru_cache(maxsize=FINDINGS_KEPT)(self._told)

    def findings_in_doubt(
        self, case: Case, index: int, unknown: tuple[str, ...]
    ) -> Iterator[Finding]:
        """The same where nobody knows, for want of `unknown`, whether this rule holds."""
        is_personal = case.facts.get("subject.nature") in PERSONAL
        for result in self.check(case):
            if isinstance(result, Unknown):
                yield self._not_checked(result, index, is_personal=is_personal)
            else:
                known = result.facts
                yield self._not_checked(Unknown(unknown), index, known, is_personal=is_personal)

    def _found(self, hit: Hit, index: int, *, is_personal: bool) -> Finding:
        """Put a hit into words for a service's place in the order."""
        message, remedy = self._texts(hit, is_personal=is_personal)
        return Finding(
            rule=self.row.id,
            kind=str(self.row.kind),
            outcome=self._outcome(hit.outcome),
            about=hit.about,
            message=message,
            remedy=remedy,
            source=self._source,
            paths=self._paths(hit, index),
            facts=hit.facts,
            material=hit.material,
            any_of=hit.any_of if len(hit.any_of) > 1 else (),
            confidence=self.row.confidence,
            audience=self.row.audience,
        )

    def _outcome(self, softened: str | None) -> Outcome:
        own: Any = self.row.outcome
        if softened is None or SEVERITY[softened] < SEVERITY[own]:
            return own
        return softened  # type: ignore[return-value]  # one of SEVERITY's three

    def _texts(self, hit: Hit, *, is_personal: bool) -> Texts:
        words = self._words(is_personal=is_personal)
        about = hit.about if hit.about in words else "default"
        fixed = self._fixed_texts.get((about, is_personal))
        if fixed is not None:
            return fixed
        return _fill(words[about], {**self._parameters, **hit.values})

    def _paths(self, hit: Hit, index: int) -> tuple[str, ...]:
        return _at(index, self.row.paths or _paths_of(hit.facts), hit.material)

    def _not_checked(
        self, unknown: Unknown, index: int, known: tuple[str, ...] = (), *, is_personal: bool
    ) -> Finding:
        """The same for what nobody knows; `known` are facts that would be held against the
        order."""
        facts = tuple(dict.fromkeys((*unknown.facts, *known)))
        message, remedy = self._unknown_texts(unknown.facts, self._titles[is_personal])
        return Finding(
            rule=self.row.id,
            kind=str(self.row.kind),
            outcome=ADVICE,
            about="unknown",
            message=message,
            remedy=remedy,
            source=self._source,
            paths=_at(index, _paths_of(facts)),
            facts=facts,
            confidence=self.row.confidence,
            audience="reviewer",
            unknown=unknown.facts,
        )

    def _unknown_texts(self, facts: tuple[str, ...], title: Title) -> Texts:
        key = (facts, title.zh)
        texts = self._unknown.get(key)
        if texts is None:
            zh = "、".join(FACTS[fact].zh for fact in facts)
            en = ", ".join(FACTS[fact].en for fact in facts)
            texts = (
                {
                    "zh": f"暂缺“{zh}”，系统无法核对本项要求：{title.zh}",
                    "en": f"Not checked, because this is not known: {en}. Demand: {title.en}",
                },
                {
                    "zh": "请对照材料或登记信息人工核对。",
                    "en": "Please check it by hand against the documents or the register.",
                },
            )
            self._unknown[key] = texts
        return texts


def _fill(text: RuleText, words: Mapping[str, Any]) -> Texts:
    zh = {name: word.zh if isinstance(word, Word) else word for name, word in words.items()}
    en = {name: word.en if isinstance(word, Word) else word for name, word in words.items()}
    return (
        {"zh": text.zh.format_map(zh), "en": text.en.format_map(en)},
        {"zh": text.remedy_zh.format_map(zh), "en": text.remedy_en.format_map(en)},
    )


@lru_cache(maxsize=4096)
def _paths_of(facts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for fact in facts for path in FACTS[fact].paths))


@lru_cache(maxsize=4096)
def _at(index: int, paths: tuple[str, ...], material: str | None = None) -> tuple[str, ...]:
    """The paths in the service of this index, and that of the paper."""
    papers = () if material is None else (MATERIALS[material].path,)
    return tuple(path.replace("{i}", str(index)) for path in dict.fromkeys((*paths, *papers)))
