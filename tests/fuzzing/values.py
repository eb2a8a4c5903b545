"""Values that programs stumble over. Text goes over the line as UTF-8 unless it is bytes."""

from __future__ import annotations

import uuid
from random import Random

Value = str | bytes

EMPTY = ("", " ", "\t", "\u3000", "\u200b", "\ufeff")
CONTROL = ("\0", "a\0b", "a\r\nb", "\x1b[31m", "\x7f", b"\xff\xfe", b"\xed\xa0\x80", b"%00", b"%")
NUMBERS = (
    *("0", "-1", "1", "2", "99", "2147483648", "9223372036854775808", "9" * 400, "1e999", "NaN"),
    *("0x10", "1_000", "1.5", "-0", "+1", "１２", "١٢٣", "²", "½", "Ⅷ", "𝟙", "零", "Infinity"),
)
DATES = (
    "2024-02-30",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2024-1-1",
    "１９９９",
)
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 }}{% debug %}",
    "%s%n%(name)s",
    "{0.__class__}",
    "' or 1=1 --",
    "$(id)",
    "../../etc/passwd",
)
JSONISH = ("[]", "{}", "null", "None", "true", '{"a":[1]}', "[object Object]", "undefined")
PLACES = (
    *(
        "http://[::1",
        "//example.com",
        "https://example.com/%zz",
        "javascript:alert(1)",
        "/\\a",
        "?",
    ),
    *("256.1.1.1", "::1", "10.0.0.0/8", "1.1.1.1,", "fe80::1%eth0"),
    *(
        "a..b",
        ".",
        "-a.com",
        "xn--",
        "xn--a.com",
        "☃.net",
        "ß.de",
        "a.com.",
        "中文.中国",
        "a" * 70 + ".com",
    ),
    *("@", "a@b", "a@[1.1.1.1]", '"a b"@example.com', "@".join("ab" * 200)),
)
TEXTS = (
    *("e\u0301", "\u202eabc", "👩‍👩‍👧", "𠮷野家", "ﷺ", "İı", "ǆ", "한국", "示例", "　示　例　"),
    *("a" * 300, "字" * 5_000, "a b " * 3_000, "\n" * 400),
)
PATHS = (
    *("services[0].name", "services[9].name", "services[-1]", "services[99999999999999].name"),
    *(
        "services",
        "services[0]",
        "services[0",
        "subject",
        "subject.principal.__class__",
        "materials",
    ),
    *(
        "materials.x",
        "subject.principal.mobile",
        ".",
        "[]",
        "subject..name",
        "services[0].domains[0]",
    ),
)
PEOPLE = (
    *("13800000034", "+8613800000034", "1380000003４", "0086 138 0000 0034", "000000", "123456"),
    *("330102198501010014", "91330102MA0000001C", "33", "3301", "11X", "BA20261120-0001"),
)
FAMILIES = (EMPTY, CONTROL, NUMBERS, DATES, MARKUP, JSONISH, PLACES, TEXTS, PATHS, PEOPLE)
# Once in a while something so long that only a limit can stop it.
ENORMOUS = 300_000


def value(dice: Random) -> Value:
    if dice.random() < 0.01:
        return "a" * ENORMOUS
    if dice.random() < 0.05:
        return str(uuid.UUID(int=dice.getrandbits(128)))
    if dice.random() < 0.1:
        return "".join(
            chr(dice.choice((32, 60, 0x4E00, 0x600, 0x1F600)) + dice.randrange(60))
            for _ in range(8)
        )
    return dice.choice(dice.choice(FAMILIES))


def text(dice: Random) -> str:
    """A value where only text is possible: a header, the path."""
    found = value(dice)
    return found if isinstance(found, str) else found.decode("latin-1")
