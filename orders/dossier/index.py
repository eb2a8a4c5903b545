"""Columns of an order that are searched or unique, taken from the dossier."""

from beian.crypto.digests import digest

from .model import Dossier


def index_columns(dossier: Dossier) -> dict[str, str]:
    """Plain or digest values for province, subject name, domain and certificate."""
    subject = dossier.subject
    domains = dossier.services[0].domains if dossier.services else []
    return {
        "province": subject.province,
        "subject_name": subject.name,
        "domain": domains[0] if domains else "",
        "cert_digest": digest("certificate", subject.cert_number) if subject.cert_number else "",
    }
