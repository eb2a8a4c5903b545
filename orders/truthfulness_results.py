"""What proves the service principals of a submission, as the desk sees it.

`results_of` is the whole interface: the evidence page, the checklist and the guard of a pass read
it. A submission from before the step exists has no results, and nothing is asked of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from orders.models import Submission
from orders.service_principals import principals_of
from verification.actions.truthfulness import cited_checks
from verification.enums import FaceFailure, MeetingState, TruthfulnessMethod
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessMeeting

_KEPT = "_truthfulness_results"


@dataclass(frozen=True)
class TruthfulnessResult:
    """One person of a submission. `problem` says why the order cannot be passed with this."""

    name: str
    services: tuple[str, ...]
    method: str
    check: TruthfulnessCheck
    photo: FacePhoto | None
    meeting: TruthfulnessMeeting | None
    problem: str

    @property
    def is_settled(self) -> bool:
        return not self.problem

    @property
    def is_over(self) -> bool:
        """Nothing recorded here can settle it any more: the person has to begin again."""
        return self.check.closed_at is not None or not self.has_proof

    @property
    def has_proof(self) -> bool:
        """Whether what was submitted is still there: a photo may have been erased or sealed."""
        return self.photo is None or self.photo.is_viewable

    @property
    def needs_attention(self) -> bool:
        """The machine did not say yes: somebody has to look at the photo."""
        return self.photo is not None and not self.photo.has_passed

    @property
    def method_label(self) -> str:
        return str(TruthfulnessMethod(self.method).label)

    @property
    def done_at(self) -> datetime | None:
        if self.photo is not None:
            return self.photo.confirmed_at
        return self.meeting.decided_at if self.meeting else None

    @property
    def outcome(self) -> str:
        """One line for people."""
        if self.problem:
            return self.problem
        if self.photo is None:
            return _("视频会议已核实是本人")
        if self.needs_attention:
            return _("机器比对未通过，本人确认使用，请人工核对照片")
        return _("机器比对通过，本人已确认使用")

    @property
    def shown_as(self) -> str | None:
        """Names the photo on the evidence page; None for one that nobody may look at."""
        return str(self.photo.pk) if self.photo and self.photo.is_viewable else None

    @property
    def failures(self) -> list[str]:
        reasons = self.photo.reasons if self.photo else []
        return [str(FaceFailure(reason).label) for reason in reasons]


def results_of(submission: Submission) -> list[TruthfulnessResult]:
    """One per service principal, in their order; one query, three if something was done anew.

    Read once per submission object: the page and its guards ask for the same.
    """
    kept: list[TruthfulnessResult] | None = submission.__dict__.get(_KEPT)
    if kept is None:
        kept = submission.__dict__[_KEPT] = _read(submission)
    return kept


def _read(submission: Submission) -> list[TruthfulnessResult]:
    rows = submission.truthfulness
    if not rows:
        return []
    checks = {str(check.pk): check for check in cited_checks(rows)}
    photos = _cited(FacePhoto, rows, "photo", checks.values())
    meetings = _cited(TruthfulnessMeeting, rows, "meeting", checks.values())
    by_person = {row["person"]: row for row in rows}
    found = []
    for person, services in principals_of(submission.dossier).items():
        row = by_person.get(person.digest)
        if row is None:
            continue
        check = checks[row["check"]]
        photo = photos.get(row["photo"])
        meeting = meetings.get(row["meeting"])
        found.append(
            TruthfulnessResult(
                person.full_name,
                tuple(services),
                row["method"],
                check,
                photo,
                meeting,
                _problem(check, photo, meeting),
            )
        )
    return found


def _cited(
    model: type[Model], rows: list[dict], name: str, checks: Iterable[TruthfulnessCheck]
) -> dict[str, Any]:
    """What the submission names, by id; mostly the latest of its kind, which the check brought."""
    known = {str(each.pk): each for each in (getattr(check, name) for check in checks) if each}
    older = [row[name] for row in rows if row[name] and row[name] not in known]
    if older:
        known |= {str(pk): each for pk, each in model._default_manager.in_bulk(older).items()}
    return known


def _problem(
    check: TruthfulnessCheck, photo: FacePhoto | None, meeting: TruthfulnessMeeting | None
) -> str:
    if check.closed_at is not None:
        words = {"reason": check.get_closed_for_display()}
        return _("真实性核验已失效：%(reason)s。") % words
    if photo is not None:
        return "" if photo.is_viewable else _("核验照片已销毁。")
    if meeting is not None and meeting.state == MeetingState.CONFIRMED:
        return ""
    return _("视频会议还没有结果，请先联系负责人核实并记录结果。")
