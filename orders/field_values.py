"""A dossier's values as people read them: enumerations by name, personal numbers masked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from beian.data_language import data_language
from beian.dates import dated_text
from beian.lazy_text import LazyText
from beian.masking import mask_address, mask_birth_date, mask_certificate, mask_mail, mask_phone
from beian.ui import DiffRow
from orders.dossier import NO_NUMBER, OTHER_SEAL, PERSONAL, Change, SubjectPart
from orders.field_labels import label_of, pattern_of
from orders.residents import RESIDENTS
from rules import enumerations
from rules.certificates import is_sole_proprietors
from rules.enumerations import Entry
from rules.regions import region_name

MASKS: dict[str, Callable[[str], str]] = {
    "mobile": mask_phone,
    "emergency_phone": mask_phone,
    "office_phone": mask_phone,
    "email": mask_mail,
}
PERSONS_OWN: dict[str, Callable[[str], str]] = {
    "cert_number": mask_certificate,
    "cert_address": mask_address,
    "contact_address": mask_address,
}
PRINCIPALS = ("subject.principal.", "services.principal.")
LISTS: dict[str, Callable[[], tuple[Entry, ...]]] = {
    "services.content_categories": enumerations.content_categories,
    "services.languages": enumerations.languages,
    "services.pre_approvals": enumerations.pre_approvals,
}
ENTRIES: dict[str, Callable[[str], Entry | None]] = {
    "subject.nature": enumerations.nature,
    "subject.cert_type": enumerations.certificate_type,
    "subject.principal.cert_type": enumerations.personal_certificate_type,
    "services.principal.cert_type": enumerations.personal_certificate_type,
}
REGIONS = frozenset({"subject.province", "subject.contact_region"})
# Answers that are said in words of the page.
SAID: dict[str, dict[str, LazyText]] = {
    "subject.licence_number": {NO_NUMBER: gettext_lazy("无")},
    "subject.licence_seal": {OTHER_SEAL: gettext_lazy("其他印章")},
    "legal_rep.residency": RESIDENTS,
}
# Ids mean nothing to a reader.
HIDDEN = frozenset({"services.ref", "services.kind"})


def _entry_text(entry: Entry | None, key: str) -> str:
    return entry.label(data_language()) if entry else key


def _list_text(pattern: str, values: list[str]) -> str:
    if pattern.startswith("materials"):
        count = len(values)
        return ngettext("%(count)d 个文件", "%(count)d 个文件", count) % {"count": count}
    names = {entry.key: entry.label(data_language()) for entry in LISTS.get(pattern, tuple)()}
    return gettext("、").join(names.get(value, value) for value in values)


def _plain_text(pattern: str, value: str, nature: str) -> str:
    if value in SAID.get(pattern, ()):
        return str(SAID[pattern][value])
    name = pattern.rpartition(".")[2]
    if name in MASKS:
        return MASKS[name](value)
    # A unit's certificate and address are public; a person's are not.
    is_public = nature != PERSONAL and not pattern.startswith(PRINCIPALS)
    if name in PERSONS_OWN and not is_public:
        return PERSONS_OWN[name](value)
    if pattern in ENTRIES:
        return _entry_text(ENTRIES[pattern](value), value)
    return region_name(value, data_language()) if pattern in REGIONS else value


def validity_text(*, is_long_term: bool, valid_to: date | None) -> str:
    """Until when a certificate is valid; empty where nothing is filled in."""
    if is_long_term:
        return gettext("长期有效")
    return gettext("有效期至 %(day)s") % {"day": dated_text(valid_to)} if valid_to else ""


def masked_text(path: str, value: Any, nature: str) -> str:
    """The same where it only has to be recognised.

    A unit's number is public, unless the unit is one person with a trade.
    """
    if pattern_of(path) == "subject.cert_number" and is_sole_proprietors(str(value or "")):
        return mask_certificate(str(value))
    return value_text(path, value, nature)


def value_text(path: str, value: Any, nature: str) -> str:
    """The value at `path` of a subject of this nature for a page; empty for nothing filled in."""
    pattern = pattern_of(path)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, date):
        is_birth_date = pattern.endswith(".birth_date")
        return mask_birth_date(value) if is_birth_date else dated_text(value)
    if isinstance(value, list):
        return _list_text(pattern, value) if value else ""
    return _plain_text(pattern, str(value), nature) if value else ""


def diff_row(change: Change, subject: SubjectPart, *, with_label: bool = True) -> DiffRow:
    """One change as the diff component shows it; masked values that look alike say they differ."""
    before, after = (
        masked_text(change.path, value, subject.nature) for value in (change.before, change.after)
    )
    if before and before == after:
        after = gettext("%(value)s（与修改前不同）") % {"value": after}
    label = label_of(change.path, subject.nature, subject) if with_label else ""
    return DiffRow(label, before or None, after or gettext("（空）"))


def diff_rows(
    changes: tuple[Change, ...], subject: SubjectPart, *, with_label: bool = True
) -> list[DiffRow]:
    """Rows for `changes`, without ids that mean nothing to a reader."""
    return [
        diff_row(change, subject, with_label=with_label)
        for change in changes
        if pattern_of(change.path) not in HIDDEN
    ]
