"""Worker entry points of the verification app."""

from celery import shared_task

from verification.actions import real_name


@shared_task(name="verification.answer_real_name_requests")
def answer_real_name_requests() -> int:
    return real_name.answer_requests()
