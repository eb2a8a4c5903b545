"""A rule as a form: made from the row's own kind, so that no sentence of code is ever typed."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError as KindRefusal

from beian.forms import PageForm
from orders.forms.rule_fields import field_of, in_old_order, shown, value_from
from orders.forms.rule_frame import (
    PARTS,
    demand_fields,
    outcome_fields,
    place_fields,
    reason_field,
    source_fields,
    text_fields,
)
from orders.objections import NEVER
from orders.rulebook import words
from orders.rulebook.content import checked
from orders.rulebook.fault_words import words_of
from orders.rulebook.field_words import path_label
from orders.rulebook.listing import NATIONAL
from orders.rulebook.new_rule import demand_of, demands_of, placed
from orders.rulebook.parameters import Shape, fits, parameters_of
from rules.kinds import KINDS
from rules.loader import RuleDataError
from rules.overlay import province_of_key

_ABOUT = re.compile(r"text-([a-z_.]{1,60})-zh")
# Parts of a row whose faults are the same whatever they are called: they are named with each.
SAID = frozenset({"title", "note", "text", "personal"})
Section = tuple[str, list[Any]]


class RuleForm(PageForm):
    """`row` is what the form begins with; `row_typed` what it says, in the shape of the files.

    A rule that no release ships `is_own`: the demand it belongs to is asked for too, and its
    findings may share one text.
    """

    def __init__(
        self,
        data=None,
        *,
        key: str,
        row: Mapping[str, Any],
        reason: str = "",
        is_own: bool = False,
        **kwargs,
    ):
        self.key, self.row = key, row
        self.kind = KINDS.get(row.get("kind") or "")
        # Of a kind this release does not know, nobody can say what it would stand beside.
        self.is_own = is_own and self.kind is not None
        self.parameters = parameters_of(self.kind) if self.kind else []
        self.row_typed: dict[str, Any] = {}
        self.parts: list[tuple[str, list[str]]] = []
        super().__init__(data, **kwargs)
        self._add(_("要求"), self._demand_fields())
        self._add(_("参数"), self._parameter_fields())
        self._add(_("结果"), outcome_fields(row, may_take_objection=self._may_take_objection()))
        for about in self._abouts():
            fields = text_fields(self.row, "text", about, self._label_of, is_shared=self.is_own)
            self._add(self._text_heading(about), fields)
        for about in row.get("personal", {}).get("text", {}):
            heading = _("个人备案的提示文字：%(about)s") % {"about": self._about_label(about)}
            self._add(heading, text_fields(self.row, "personal", about, self._label_of))
        self._add(_("来源"), source_fields(row))
        heading, field = self._reason()
        self._add(heading, [("reason", field, reason)])

    def _add(self, heading: str, fields: Any) -> None:
        names = []
        for name, field, initial in fields:
            self.fields[name] = field
            self.initial[name] = initial
            names.append(name)
        if names:
            self.parts.append((heading, names))

    @property
    def fillers(self) -> list[tuple[str, str]]:
        """What texts may hold in braces, and what is written in its place."""
        if self.kind is None:
            return []
        figures = [each.name for each in self.parameters if each.shape is Shape.NUMBER]
        names = dict.fromkeys([*figures, *sorted(self.kind.values)])
        return [(name, words.parameter_label(self.row["kind"], name)) for name in names]

    @property
    def sections(self) -> list[Section]:
        return [(heading, [self[name] for name in names]) for heading, names in self.parts]

    def _reason(self) -> tuple[str, Any]:
        return _("为什么修改"), reason_field()

    def _demand_fields(self) -> Iterator[tuple[str, Any, Any]]:
        yield from demand_fields(self.row)
        if self.is_own and self.kind is not None:
            place = province_of_key(self.key) or NATIONAL
            yield from place_fields(demand_of(self.row), demands_of(place, self.kind))

    def _may_take_objection(self) -> bool:
        """Whether the row could say so: of a province, and not about an age that is law."""
        return province_of_key(self.key) is not None and self.row.get("kind") not in (None, *NEVER)

    def _parameter_fields(self) -> Iterator[tuple[str, Any, Any]]:
        given = self.row.get("params", {})
        for parameter in self.parameters:
            label = words.parameter_label(self.row["kind"], parameter.name)
            value = given.get(parameter.name, parameter.default)
            if self.kind is not None and not fits(self.kind, parameter, value):
                value = parameter.default
            yield f"param-{parameter.name}", field_of(parameter, label), shown(parameter, value)

    def _text_heading(self, about: str) -> str:
        """One text alone is that of every finding."""
        is_alone = not self.row.get("text", {}).keys() - {"default"}
        if about == "default" and (self.is_own or is_alone):
            return _("提示文字")
        if self.is_own:
            return _("另有的提示文字：%(about)s（可不填）") % {"about": self._about_label(about)}
        return _("提示文字：%(about)s") % {"about": self._about_label(about)}

    def _about_label(self, about: str) -> str:
        return words.finding_label(self.row.get("kind") or "", about)

    def _abouts(self) -> list[str]:
        """Findings the texts are for: those written already, those the row's parameters can yield
        without a text for all, and those a page asked for before."""
        written = list(self.row.get("text", {}))
        is_enough = "default" in written and not self.is_own
        possible = [] if is_enough else self._possible(self.row.get("params", {}))
        asked = [found[1] for name in self.data if (found := _ABOUT.fullmatch(name))]
        return list(dict.fromkeys([*written, *possible, *asked]))

    def _possible(self, params: Mapping[str, Any]) -> list[str]:
        """The tags the kind can yield; none for parameters it refuses."""
        try:
            return list(self.kind.model_validate(params).abouts()) if self.kind else []
        except KindRefusal:
            return []

    def clean(self):
        """Put the row together and check it as the loader does; raises nothing."""
        super().clean()
        if self.errors:
            return self.cleaned_data
        row = self._typed()
        self._ask_for_missing_texts(row)
        if not self.errors:
            try:
                self.row_typed = checked(self.key, row)
            except RuleDataError as error:
                self.add_faults(error)
        return self.cleaned_data

    def add_faults(self, error: RuleDataError) -> None:
        """Show each fault beside the field it is about, or above the form."""
        for fault in error.faults:
            own = field_name(fault.field)
            name = own if own in self.fields else None
            is_named = name is None or fault.field.split(".")[0] in SAID
            label = self._label_of(fault.field) if is_named and fault.field else ""
            told = {"label": label, "fault": words_of(fault)}
            self.add_error(name, _("%(label)s：%(fault)s") % told if label else told["fault"])

    def _label_of(self, path: str) -> str:
        return path_label(path, self.row.get("kind") or "")

    def _ask_for_missing_texts(self, row: Mapping[str, Any]) -> None:
        texts = row.get("text", {})
        if row.get("outcome") == "ok":
            return
        for about, text in texts.items():
            for part in PARTS:
                if not text[part]:
                    self._ask_for(f"text-{about}-{part}")
        missing = [about for about in self._possible(row.get("params", {})) if about not in texts]
        if "default" in texts or not missing:
            return
        if self.is_own and "text-default-zh" in self.fields:
            for part in PARTS:
                self._ask_for(f"text-default-{part}")
            return
        for about in missing:
            if f"text-{about}-zh" not in self.fields:
                fields = text_fields(self.row, "text", about, self._label_of)
                self._add(self._text_heading(about), fields)
            self._ask_for(f"text-{about}-zh")

    def _ask_for(self, name: str) -> None:
        self.add_error(name, self.fields[name].error_messages["required"])

    def _typed(self) -> dict[str, Any]:
        """The row with what was typed in the place of its own."""
        given, row = self.cleaned_data, deepcopy(dict(self.row))
        row["title"] = {"zh": given["title_zh"], "en": given["title_en"]}
        for name in ("who", "orders", "services"):
            row[name] = in_old_order(given[name], self.row.get(name))
        for name in ("outcome", "audience", "confidence", "takes_objection"):
            if name in given:
                row[name] = given[name]
        row["enabled"] = given["enabled"]
        for name in ("valid_from", "valid_to"):
            row[name] = given[name].isoformat() if given[name] else None
        row["source"] = {
            "title": given["source_title"],
            "url": given["source_url"] or None,
            "retrieved": given["source_retrieved"].isoformat(),
        }
        if self.kind is not None:
            row["params"] = self._params()
            row["text"] = self._text_rows("text", self._known_abouts(row["params"]))
        if self.is_own and given["demand"] != demand_of(self.row):
            row = placed(row, given["demand"], self.key)
        if row.get("note"):
            row["note"] = {"zh": given["note_zh"], "en": given["note_en"]}
        self._put_personal(row)
        return row

    def _params(self) -> dict[str, Any]:
        """What differs from the defaults of the kind, and what the row says anyhow."""
        before = self.row.get("params", {})
        found = {}
        for parameter in self.parameters:
            typed = self.cleaned_data[f"param-{parameter.name}"]
            value = value_from(parameter, typed, before.get(parameter.name, parameter.default))
            if value != parameter.default or (parameter.name in before and value is not None):
                found[parameter.name] = value
        return found

    def _known_abouts(self, params: Mapping[str, Any]) -> list[str]:
        """Texts for anything else have lost their finding."""
        possible = self._possible(params)
        return ["default", *possible] if possible else list(self.row.get("text", {}))

    def _text_rows(self, group: str, abouts: list[str]) -> dict[str, dict[str, str]]:
        names = [f[len(group) + 1 : -3] for f in self.fields if _is_first(group, f)]
        texts = {
            about: {part: self.cleaned_data[f"{group}-{about}-{part}"] for part in PARTS}
            for about in names
            if about in abouts
        }
        return {about: text for about, text in texts.items() if any(text.values())}

    def _put_personal(self, row: dict[str, Any]) -> None:
        personal = row.get("personal")
        if not personal:
            return
        if personal.get("title"):
            given = self.cleaned_data
            personal["title"] = {
                "zh": given["personal_title_zh"],
                "en": given["personal_title_en"],
            }
        if personal.get("text"):
            known = self._known_abouts(row["params"])
            personal["text"] = self._text_rows("personal", known)


def field_name(path: str) -> str:
    """The form's name of a field of the row: "param-years" for "params.years"."""
    first, *rest = path.split(".")
    match first:
        case "params" if rest:
            return f"param-{rest[0]}"
        case "text" if rest:
            return f"text-{rest[0]}-{rest[1] if len(rest) > 1 else 'zh'}"
        case "personal" if rest:
            return field_of_person(rest)
        case "slot" | "additive":
            return "demand"
        case "title" | "note" | "source":
            return f"{first}_{rest[0] if rest else 'zh'}"
        case _:
            return first


def field_of_person(rest: list[str]) -> str:
    """As `field_name`, of the words for natural persons."""
    if rest[0] == "title":
        return f"personal_title_{rest[1] if len(rest) > 1 else 'zh'}"
    return "-".join(["personal", *rest[1:]])


def _is_first(group: str, name: str) -> bool:
    return name.startswith(f"{group}-") and name.endswith("-zh") and "remedy" not in name
