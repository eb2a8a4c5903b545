"""Agreements and notices shown to people: shipped as data, each with a version.

A changed text is a new version in its file; records keep version and digest of what was shown.
{names} in a text are filled in from the settings, so that it promises what the code does.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from beian.data_language import data_language
from beian.site_settings import setting

FOLDER = Path(__file__).parent / "data" / "legal"
# What texts may name; names have an English setting beside the Chinese one.
_NAMES = {"provider": "site.provider_name", "verifier": "truthfulness.verifier_name"}
_FIGURES = {
    "verifier_contact": "truthfulness.verifier_contact",
    "unused_hours": "truthfulness.unused_photo_hours",
    "valid_days": "truthfulness.valid_days",
    "closed_days": "truthfulness.closed_order_photo_days",
    "closed_picture_days": "retention.closed_order_picture_days",
    "closed_order_days": "retention.closed_order_days",
    "rejected_picture_days": "retention.rejected_order_picture_days",
    "warning_days": "retention.warning_days",
    "code_hours": "retention.sms_code_hours",
    "notice_days": "retention.notice_days",
    "bureau_file_days": "retention.bureau_file_days",
    "backup_days": "backup.keep_days",
    "rejected_days": "truthfulness.rejected_order_photo_days",
}


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
        """SHA-256 of both languages as filled in now: proves what was shown."""
        bodies = (*_filled(self.body_zh, "zh"), *_filled(self.body_en, "en"))
        parts = [self.title_zh, self.title_en, *bodies]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def stamp(self) -> str:
        """What a box for this text posts: which version, in which words, the person had in view."""
        return f"{self.version}:{self.digest[:16]}"

    @property
    def title(self) -> str:
        return self.title_en if _is_english() else self.title_zh

    @property
    def body(self) -> tuple[str, ...]:
        return _filled(self.body_en, "en") if _is_english() else _filled(self.body_zh, "zh")


def _filled(paragraphs: tuple[str, ...], language: str) -> tuple[str, ...]:
    if not any("{" in paragraph for paragraph in paragraphs):
        return paragraphs
    suffix = "_en" if language == "en" else ""
    facts = {name: setting(f"{key}{suffix}") for name, key in _NAMES.items()}
    facts |= {name: setting(key) for name, key in _FIGURES.items()}
    return tuple(paragraph.format(**facts) for paragraph in paragraphs)


def _is_english() -> bool:
    return data_language() == "en"


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
