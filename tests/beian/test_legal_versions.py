"""Who consented is recorded with a version: one version never says two things."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from beian.legal_texts import FOLDER, legal_text

SAID = tomllib.loads(Path(__file__).with_name("legal_versions.toml").read_text(encoding="utf-8"))


def test_every_text_has_its_versions_written_down() -> None:
    assert set(SAID) == {path.stem for path in FOLDER.glob("*.toml")}


@pytest.mark.parametrize("key", sorted(SAID))
def test_version_says_what_it_said_when_it_was_written_down(key) -> None:
    """A changed text is a new version in its file, and a new line in legal_versions.toml."""
    text = legal_text(key)
    parts = [text.title_zh, text.title_en, *text.body_zh, *text.body_en]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()

    assert SAID[key].get(text.version) == digest
