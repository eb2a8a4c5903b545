"""A natural person (个人) is subject, subject principal and service principal in one.

The identity is said once, under the subject; the principals' copies are written here, so that
register, bureau and text messages find every person where they look for one.
"""

from rules.certificates import is_sole_proprietors

from .model import ENTERPRISE, Dossier, LegalRepresentative, Person, SubjectPart

# What is said about the principal → where it is said.
SAID_AT: dict[str, str] = {
    "subject.principal.full_name": "subject.name",
    "subject.principal.cert_type": "subject.cert_type",
    "subject.principal.cert_number": "subject.cert_number",
    "subject.principal.valid_from": "subject.cert_valid_from",
    "subject.principal.valid_to": "subject.cert_valid_to",
    "subject.principal.long_term": "subject.cert_long_term",
}
# The service principal is not another person: nothing is said there.
SERVICE_PRINCIPAL = ".principal."


def settle(dossier: Dossier) -> None:
    """Make the principals of a natural person's dossier that person, in place.

    Of a unit mark a sole proprietor (个体工商户) by what the licence's number says, and keep no
    answer that nobody asks for.
    """
    if dossier.is_personal or dossier.subject.principal.is_legal_representative:
        dossier.legal_rep = LegalRepresentative()
    if not dossier.is_personal:
        _mark_sole_proprietor(dossier.subject)
        for index, service in enumerate(dossier.services):
            if not dossier.may_head(index):
                service.principal.is_legal_representative = None
        return
    subject = dossier.subject
    principal = subject.principal
    principal.full_name = subject.name
    principal.cert_type, principal.cert_number = subject.cert_type, subject.cert_number
    principal.valid_from, principal.valid_to = subject.cert_valid_from, subject.cert_valid_to
    principal.long_term = subject.cert_long_term
    for service in dossier.services:
        service.principal = Person(same_as_subject_principal=True)


def _mark_sole_proprietor(subject: SubjectPart) -> None:
    if subject.nature == ENTERPRISE and subject.cert_number:
        subject.is_sole_proprietor = is_sole_proprietors(subject.cert_number)


def said_at(path: str, dossier: Dossier) -> str:
    """Where the applicant says what stands at `path`; elsewhere only for a natural person."""
    if not dossier.is_personal:
        return path
    if path.startswith("services[") and SERVICE_PRINCIPAL in path:
        path = f"subject.principal.{path.rpartition(SERVICE_PRINCIPAL)[2]}"
    return SAID_AT.get(path, path)
