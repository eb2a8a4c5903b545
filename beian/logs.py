"""JSON logs with request and order id; personal data is removed before a line is written.

The filter is the last processor, so it also covers third-party messages and tracebacks
(no certificate number, phone, code or name may reach a log).
"""

import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="")
order_id: ContextVar[str] = ContextVar("order_id", default="")

# A Chinese character as it is, as Django escapes it in a path, as an address escapes it, or as its
# bytes look when a web server reads them one by one (some of them escaped).
_HAN = (
    "(?:[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
    r"|\\+(?:u[3-9a-fA-F][0-9a-fA-F]{3}|U000[23][0-9a-fA-F]{4})"
    "|(?:%[e-fE-F][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2,3})"
    r"|(?:[\u00e3-\u00e9\u00ef]|\\+xe[3-9f])(?:[\u0080-\u00bf]|\\+x[89ab][0-9a-f]){2}"
    r"|(?:\u00f0|\\+xf0)(?:[\u0080-\u00bf]|\\+x[89ab][0-9a-f]){3})"
)
_PERSONAL = (
    # Resident ID, credit code: 18 characters that end in a digit or a letter.
    (
        re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NP-RTUW-Y]{17}[0-9A-HJ-NP-RTUW-Yx](?![0-9A-Za-z])"),
        "[certificate]",
    ),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "[phone]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"(?<![\w.:-])\d{6}(?![\w:-])"), "[code]"),
)
# A name has no pattern of its own; but our own log texts are English.
_WORDS = re.compile(rf"{_HAN}(?:·?{_HAN})*")


def scrub(text: str) -> str:
    """Replace every certificate number, phone, mail address and six-digit code in `text`."""
    for pattern, label in _PERSONAL:
        text = pattern.sub(label, text)
    return text


def _scrub_value(value: object) -> object:
    if isinstance(value, str):
        return _WORDS.sub("[text]", scrub(value))
    if isinstance(value, dict):
        return {key: _scrub_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_scrub_value(item) for item in value]
    return value if isinstance(value, (int, float, bool, type(None))) else _scrub_value(str(value))


def _scrub_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    # Identifiers of ours are not personal and must stay usable for support; a hash may hold what
    # looks like a phone.
    kept = {"request_id", "order_id", "timestamp", "seal_hash"}
    return {key: value if key in kept else _scrub_value(value) for key, value in event.items()}


def _add_context(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for name, variable in (("request_id", request_id), ("order_id", order_id)):
        if variable.get():
            event.setdefault(name, variable.get())
    return event


def logging_config(level: str) -> dict:
    """Return the dictConfig of every process: one JSON line per record on standard error."""
    shared: list[structlog.typing.Processor] = [
        _add_context,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrub_event,
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared[:-2],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _scrub_event,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    structlog.configure(
        processors=[*shared[:-2], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.request": {"level": "WARNING"}, "celery": {"level": "WARNING"}},
    }
