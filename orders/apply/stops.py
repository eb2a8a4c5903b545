"""What ends a filing before it began: the person is too young, or the province takes no ID from
elsewhere. Found by rules, so a province's data decides; said before any picture is kept.

Source: Personal Information Protection Law, article 31, and the ages of the rules: pictures of a
minor's papers are refused before they are stored.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.data_language import in_language
from orders.assessment import assess
from orders.certificates import birth_date_of
from orders.steps import IDENTITY, Step, step_of_path
from rules.finding import Finding

if TYPE_CHECKING:
    from orders.models import FilingOrder

AGE = frozenset({"min_age"})
# What a natural person cannot mend by naming somebody else.
STOPPING_KINDS = AGE | {"id_locality"}


def _blocks(order: "FilingOrder", kinds: frozenset[str]) -> list[Finding]:
    return [finding for finding in assess(order).blocks if finding.kind in kinds]


def stops_of(order: "FilingOrder") -> list[Finding]:
    """Why this natural person cannot file here; empty where nothing stands in the way."""
    return _blocks(order, STOPPING_KINDS) if order.dossier.is_personal else []


def lacks_identity(order: "FilingOrder") -> bool:
    """Whether a natural person's age is not known yet."""
    return order.dossier.is_personal and birth_date_of(order.dossier.subject.principal) is None


@dataclass(frozen=True)
class UploadRefusal:
    """Why no picture is kept now, and the page on which that is settled."""

    reason: str
    step: Step


def upload_refusal(order: "FilingOrder") -> UploadRefusal | None:
    """None when pictures are kept."""
    for finding in _blocks(order, AGE) or stops_of(order):
        step = step_of_path(finding.paths[0], order.nature)
        return UploadRefusal(in_language(finding.message), step)
    if lacks_identity(order):
        reason = _("请先填写“%(page)s”，再上传证件图片。") % {"page": IDENTITY.title}
        return UploadRefusal(reason, IDENTITY)
    return None
