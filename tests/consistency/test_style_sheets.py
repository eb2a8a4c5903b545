"""The style sheets name tokens that are there, and none for what it is not."""

import re

from beian.launch.place import ROOT

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_USED = re.compile(r"var\((--[\w-]+)\)")
_PAINTED = re.compile(r"\s(?:border[\w-]*|background[\w-]*|color|outline[\w-]*)\s*:[^;]*;")
_LENGTH = re.compile(r"[\d.]+(?:rem|px|em)")


def texts() -> dict[str, str]:
    return {path.name: path.read_text() for path in SHEETS}


def test_every_token_is_defined():
    known = {name for text in texts().values() for name, _value in _TOKEN.findall(text)}
    strange = {(name, token) for name, text in texts().items() for token in _USED.findall(text)}

    assert {pair for pair in strange if pair[1] not in known} == set()


def test_nothing_is_painted_with_a_length():
    """A rule that mixes them up is dropped by the browser without a word."""
    lengths = {
        name
        for text in texts().values()
        for name, value in _TOKEN.findall(text)
        if _LENGTH.fullmatch(value) and not name.startswith(("--radius", "--space"))
    }
    painted = {
        (name, rule.strip())
        for name, text in texts().items()
        for rule in _PAINTED.findall(text)
        if lengths & set(_USED.findall(rule))
    }

    assert painted == set()
