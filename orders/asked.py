"""Questions that are put only where a rule looks at the answer: about a unit, its legal
representative, and a paper."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from beian import clock
from orders.apply.role_options import delegate_refusal
from orders.dossier import PERSONAL, Dossier, SubjectPart, get_value
from orders.facts import RULE_ORDER_TYPES
from orders.rulebook.in_force import rules_in_force
from rules.kinds.base import Kind
from rules.kinds.paper_facts import PaperFact
from rules.kinds.subject_documents import SubjectDocumentQuality
from rules.rule_set import Frame

if TYPE_CHECKING:
    from orders.models import FilingOrder

# Path of the answer; the fact has the same name.
ANSWERS = (
    "subject.has_trade_name",
    "subject.has_seal",
    "subject.licence_number",
    "subject.licence_seal",
)
# A sole proprietor (个体工商户) answers these everywhere: without a trade name or a seal most
# provinces want something else of it, and the bureau's officers ask.
OF_SOLE_PROPRIETORS = ("subject.has_trade_name", "subject.has_seal")
# The same of a legal representative who sends somebody else as the subject principal.
HEAD_ANSWERS = ("legal_rep.residency",)
# The same of what stands on a paper, asked where that is uploaded.
PAPER_ANSWERS = (
    "commitment_letter.signed_on",
    "residence_permit.expiry",
    "residence_permit.address_matches_contact",
    "subject.doc_is_electronic",
)
# Of these a box that nobody ticks says no: every unit meets the question, hardly any the case.
TICKED = frozenset({"subject.doc_is_electronic"})
# Told from the picture itself.
FROM_PICTURES = frozenset({"verification_photo.reused"})
# What the answer compares with the paper.
COMPARED = {
    "residence_permit.address_matches_contact": (
        "subject.contact_region",
        "subject.contact_address",
    )
}


def asked_of(subject: SubjectPart, order_type: str, kind: str) -> tuple[str, ...]:
    """Paths of the questions for this subject in its province."""
    if subject.nature == PERSONAL:
        return ()
    kinds = [*_kinds_in_force(subject, order_type, kind)]
    read = {fact for each in kinds for fact in each.reads()}
    if not _seals(kinds):
        # Nobody can say whether it is the right one.
        read.discard("subject.licence_seal")
    always = OF_SOLE_PROPRIETORS if subject.is_sole_proprietor else ()
    return tuple(path for path in ANSWERS if path in read or path in always)


def asked_of_head(order: "FilingOrder") -> tuple[str, ...]:
    """Paths of the questions about the unit's legal representative, put where somebody else is the
    subject principal; none where the province refuses everybody else."""
    subject = order.dossier.subject
    if subject.nature == PERSONAL or not subject.province:
        return ()
    kinds = _kinds_in_force(subject, order.order_type, order.service_kind)
    read = {fact for each in kinds for fact in each.reads()}
    asked = tuple(path for path in HEAD_ANSWERS if path in read)
    return () if asked and delegate_refusal(order) else asked


def seals_of(subject: SubjectPart, order_type: str, kind: str) -> tuple[str, ...]:
    """The registration authority's seals that a licence must bear there."""
    return _seals(_kinds_in_force(subject, order_type, kind))


def _seals(kinds: Iterable[Kind]) -> tuple[str, ...]:
    documents = (each for each in kinds if isinstance(each, SubjectDocumentQuality))
    return tuple(dict.fromkeys(each.seal for each in documents if each.seal is not None))


def asked_on_papers(order: "FilingOrder") -> tuple[PaperFact, ...]:
    """What a rule in force wants to know of a paper, in the order of `PAPER_ANSWERS`; several
    rules may name papers on which it stands."""
    subject = order.dossier.subject
    if not subject.province:
        return ()
    found: dict[str, PaperFact] = {}
    for each in _kinds_in_force(subject, order.order_type, order.service_kind):
        for asked in each.paper_facts():
            known = found.get(asked.fact, asked)
            papers = tuple(dict.fromkeys((*known.papers, *asked.papers)))
            is_past = known.is_past or asked.is_past
            found[asked.fact] = PaperFact(asked.fact, papers, is_past=is_past)
    return tuple(found[path] for path in PAPER_ANSWERS if path in found)


def looked_at(order: "FilingOrder") -> tuple[str, ...]:
    """Papers that nobody has to bring although a rule in force looks at their picture."""
    subject = order.dossier.subject
    if not subject.province:
        return ()
    kinds = _kinds_in_force(subject, order.order_type, order.service_kind)
    facts = [asked for each in kinds for asked in each.paper_facts()]
    papers = [key for asked in facts if asked.fact in FROM_PICTURES for key in asked.papers]
    return tuple(dict.fromkeys(papers))


def _kinds_in_force(subject: SubjectPart, order_type: str, kind: str) -> Iterator[Kind]:
    frame = Frame(subject.province, RULE_ORDER_TYPES[order_type], subject.rule_nature, kind)
    plan = rules_in_force().plan(frame, clock.today())
    return (rule.kind for rule in (*plan.order, *plan.service) if rule.kind is not None)


def unanswered(order: "FilingOrder", dossier: Dossier) -> list[str]:
    """Paths of the questions nobody answered yet; of a paper only once it is there."""
    subject = dossier.subject
    asked = asked_of(subject, order.order_type, order.service_kind) if subject.province else ()
    if subject.principal.is_legal_representative is False:
        asked += asked_of_head(order)
    of_papers = [each.fact for each in asked_on_papers(order) if is_there(each, dossier)]
    wanted = (*asked, *(path for path in of_papers if path not in TICKED))
    return [path for path in wanted if get_value(dossier, path) is None]


def is_there(asked: PaperFact, dossier: Dossier) -> bool:
    """Whether a paper is uploaded on which the fact stands."""
    return any(dossier.materials.get(key) for key in asked.papers)
