"""Which pictures an order needs: the subject's certificate, every person's ID, what rules ask for.

A natural person has none; the ID is the subject's document.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders.apply.certificate_words import words_of
from orders.dossier import Dossier, SubjectPart
from rules.finding import MATERIAL, Finding

SUBJECT_DOCUMENT = "subject_doc_image"
PRINCIPAL_FRONT, PRINCIPAL_BACK = "principal_id_front", "principal_id_back"
SERVICE_FRONT, SERVICE_BACK = "service_principal_id_front", "service_principal_id_back"
# The rules speak of one paper where we keep a picture of each side of each person's certificate.
ALL_IDS = "principal_id_images"

# Only the data page of a passport is wanted.
ONE_SIDED_CERTIFICATES = frozenset({"passport"})


@dataclass(frozen=True)
class MaterialNeed:
    """A picture to upload. `why` is the finding that speaks of it, `any_of` are its equals;
    without `is_required` it helps, but the order can be submitted without it."""

    key: str
    hint: LazyText = ""
    why: Finding | None = None
    any_of: tuple[str, ...] = ()
    is_required: bool = True

    @property
    def path(self) -> str:
        return f"materials.{self.key}"


_DOCUMENT_HINT: LazyText = _(
    "拍摄%(certificate)s原件，四角完整、文字清晰；不能使用电子证照或复印件"
)
_FRONT_HINT = _("带照片的一面，四角完整、没有反光")
_BACK_HINT = _("带国徽的一面，有效期清晰可见")
_OTHER_FRONT_HINT = _("带照片的一面，四角完整、没有反光；护照拍摄带照片的资料页")
_OTHER_BACK_HINT = _("没有照片的一面，文字清晰可见")


def _person_needs(cert_type: str, front: str, back: str) -> list[MaterialNeed]:
    is_card = cert_type in ("", "id_card")
    needs = [MaterialNeed(front, _FRONT_HINT if is_card else _OTHER_FRONT_HINT)]
    if cert_type not in ONE_SIDED_CERTIFICATES:
        needs.append(MaterialNeed(back, _BACK_HINT if is_card else _OTHER_BACK_HINT))
    return needs


def _document_need(subject: SubjectPart) -> MaterialNeed:
    hint = str(_DOCUMENT_HINT) % {"certificate": words_of(subject).name}
    return MaterialNeed(SUBJECT_DOCUMENT, hint)


def basic_needs(dossier: Dossier) -> list[MaterialNeed]:
    """What every order brings, each distinct person once."""
    needs = [] if dossier.is_personal else [_document_need(dossier.subject)]
    needs += _person_needs(dossier.subject.principal.cert_type, PRINCIPAL_FRONT, PRINCIPAL_BACK)
    chosen = dossier.services[0].principal
    if chosen.same_as_subject_principal is False:
        needs += _person_needs(chosen.cert_type, SERVICE_FRONT, SERVICE_BACK)
    return needs


def asked_needs(findings: Iterable[Finding]) -> list[MaterialNeed]:
    """Papers the rules speak of beyond that, each once, those they insist on first."""
    needs: dict[str, MaterialNeed] = {}
    for finding in sorted(findings, key=lambda item: item.outcome != MATERIAL):
        key = finding.material
        if key is None or key == ALL_IDS or finding.audience != "all":
            continue
        is_required = finding.outcome == MATERIAL
        needs.setdefault(
            key, MaterialNeed(key, why=finding, any_of=finding.any_of, is_required=is_required)
        )
    return list(needs.values())


def has_picture(dossier: Dossier, key: str) -> bool:
    return bool(dossier.materials.get(key))


def given_materials(dossier: Dossier) -> frozenset[str]:
    """Keys of papers that are there, in the words of the rules.

    The passport or permit somebody identifies themself with is among the basic needs, so no rule
    has to ask for it once more.
    """
    given = {key for key, files in dossier.materials.items() if files}
    people = (dossier.subject.principal, dossier.services[0].principal)
    given |= {person.cert_type for person in people if person.cert_type}
    persons = [need.key for need in basic_needs(dossier) if need.key != SUBJECT_DOCUMENT]
    if given.issuperset(persons):
        given.add(ALL_IDS)
        if dossier.is_personal:
            given.add(SUBJECT_DOCUMENT)
    return frozenset(given)


def missing_needs(dossier: Dossier, findings: Iterable[Finding]) -> list[MaterialNeed]:
    """Pictures that have to be there before the order can be submitted."""
    basic = [need for need in basic_needs(dossier) if not has_picture(dossier, need.key)]
    known = {need.key for need in basic_needs(dossier)}
    asked = [need for need in asked_needs(findings) if need.is_required and need.key not in known]
    return basic + asked


def page_needs(
    dossier: Dossier, findings: Iterable[Finding], looked_at: Iterable[str] = ()
) -> list[MaterialNeed]:
    """Every upload the page offers: what is needed, its equals, what rules look at once it is
    there, and what is there already."""
    needs = {need.key: need for need in basic_needs(dossier)}
    for need in asked_needs(findings):
        needs.setdefault(need.key, need)
        for key in need.any_of:
            # The equals of a paper are offered without repeating why.
            needs.setdefault(key, MaterialNeed(key, is_required=False))
    there = [key for key in dossier.materials if has_picture(dossier, key)]
    for key in (*looked_at, *there):
        needs.setdefault(key, MaterialNeed(key, is_required=False))
    return list(needs.values())
