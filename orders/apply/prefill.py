"""What a new order knows before anybody has typed a word."""

from orders.dossier import ENTERPRISE, SOLE_PROPRIETOR, Dossier, settle
from rules.enumerations import certificate_types

# Chinese is the language of nearly every site filed; the applicant can change it.
DEFAULT_LANGUAGES = ("zh_hans",)


def new_dossier(*, province: str, nature: str) -> Dossier:
    """A draft with its fixed answers and with what follows from them.

    A sole proprietor (个体工商户) is an enterprise with a mark.
    """
    dossier = Dossier()
    subject, service = dossier.subject, dossier.services[0]
    subject.is_sole_proprietor = nature == SOLE_PROPRIETOR
    subject.province = province
    subject.nature = ENTERPRISE if subject.is_sole_proprietor else nature
    subject.contact_region = province
    kinds = certificate_types(subject.nature)
    subject.cert_type = kinds[0].key if kinds else ""
    subject.principal.cert_type = "id_card"
    service.principal.cert_type = "id_card"
    service.languages = list(DEFAULT_LANGUAGES)
    settle(dossier)
    return dossier
