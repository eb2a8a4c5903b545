"""Where the checklist of a round stands for one reviewer."""

from dataclasses import dataclass

from beian.site_settings import setting
from orders.checklist.items import Item, items_for
from orders.enums import Verdict
from orders.models import ChecklistAnswer, FilingOrder


@dataclass(frozen=True)
class Standing:
    """`answers` are this reviewer's last ones, `others` the last ones of colleagues, by item."""

    items: list[Item]
    answers: dict[str, ChecklistAnswer]
    others: dict[str, ChecklistAnswer]

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
        return item.key in self.answers and self.answers[item.key].verdict == Verdict.FAIL


def standing_of(order: FilingOrder, user_id: int | None) -> Standing:
    """One query, and none if the round's answers were read before."""
    own: dict[str, ChecklistAnswer] = {}
    others: dict[str, ChecklistAnswer] = {}
    for answer in order.round_answers:
        (own if answer.author_id == user_id else others)[answer.item] = answer
    return Standing(items_for(order), own, others)
