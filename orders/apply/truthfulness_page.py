"""The truthfulness step as its page shows it: a card per service principal."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from beian.masking import mask_phone
from beian.site_settings import setting
from beian.ui import Comment, Tone
from orders.apply.task_list import step_url
from orders.desk.comment_display import shown_comment
from orders.qr_code import qr_svg
from orders.steps import TRUTHFULNESS, Step
from orders.truthfulness import Standing, missing_before, missing_of, standings_of
from orders.wizard import next_step, steps_of
from verification.actions.truthfulness_links import LinksOfCheck, address_of, links_of
from verification.enums import FaceFailure, TruthfulnessStage
from verification.meeting_times import text_of
from verification.models import TruthfulnessLink

if TYPE_CHECKING:
    from orders.models import FilingOrder

TONES: dict[str, Tone] = {
    TruthfulnessStage.OPEN: "neutral",
    TruthfulnessStage.WAITING: "info",
    TruthfulnessStage.PASSED: "info",
    TruthfulnessStage.FAILED: "danger",
    TruthfulnessStage.DONE: "success",
    TruthfulnessStage.MEETING_REQUESTED: "success",
    TruthfulnessStage.MEETING_SCHEDULED: "success",
    TruthfulnessStage.LAPSED: "warning",
}


@dataclass(frozen=True)
class PersonCard:
    """One service principal. `code` is the drawing of a living QR code, `address` what it says."""

    standing: Standing
    code: SafeString | None
    address: str
    link: TruthfulnessLink | None
    texted: TruthfulnessLink | None
    missing: list[str]
    # What the reviewer says to this person, as long as the new check is not done.
    remarks: list[Comment]

    @property
    def key(self) -> str:
        return self.standing.key

    @property
    def name(self) -> str:
        """Whoever it will be, until the name is entered."""
        return self.standing.person.full_name or _("网站负责人")

    @property
    def mobile(self) -> str:
        return mask_phone(self.standing.person.mobile)

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def missing_text(self) -> str:
        """What has to be entered before the person is asked."""
        return _("、").join(self.missing)

    @property
    def label(self) -> str:
        return str(TruthfulnessStage(self.standing.stage).label)

    @property
    def tone(self) -> Tone:
        return TONES[self.standing.stage]

    @property
    def mark(self) -> str:
        """Changes whenever the page would look different: a page that looks by itself says so."""
        is_down = "-down" if self.unavailable_since else ""
        return f"{self.standing.stage}{is_down}{'-link' if self.link else ''}"

    @property
    def unavailable_since(self) -> datetime | None:
        check = self.standing.check
        is_waiting = self.standing.stage == TruthfulnessStage.WAITING
        return check.photo.unavailable_since if check and check.photo and is_waiting else None

    @property
    def failures(self) -> list[str]:
        check = self.standing.check
        if check is None or check.photo is None or self.standing.stage != TruthfulnessStage.FAILED:
            return []
        return [str(FaceFailure(reason).label) for reason in check.photo.reasons]

    @property
    def meeting_times(self) -> list[str]:
        check = self.standing.check
        if check is None or check.meeting is None or not check.meeting.is_open:
            return []
        return [text_of(value) for value in check.meeting.preferred]


@dataclass(frozen=True)
class TruthfulnessPage:
    """`next_url` is where the step leads once everybody is done, None before."""

    step: Step
    number: int
    total: int
    people: list[PersonCard]
    next_url: str | None

    @property
    def link_minutes(self) -> int:
        """How long the page looks by itself: as long as a code on it can be opened."""
        return setting("truthfulness.link_minutes")


def truthfulness_page(order: "FilingOrder") -> TruthfulnessPage:
    standings = standings_of(order)
    ids = [standing.check.pk for standing in standings if standing.check is not None]
    links = links_of(ids) if ids else {}
    people = [_card(order, standing, links) for standing in standings]
    is_done = not missing_of(standings)
    steps = steps_of(order)
    return TruthfulnessPage(
        step=TRUTHFULNESS,
        number=steps.index(TRUTHFULNESS) + 1,
        total=len(steps),
        people=people,
        next_url=step_url(next_step(order, after=TRUTHFULNESS), order) if is_done else None,
    )


def _card(order: "FilingOrder", standing: Standing, links: dict[UUID, LinksOfCheck]) -> PersonCard:
    known = links.get(standing.check.pk) if standing.check else None
    known = known or LinksOfCheck()
    link = None if standing.counts else known.shown
    address = address_of(link) if link else ""
    label = _("二维码，扫描后由负责人本人完成真实性核验")
    code = qr_svg(address, label) if link else None
    missing = missing_before(order, standing.person)
    asked = () if standing.counts else standing.remarks
    remarks = [shown_comment(remark, order.dossier.subject) for remark in asked]
    return PersonCard(standing, code, address, link, known.texted, missing, remarks)
