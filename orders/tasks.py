"""Worker entry points of the orders app."""

from celery import shared_task

from beian.actions.audit_seals import seal_rows
from beian.one_at_a_time import one_at_a_time
from orders.actions import (
    bureau_file_retention,
    erasure_warning,
    face_retention,
    idle,
    order_retention,
    people_retention,
    picture_retention,
    results,
    rule_trials,
    sending,
    upload_retention,
)
from orders.audit_check import SEALED


@shared_task(name="orders.offer_bureau_records")
def offer_bureau_records() -> int:
    return sending.offer_records()


@shared_task(name="orders.collect_bureau_results")
def collect_bureau_results() -> int:
    return results.collect_results()


@shared_task(name="orders.tidy_face_photos")
def tidy_face_photos() -> int:
    return face_retention.tidy_photos()


@shared_task(name="orders.drop_idle_limits")
def drop_idle_limits() -> int:
    return idle.drop_idle_limits()


@shared_task(name="orders.erase_bureau_files")
@one_at_a_time
def erase_bureau_files() -> int:
    return bureau_file_retention.erase_bureau_files()


@shared_task(name="orders.seal_audit_trail")
@one_at_a_time
def seal_audit_trail() -> int:
    return seal_rows(SEALED)


@shared_task(name="orders.warn_of_erasures")
@one_at_a_time
def warn_of_erasures() -> int:
    return erasure_warning.warn_of_erasures()


@shared_task(name="orders.erase_pictures")
@one_at_a_time
def erase_pictures() -> int:
    return picture_retention.erase_pictures()


@shared_task(name="orders.erase_unused_uploads")
@one_at_a_time
def erase_unused_uploads() -> int:
    return upload_retention.erase_unused_uploads()


@shared_task(name="orders.erase_submitted_people")
@one_at_a_time
def erase_submitted_people() -> int:
    return people_retention.erase_submitted_people()


@shared_task(name="orders.erase_orders")
@one_at_a_time
def erase_orders() -> int:
    return order_retention.erase_orders()


@shared_task(name="orders.run_rule_trials")
@one_at_a_time
def run_rule_trials() -> int:
    return rule_trials.run_trials()
