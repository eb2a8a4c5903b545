"""Agreements and notices shown to people: shipped as data, each with a version.

A changed text is a new version in its file; records keep version and digest of what was shown.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "data" / "legal"


@dataclass(frozen=True)
class LegalText:
    """One text in one version; bodies are lists of paragraphs."""

    key: str
    version: str
    source: str
    title_zh: str
    title_en: str
    body_zh: tuple[str, ...]
    body_en: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of both languages: proves what was shown."""
        parts = [self.title_zh, self.title_en, *self.body_zh, *self.body_en]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def title(self) -> str:
        return self.title_en if _is_english() else self.title_zh

    @property
    def body(self) -> tuple[str, ...]:
        return self.body_en if _is_english() else self.body_zh


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _read(path: Path) -> LegalText:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    return LegalText(
        key=path.stem,
        version=row["version"],
        source=row["source"],
        title_zh=row["title"]["zh"],
        title_en=row["title"]["en"],
        body_zh=tuple(row["body"]["zh"]),
        body_en=tuple(row["body"]["en"]),
    )


@lru_cache
def _all() -> dict[str, LegalText]:
    texts = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {text.key: text for text in texts}


def legal_text(key: str) -> LegalText:
    """The version in force; raises KeyError for a text that is not shipped."""
    return _all()[key]
