"""Columns of an order that are searched or unique, taken from the dossier."""

from beian.crypto.digests import digest
from beian.masking import mask_name

from .model import Dossier


def index_columns(dossier: Dossier) -> dict[str, str]:
    """Plain or digest values for province, subject name, domain and certificate.

    A company's name is public, a natural person's is not: lists show it masked, and only who
    knows the whole name finds it, by its digest (docs/decisions/0004-names-of-persons.md).
    """
    subject = dossier.subject
    domains = dossier.services[0].domains if dossier.services else []
    return {
        "province": subject.province,
        **_name_columns(dossier),
        "domain": domains[0] if domains else "",
        "cert_digest": digest("certificate", subject.cert_number) if subject.cert_number else "",
    }


def _name_columns(dossier: Dossier) -> dict[str, str]:
    name = dossier.subject.name
    if not dossier.is_personal or not name:
        return {"subject_name": name, "name_digest": ""}
    return {"subject_name": mask_name(name), "name_digest": digest("name", name)}
