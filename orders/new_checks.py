"""Remarks that ask a person to be recognised again: which remarks, whom, and in which way.

The reason says it (`new_check` in data/reasons.toml). Such a remark is answered by the new check
and by nothing else: no field and no explanation shows who the person is.
"""

from collections.abc import Iterable

from orders.dossier import Dossier
from orders.dossier.paths import is_within
from orders.enums import NewCheck
from orders.models import OrderComment
from orders.reasons import reasons
from orders.service_principals import as_checked, principals_of
from verification.enums import TruthfulnessMethod
from verification.models import TruthfulnessCheck


def way_of(comment: OrderComment) -> str:
    """The way (NewCheck) a remark asks for; "" for one that asks for no check, or only advises."""
    reason = reasons().get(comment.reason_code)
    return reason.new_check if reason and comment.is_blocking else ""


def asked_by(comment: OrderComment, dossier: Dossier) -> set[str]:
    """Digests of the service principals a remark names; all of them if it names none."""
    everybody = {person.digest for person in principals_of(dossier)}
    named = {digest for path, digest in _places(dossier) if is_within(comment.path, path)}
    return named & everybody or everybody


def _places(dossier: Dossier) -> list[tuple[str, str]]:
    """Where a dossier names persons, and who is named there."""
    places = [("subject.principal", as_checked(dossier.subject.principal).digest)]
    for index in range(len(dossier.services)):
        person = as_checked(dossier.service_principal(index))
        places.append((f"services[{index}].principal", person.digest))
    return places


def proof_of(row: dict) -> str:
    """What a submission names for a person (Submission.truthfulness): the photo or the meeting."""
    return row["photo"] or row["meeting"]


def remarks_on(dossier: Dossier, comments: Iterable[OrderComment]) -> dict[str, list[OrderComment]]:
    """Remarks the applicant has seen that ask for a check, by the digest of the person."""
    found: dict[str, list[OrderComment]] = {}
    for comment in comments:
        if comment.sent_at is not None and way_of(comment):
            for person in asked_by(comment, dossier):
                found.setdefault(person, []).append(comment)
    return found


def wants_meeting(comments: Iterable[OrderComment]) -> bool:
    return any(way_of(comment) == NewCheck.MEETING for comment in comments)


def is_outdated(check: TruthfulnessCheck, comments: Iterable[OrderComment]) -> bool:
    """Whether it was done before one of these remarks was sent, and so is no answer to it."""
    since = check.counts_since
    sent = [comment.sent_at for comment in comments if comment.sent_at is not None]
    return since is not None and any(since <= moment for moment in sent)


def is_enough(check: TruthfulnessCheck | None, comments: Iterable[OrderComment]) -> bool:
    """Whether the order may be submitted with this check after these remarks."""
    comments = list(comments)
    if check is None or not check.counts or is_outdated(check, comments):
        return False
    return check.method == TruthfulnessMethod.MEETING or not wants_meeting(comments)
