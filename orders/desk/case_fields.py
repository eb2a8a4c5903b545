"""Which fields of a submission a reviewer compares, in groups and in the order of the papers."""

from collections.abc import Iterator
from dataclasses import dataclass

from beian.lazy_text import LazyText
from orders.apply.picture_names import PICTURE_NAMES
from orders.asked import HEAD_ANSWERS, PAPER_ANSWERS
from orders.dossier import PERSONAL, Dossier
from orders.field_labels import (
    CONTACTS,
    IDENTITY,
    MATERIALS,
    RESOURCE,
    SERVICE_PRINCIPAL,
    SUBJECT,
    SUBJECT_PRINCIPAL,
    WEBSITE,
)

_SUBJECT = (
    "province",
    "nature",
    "is_sole_proprietor",
    "name",
    "cert_type",
    "cert_number",
    "has_trade_name",
    "has_seal",
    "licence_number",
    "licence_seal",
    "cert_address",
    "cert_valid_from",
    "cert_valid_to",
    "cert_long_term",
    "contact_region",
    "contact_address",
    "remarks",
)
_CONTACTS = ("mobile", "emergency_phone", "office_phone", "email")
_PERSON = (
    "full_name",
    "is_legal_representative",
    "cert_type",
    "cert_number",
    "birth_date",
    "valid_from",
    "valid_to",
    "long_term",
    *_CONTACTS,
)
_WEBSITE = ("name", "domains", "content_categories", "languages", "pre_approvals", "remarks")
_RESOURCE = ("resource", "ips")
# Left out while empty: no paper has them and nobody has to answer them.
OPTIONAL = frozenset(
    {
        "birth_date",
        # Only of sole proprietors, and where rules ask.
        "is_sole_proprietor",
        "has_trade_name",
        "has_seal",
        "licence_number",
        "licence_seal",
        "residency",
        # Permits and passports show none.
        "cert_address",
        "cert_valid_from",
        "cert_valid_to",
        "cert_long_term",
        "remarks",
        "valid_from",
        "valid_to",
        "long_term",
        "office_phone",
        # Of papers that rules look at.
        "signed_on",
        "expiry",
        "address_matches_contact",
        "doc_is_electronic",
    }
)
# Of these a "no" is told too.
YES_OR_NO = frozenset(
    {"has_trade_name", "has_seal", "address_matches_contact", "doc_is_electronic"}
)
OTHER_MATERIALS = "materials"
# Shown masked to reviewers; each is revealed by itself, with a reason.
MASKED = frozenset(
    {"cert_number", "birth_date", "mobile", "emergency_phone", "office_phone", "email"}
)

OWN = frozenset({"subject.cert_number", "subject.cert_address", "subject.contact_address"})


@dataclass(frozen=True)
class Group:
    title: LazyText
    paths: tuple[str, ...]


def name_of(path: str) -> str:
    """The field's own name: the last step of its path."""
    return path.rpartition(".")[2]


def is_personal(path: str, nature: str) -> bool:
    """Whether the value belongs to a person and is masked; a natural person is the subject too."""
    if nature == PERSONAL and path in OWN:
        return True
    return ".principal." in path and name_of(path) in MASKED


def _below(parent: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{parent}.{name}" for name in names)


def materials_of(dossier: Dossier) -> list[str]:
    """Keys of the papers of a submission: the licence first, then persons, then the others."""
    known = list(PICTURE_NAMES)
    return sorted(
        dossier.materials, key=lambda key: known.index(key) if key in known else len(known)
    )


def groups_of(dossier: Dossier) -> Iterator[Group]:
    """The groups of a submission; a service principal who is the subject's is one line, and a
    natural person is listed once."""
    if dossier.is_personal:
        yield from _own_groups(dossier)
        return
    yield Group(SUBJECT.title, _below("subject", _SUBJECT))
    yield Group(SUBJECT_PRINCIPAL.title, (*_below("subject.principal", _PERSON), *HEAD_ANSWERS))
    for index, service in enumerate(dossier.services):
        parent = f"services[{index}]"
        yield Group(WEBSITE.title, _below(parent, _WEBSITE))
        same = ("same_as_subject_principal",)
        names = same if service.principal.same_as_subject_principal else same + _PERSON
        yield Group(SERVICE_PRINCIPAL.title, _below(f"{parent}.principal", names))
        yield Group(RESOURCE.title, _below(parent, _RESOURCE))
    yield _papers(dossier)


def _own_groups(dossier: Dossier) -> Iterator[Group]:
    yield Group(IDENTITY.title, (*_below("subject", _SUBJECT), "subject.principal.birth_date"))
    yield Group(CONTACTS.title, _below("subject.principal", _CONTACTS))
    for index in range(len(dossier.services)):
        parent = f"services[{index}]"
        yield Group(WEBSITE.title, _below(parent, _WEBSITE))
        yield Group(RESOURCE.title, _below(parent, _RESOURCE))
    yield _papers(dossier)


def _papers(dossier: Dossier) -> Group:
    materials = tuple(f"materials.{key}" for key in materials_of(dossier))
    # The last row takes remarks on papers that are not there.
    return Group(MATERIALS.title, (*materials, *PAPER_ANSWERS, OTHER_MATERIALS))
