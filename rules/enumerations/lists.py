"""What forms, rules and pages ask of the lists. All functions give active rows in order."""

from rules.enumerations.loader import Entry, read_list

PERSONAL = "personal"


def _active(name: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in read_list(name) if entry.active)


def _find(name: str, key: str) -> Entry | None:
    return next((entry for entry in read_list(name) if entry.key == key), None)


def natures() -> tuple[Entry, ...]:
    """Subject natures (主办单位性质)."""
    return _active("natures")


def nature(key_or_code: str) -> Entry | None:
    """Return a nature by key ("enterprise") or by the ministry's code ("4")."""
    return next(
        (entry for entry in read_list("natures") if key_or_code in (entry.key, entry.code)), None
    )


def certificate_types(nature_key: str) -> tuple[Entry, ...]:
    """Certificates a subject of this nature may file with; `more["format"]` is its number's."""
    return tuple(row for row in _active("certificates") if row.more["nature"] == nature_key)


def certificate_type(key: str) -> Entry | None:
    return _find("certificates", key)


def personal_certificate_types(residency: str | None = None) -> tuple[Entry, ...]:
    """Certificates of natural persons, all or those of one residency (mainland, hk, macau, tw,
    foreign)."""
    return tuple(
        row
        for row in _active("personal_certificates")
        if residency is None or residency in row.more["residencies"]
    )


def personal_certificate_type(key: str) -> Entry | None:
    return _find("personal_certificates", key)


def content_categories(nature_key: str | None = None) -> tuple[Entry, ...]:
    """Website contents (网站服务内容); for natural persons only the two open to them."""
    rows = _active("content_categories")
    if nature_key != PERSONAL:
        return rows
    return tuple(row for row in rows if row.more.get("personal", False))


def languages() -> tuple[Entry, ...]:
    return _active("languages")


def pre_approvals() -> tuple[Entry, ...]:
    """Pre-approval categories (前置审批), the explicit "none of these" last."""
    return _active("pre_approvals")


def resource_kinds() -> tuple[Entry, ...]:
    """Resources a filing can rest on; `more["eligible"]` False rows explain a refusal."""
    return _active("resource_kinds")


def app_platforms() -> tuple[Entry, ...]:
    return _active("app_platforms")
