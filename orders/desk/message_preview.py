"""What the applicant will read after a decision, before it is made."""

import copy
from dataclasses import dataclass

from orders import due, notices
from orders.models import FilingOrder, OrderEvent

# The pass message names the next limit, which starts with the decision.
_NEXT_LIMIT = {"initial_review_passed": "bureau_submission"}


@dataclass(frozen=True)
class Preview:
    """`language` is that of the account's owner, who gets the message."""

    subject: str
    body: str
    language: str


def preview_of(key: str, order: FilingOrder, opinion: str = "") -> Preview:
    """The texts of notice `key` as they would go out now; nothing is written."""
    after = copy.copy(order)
    if key in _NEXT_LIMIT:
        after.due_at = due.MAIN[_NEXT_LIMIT[key]](order)
    event = OrderEvent(order=after)
    event.say(opinion)
    subject, body, language = notices.texts_for_owner(key, after, event)
    return Preview(subject, body, language)
