"""Worker entry points of the verification app."""

from celery import shared_task

from beian.one_at_a_time import one_at_a_time
from verification.actions import face_answers, real_name, sms_retention, stray_files
from verification.actions import tidy as tidying


@shared_task(name="verification.answer_real_name_requests")
@one_at_a_time
def answer_real_name_requests() -> int:
    return real_name.answer_requests()


@shared_task(name="verification.remove_stray_files")
def remove_stray_files() -> int:
    return stray_files.remove_stray_files()


@shared_task(name="verification.tidy")
def tidy() -> int:
    return tidying.tidy()


@shared_task(name="verification.answer_face_photos")
@one_at_a_time
def answer_face_photos() -> int:
    return face_answers.answer_photos()


@shared_task(name="verification.erase_sms_codes")
@one_at_a_time
def erase_sms_codes() -> int:
    return sms_retention.erase_codes()
