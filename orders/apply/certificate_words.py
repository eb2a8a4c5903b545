"""What a subject's certificate, its number and the person it names are called in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.dossier import SOLE_PROPRIETOR, SubjectPart
from rules.enumerations import Entry, certificate_type, certificate_types

LEGAL_REPRESENTATIVE, OPERATOR = "legal_representative", "operator"
# Whom the certificate names at the head of the unit.
HEADS: dict[str, LazyText] = {
    LEGAL_REPRESENTATIVE: gettext_lazy("法定代表人"),
    "chief_representative": gettext_lazy("首席代表"),
    "person_in_charge": gettext_lazy("负责人"),
    # A sole proprietor's licence.
    OPERATOR: gettext_lazy("经营者"),
}
CREDIT_CODE: LazyText = gettext_lazy("%(certificate)s上的统一社会信用代码，18 位")
OWN_NUMBER: LazyText = gettext_lazy("%(certificate)s上的编号，汉字、字母和括号也照原样填写")
ANY_CERTIFICATE: LazyText = gettext_lazy("主体证件")


@dataclass(frozen=True)
class CertificateWords:
    """`name` and `head` stand inside sentences; `number_hint` says what the number looks like."""

    name: str
    head: str
    number_hint: str


def words_of(subject: SubjectPart, cert_type: str = "") -> CertificateWords:
    """The words for the subject's certificate, or for `cert_type` while it is being chosen."""
    kind = certificate_type(cert_type or subject.cert_type)
    name = called(kind)
    hint = CREDIT_CODE if kind and kind.more["format"] == "credit_code" else OWN_NUMBER
    return CertificateWords(name, head_of(subject, kind), str(hint) % {"certificate": name})


def head_of(subject: SubjectPart, kind: Entry | None = None) -> str:
    """What the head of the unit is called: 法定代表人, 负责人, …"""
    kind = kind or certificate_type(subject.cert_type)
    own = kind.more.get("head", LEGAL_REPRESENTATIVE) if kind else LEGAL_REPRESENTATIVE
    return within(str(HEADS[OPERATOR if subject.is_sole_proprietor else own]))


def head_of_nature(nature: str) -> str:
    """The key of HEADS for a subject that has shown no certificate yet; where certificates of the
    nature differ, the legal representative, of whom the rules speak."""
    if nature == SOLE_PROPRIETOR:
        return OPERATOR
    heads = {kind.more.get("head", LEGAL_REPRESENTATIVE) for kind in certificate_types(nature)}
    return heads.pop() if len(heads) == 1 else LEGAL_REPRESENTATIVE


def called(kind: Entry | None) -> str:
    """A certificate's name inside a sentence: “business licence”."""
    if kind is None:
        return within(str(ANY_CERTIFICATE))
    language = "en" if data_language() == "en" else "zh"
    name = kind.more.get("called", {}).get(language)
    return str(name or within(kind.label(language)))


def title_of_certificate(nature: str, subject: SubjectPart | None) -> str:
    """The same by itself; without `subject` only where the nature has one kind of certificate."""
    kinds = certificate_types(nature)
    if subject is not None and subject.cert_type:
        kinds = tuple(filter(None, [certificate_type(subject.cert_type)]))
    if len(kinds) != 1:
        return str(ANY_CERTIFICATE)
    name = called(kinds[0])
    return name[:1].upper() + name[1:]


def within(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
