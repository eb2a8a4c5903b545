"""Where the checklist of a round stands for one reviewer."""

from dataclasses import dataclass

from beian.site_settings import setting
from orders.calls import callees_of
from orders.checklist.items import Item, items_for
from orders.checklist.objected import waiting_items
from orders.enums import Verdict
from orders.models import ChecklistAnswer, FilingOrder


@dataclass(frozen=True)
class Standing:
    """`answers` are this reviewer's last ones, `others` the last ones of colleagues, by item.

    An answer about calls counts as long as the log bears it out; `denied` are the items whose
    answer a later call contradicts. A pass does not count while an objection is not waived.
    """

    items: list[Item]
    answers: dict[str, ChecklistAnswer]
    others: dict[str, ChecklistAnswer]
    denied: frozenset[str] = frozenset()

    @property
    def answered_count(self) -> int:
        return sum(item.key in self.answers for item in self.items)

    @property
    def open_items(self) -> list[Item]:
        """Compulsory items without an answer."""
        wanted = set(setting("review.compulsory_items"))
        return [item for item in self.items if item.key in wanted and item.key not in self.answers]

    @property
    def failed_items(self) -> list[Item]:
        return [item for item in self.items if self._has_failed(item)]

    def _has_failed(self, item: Item) -> bool:
        answer = self.answers.get(item.key)
        is_failure = answer is not None and answer.verdict == Verdict.FAIL
        return is_failure or item.key in self.denied


def standing_of(order: FilingOrder, user_id: int | None) -> Standing:
    """Answers, submission and calls of the round are read once per order."""
    own: dict[str, ChecklistAnswer] = {}
    others: dict[str, ChecklistAnswer] = {}
    for answer in order.round_answers:
        (own if answer.author_id == user_id else others)[answer.item] = answer
    items = items_for(order)
    for key in waiting_items(order.submission, items):
        if key in own and own[key].verdict == Verdict.PASS:
            del own[key]
    # Without an answer, or with a failure, there is nothing the log could contradict.
    answered = [item for item in items if item.by == "call" and _is_settled(own.get(item.key))]
    denied = _contradicted(order, own, answered) if answered else frozenset()
    return Standing(items, own, others, denied)


def _is_settled(answer: ChecklistAnswer | None) -> bool:
    return answer is not None and answer.verdict != Verdict.FAIL


def _contradicted(
    order: FilingOrder, own: dict[str, ChecklistAnswer], items: list[Item]
) -> frozenset[str]:
    """Take answers the log does not bear out off `own`; returns the items somebody denied."""
    people = callees_of(order, order.submission.dossier)
    is_denied = any(each.is_denied for each in people)
    is_confirmed = all(each.is_confirmed for each in people)
    for item in items:
        if is_denied or (own[item.key].verdict == Verdict.PASS and not is_confirmed):
            del own[item.key]
    return frozenset(item.key for item in items) if is_denied else frozenset()
