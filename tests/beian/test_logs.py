"""No certificate number, phone, mail, code or name ever reaches a log line."""

import io
import json
import logging
from logging.config import dictConfig

import pytest
import structlog

from beian import logs

SECRETS = ["330102198501010014", "91330102MA0000001C", "13800000034", "lin@example.com", "204817"]
NAMES = ["林金丝", "阿迪力·示例江", "𠮷示例", r"\u6797\u91d1\u4e1d", "%E6%9E%97%E9%87%91"]
NAMES += [name.encode().decode("latin-1") for name in ("林金丝", "𠮷示例", "龍")]
NAMES += [ascii(name)[1:-1] for name in NAMES[-3:]]


@pytest.mark.parametrize("secret", SECRETS)
def test_scrub_removes_what_is_personal(secret):
    assert secret not in logs.scrub(f"值是 {secret}，完")


@pytest.mark.parametrize("kept", ["BA20261120-0032", "2026-11-23 10:26", "HTTP 500", "port 8000"])
def test_scrub_keeps_what_is_not(kept):
    assert logs.scrub(kept) == kept


@pytest.fixture
def lines():
    """The configured handler of every process, writing where the test can read it."""
    root = logging.getLogger()
    before = list(root.handlers)
    dictConfig(logs.logging_config("INFO"))
    written = io.StringIO()
    root.handlers[0].setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = before


def test_hash_of_a_seal_is_kept_although_it_looks_like_a_phone(lines):
    looks_like_a_phone = f"ab{'13800000034':c<62}"

    structlog.get_logger("test").info("audit trail sealed", seal_hash=looks_like_a_phone)

    assert [line["seal_hash"] for line in lines()] == [looks_like_a_phone]


def test_log_line_is_json_with_the_request_id_and_without_secrets(lines):
    logs.request_id.set("abc123def456")
    log = structlog.get_logger("test")

    log.warning("sent to 13800000034", detail={"cert": ["330102198501010014"]})

    (line,) = lines()
    assert line["request_id"] == "abc123def456"
    assert line["event"] == "sent to [phone]"
    assert line["detail"] == {"cert": ["[certificate]"]}


@pytest.mark.parametrize("name", NAMES)
def test_log_line_names_nobody(lines, name):
    logging.getLogger("other.library").warning("no account of %s", name)

    (line,) = lines()
    assert line["event"] == "no account of [text]"


def test_traceback_is_scrubbed_as_well(lines):
    try:
        raise ValueError("code 204817 of 13800000034, 林金丝")
    except ValueError:
        logging.getLogger("other.library").exception("failed")

    (line,) = lines()
    assert "13800000034" not in json.dumps(line)
    assert "204817" not in json.dumps(line)
    assert "林金丝" not in json.dumps(line, ensure_ascii=False)
    assert "ValueError" in json.dumps(line)
