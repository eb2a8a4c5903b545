"""What messages with portal codes say (data/code_texts.toml)."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from beian.actions.notices import Message
from beian.site_settings import setting

FILE = Path(__file__).parent / "data" / "code_texts.toml"


@lru_cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _notice_url() -> str:
    """Where anybody can read the notice to responsible persons."""
    return f"{setting('site.public_url').rstrip('/')}{reverse('public:privacy')}#contact_notice"


def code_message(key: str, code: str = "") -> Message:
    """The message `key` in both languages: whoever holds the phone may have no account yet."""
    row = _texts()[key]
    facts = {"code": code, "minutes": setting("code.minutes"), "notice": _notice_url()}
    named = {
        "zh": {
            **facts,
            "product": setting("site.product_name"),
            "provider": setting("site.provider_name"),
        },
        "en": {
            **facts,
            "product": setting("site.product_name_en"),
            "provider": setting("site.provider_name_en"),
        },
    }
    return Message(
        template=f"code_{key}",
        subject=" / ".join(row["subject"][language] for language in named),
        body="\n".join(row["body"][language].format(**named[language]) for language in named),
        is_secret=True,
    )
