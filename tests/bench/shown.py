"""What every page of the album shows: errors, unavailable controls, personal numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from tests.browser.album import Snapshot
from tests.browser.pages import OWNER
from tests.measuring import progress

_TAG = re.compile(r"<[^>]+>")
_FIELD = re.compile(r'(?=<(?:div|fieldset) class="field[ "])')
_LABEL = re.compile(r"<(label|legend)[^>]*>(.*?)</\1>", re.DOTALL)
_ERROR = re.compile(r'<p class="field-error">(.*?)</p>', re.DOTALL)
_ASIDE = re.compile(r'<span class="(?:visually-hidden|field-optional)">.*?</span>', re.DOTALL)
_REMEDY = {
    "zh-hans": re.compile(r"请|应|须|只能|删除"),
    "en": re.compile(
        r"\b(enter|choose|tick|use|upload|remove|copy|check|ask|must|should|only|pick)\b", re.I
    ),
}
_UNAVAILABLE = re.compile(r'<\w+[^>]*(?:aria-disabled="true"|button--unavailable)[^>]*>')
_DISABLED = re.compile(r"<(?:input|select|textarea|button)[^>]*\sdisabled[\s>][^>]*")
_DESCRIBED = re.compile(r'aria-describedby="([^"]+)"')
_NUMBER = re.compile(r"(?<![\w*])(?:1[3-9]\d ?\d{4} ?\d{4}|\d{17}[\dXx])(?![\w*])")
# The telephone number that hints and errors give as an example.
_EXAMPLE = "138 0000 0034"


def helpful_errors(pages: list[Snapshot], language: str) -> tuple[int, int]:
    """How many different error sentences name their field and what to do, and how many there are.

    The field counts as named when its label stands in the sentence, in English all of its words.
    """
    found = {pair for shot in pages for pair in _errors(shot.html[language])}
    poor = [
        f"{label!r}: {sentence!r}"
        for label, sentence in sorted(found)
        if not _names(sentence, label) or not _REMEDY[language].search(sentence)
    ]
    for line in poor:
        progress(f"U8 {language}: {line}")
    return len(found) - len(poor), len(found)


def _names(sentence: str, label: str) -> bool:
    words = label.lower().split()
    return bool(words) and all(word in sentence.lower() for word in words)


def _errors(html: str) -> Iterator[tuple[str, str]]:
    """Label and sentence of every error beside a field."""
    for field in _FIELD.split(html)[1:]:
        label = _LABEL.search(field)
        for error in _ERROR.findall(field):
            yield _text(_ASIDE.sub("", label[2])) if label else "", _text(_ASIDE.sub("", error))


def explained_controls(pages: list[Snapshot]) -> tuple[int, int]:
    """How many unavailable controls say why, and how many there are."""
    explained = every = 0
    for shot in pages:
        for html in shot.html.values():
            for match in (*_UNAVAILABLE.finditer(html), *_DISABLED.finditer(html)):
                every += 1
                if _says_why(html, match):
                    explained += 1
                else:
                    progress(f"U20 {shot}: {match.group()}")
    return explained, every


def _says_why(html: str, control: re.Match[str]) -> bool:
    """By a described element with words in it, or by words inside that only readers hear."""
    described = _DESCRIBED.search(control.group())
    if described:
        return any(_words_of(html, ident) for ident in described[1].split())
    inside = html[control.end() :].partition("</span></span>")[0]
    return inside.count("<") == 1 and 'class="visually-hidden"' in inside


def _words_of(html: str, ident: str) -> str:
    after = html.partition(f'id="{ident}"')[2].partition(">")[2]
    return _text(re.split(r"</(?:p|div)>", after)[0])


def readable_values(pages: list[Snapshot]) -> Counter[str]:
    """Telephone and identity numbers in full: in the text of pages, and in forms of others."""
    counts: Counter[str] = Counter()
    for shot in pages:
        for html in shot.html.values():
            in_text = _numbers(_text(html))
            in_forms = _numbers(" ".join(re.findall(r'value="([^"]*)"', html)))
            counts["text"] += len(in_text)
            if shot.page.who != OWNER:
                counts["forms of others"] += len(in_forms)
            for number in in_text:
                progress(f"U24 {shot}: {number[:3]}… in full")
    return counts


def _numbers(text: str) -> list[str]:
    return [number for number in _NUMBER.findall(text) if number != _EXAMPLE]


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(_TAG.sub(" ", html))).strip()
