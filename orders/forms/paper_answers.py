"""Fields for what stands on a paper: days and yes or no, asked where the paper is uploaded."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian import clock
from beian.forms import AgreeField, ThreePartDateField, YesNoField
from beian.lazy_text import LazyText
from orders.asked import TICKED
from orders.dossier import SubjectPart
from orders.field_labels import label_of
from rules.kinds.paper_facts import PaperFact
from rules.vocabulary import FACTS

HINTS: dict[str, LazyText] = {
    "commitment_letter.signed_on": gettext_lazy("承诺书落款处手写的日期"),
    "residence_permit.expiry": gettext_lazy("居住证或暂住证上有效期限的截止日期"),
    "residence_permit.address_matches_contact": gettext_lazy(
        "以居住证或暂住证上印的地址为准，与您填写的通讯地址比较"
    ),
}

# What a box says when it is ticked.
BOXES: dict[str, LazyText] = {
    "subject.doc_is_electronic": gettext_lazy(
        "这是电子证照（从网上下载的文件，或手机上电子证照的截图），不是纸质原件"
    ),
}


def field_name(path: str) -> str:
    """As links to the field call it: the last step of the path."""
    return path.rpartition(".")[2]


def answer_field(asked: PaperFact, subject: SubjectPart, *, is_wanted: bool) -> Field:
    """`is_wanted`: the paper is there or has to come, and the answer with it."""
    if asked.fact in TICKED:
        return AgreeField(label=BOXES[asked.fact], required=False)
    label = label_of(asked.fact, subject.nature, subject)
    hint = HINTS[asked.fact]
    if FACTS[asked.fact].type == "date":
        checks = [_not_ahead(label)] if asked.is_past else []
        return ThreePartDateField(
            label=label, help_text=hint, validators=checks, required=is_wanted
        )
    return YesNoField(label=label, help_text=hint, required=is_wanted)


def _not_ahead(label: str) -> Callable[[dt.date], None]:
    def check(day: dt.date) -> None:
        if day > clock.today():
            reason = _("%(field)s不能晚于今天，请照材料上的日期重新填写")
            raise ValidationError(reason % {"field": label}, code="ahead")

    return check
