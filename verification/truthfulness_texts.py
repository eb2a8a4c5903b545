"""What the message with a link to the truthfulness check says (data/truthfulness_texts.toml)."""

import tomllib
from functools import lru_cache
from pathlib import Path

from beian.actions.notices import Message
from beian.site_settings import setting

FILE = Path(__file__).parent / "data" / "truthfulness_texts.toml"


@lru_cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def link_message(*, link: str, who: str, is_asked: bool) -> Message:
    """In both languages: whoever holds the phone has no account. Secret, because of the link."""
    row = _texts()["link" if is_asked else "withdraw"]
    facts = {"link": link, "who": who, "minutes": setting("truthfulness.link_minutes")}
    named = {"zh": setting("site.product_name"), "en": setting("site.product_name_en")}
    lines = (row[language].format(**facts, product=name) for language, name in named.items())
    return Message(template="truthfulness_link", body="\n".join(lines), is_secret=True)
