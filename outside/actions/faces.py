"""Answers of the face provider."""

from outside.enums import FaceResult
from outside.models import FaceCheck, FaceRule

# A name that always fails, so that the unhappy path needs no preparation.
STRANGER_MARK = "冒名"
SCORES = {FaceResult.PASS: 96, FaceResult.LOW_SCORE: 58, FaceResult.NOT_PERSON: 21}
FAILED_SCORE = 47


def check_face(*, request_id: str, name: str) -> FaceCheck:
    """Decide by the name alone; the same request gets the same answer, unless there was none."""
    known = FaceCheck.objects.filter(request_id=request_id).first()
    if known is not None and known.result != FaceResult.UNAVAILABLE:
        return known
    result = _result_for(name)
    check, _created = FaceCheck.objects.update_or_create(
        request_id=request_id,
        defaults={"name": name, "result": result, "score": _score_of(result)},
    )
    return check


def _result_for(name: str) -> FaceResult:
    rule = FaceRule.objects.filter(name=name).first()
    if rule is not None:
        return FaceResult(rule.result)
    return FaceResult.NOT_PERSON if STRANGER_MARK in name else FaceResult.PASS


def _score_of(result: FaceResult) -> int | None:
    return None if result == FaceResult.UNAVAILABLE else SCORES.get(result, FAILED_SCORE)


def face_answer(check: FaceCheck) -> dict[str, object]:
    """In the words of the interface."""
    if check.result == FaceResult.UNAVAILABLE:
        return {"result": "unavailable"}
    has_passed = check.result in {FaceResult.PASS, FaceResult.LOW_SCORE}
    return {
        "result": "pass" if has_passed else "fail",
        "score": check.score,
        "reasons": [] if has_passed else [check.result],
    }


def set_face_rule(*, name: str, result: str) -> None:
    """Answer `result` for `name` from now on."""
    FaceRule.objects.update_or_create(name=name, defaults={"result": result})
