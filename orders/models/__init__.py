"""Models of the filing order, one file per noun."""

from .call import CallNote
from .checklist import ChecklistAnswer
from .comment import OrderComment
from .event import OrderEvent
from .handover import BureauFile, BureauLine, BureauRecord, BureauResult
from .objection import Objection, Waiver
from .order import FilingOrder, OrderNumberSeries
from .page_draft import PageDraft
from .queue_view import QueueView
from .revision import DraftRevision
from .rule_edit import RuleEdit
from .shipped_rules import ShippedRules
from .submission import Submission
from .submitted_person import SubmittedPerson

__all__ = [
    "BureauFile",
    "BureauLine",
    "BureauRecord",
    "BureauResult",
    "CallNote",
    "ChecklistAnswer",
    "DraftRevision",
    "FilingOrder",
    "Objection",
    "OrderComment",
    "OrderEvent",
    "OrderNumberSeries",
    "PageDraft",
    "QueueView",
    "RuleEdit",
    "ShippedRules",
    "Submission",
    "SubmittedPerson",
    "Waiver",
]
