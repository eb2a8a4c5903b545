"""What a transition does to other rows, inside its transaction and before the order is saved."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from beian import clock
from beian.actors import Actor
from beian.site_settings import setting
from orders.enums import HandoverState, RecordType, ReturnReason

if TYPE_CHECKING:
    from orders.models import FilingOrder

Effect = Callable[["FilingOrder", Actor, Mapping], None]


def freeze_submission(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    from orders.actions.freeze import freeze
    from orders.actions.unsaved import forget_all_unsaved
    from orders.risk import classes_of, senior_classes
    from orders.submitted_people import keep_people

    order.round += 1
    # First: from now on only orders that were there before it are looked at.
    keep_people(order, is_first=order.round == 1)
    freeze(order, actor)
    forget_all_unsaved(order)
    order.risk_classes = classes_of(order)
    order.is_high_risk = bool(senior_classes(order))
    order.has_objection = bool(order.submission.objections)


def keep_people_again(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    """Of what comes back as it was: whoever was submitted meanwhile was there before."""
    from orders.submitted_people import keep_people

    keep_people(order, is_first=False)


def hold_resource(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders import resources

    resources.hold(order)


def release_resource(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders import resources

    resources.release(order)


def consume_resource(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders import resources

    resources.consume(order)


def cancel_queued_record(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    filings = order.bureau_records.filter(record_type=RecordType.FIRST_FILING, closed_at=None)
    filings.filter(state=HandoverState.QUEUED).update(state=HandoverState.CANCELLED)
    # What the bureau's system refused is no longer anybody's business.
    filings.filter(state=HandoverState.REFUSED).update(closed_at=clock.now())


def assign_to_actor(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    order.assigned_to_id = actor.user_id
    order.lease_until = clock.now() + timedelta(minutes=setting("review.lease_minutes"))


def assign_to_named(order: "FilingOrder", _actor: Actor, data: Mapping) -> None:
    order.assigned_to_id = data["to_user_id"]
    order.lease_until = clock.now() + timedelta(minutes=setting("review.lease_minutes"))


def drop_assignment(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    order.assigned_to_id = None
    order.lease_until = None


def note_reviewer(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    order.last_reviewer_id = actor.user_id


def send_comments(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    order.comments.unsent().filter(round=order.round).update(sent_at=clock.now())


def open_commented_paths(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    rows = order.comments.standing().filter(round=order.round)
    order.open_paths = sorted({comment.path for comment in rows})


def close_open_paths(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    order.open_paths = []


def put_submission_back(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    from orders.actions.draft import put_submission_back as put_back

    put_back(actor, order)


def open_sms_challenges(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders.actions.sms import open_challenges_of

    open_challenges_of(order)


def close_sms_challenges(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders.actions.sms import close_challenges_of

    close_challenges_of(order)


def tell_bureau_verified(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    from orders.actions.handover import queue_sms_result

    queue_sms_result(order, state="all_verified")


def close_records(orders: Iterable["FilingOrder"]) -> None:
    from orders.models import BureauRecord

    rows = BureauRecord.objects.filter(order__in=orders, closed_at=None)
    rows.exclude(state=HandoverState.QUEUED).update(closed_at=clock.now())


def _close_records(order: "FilingOrder") -> None:
    close_records([order])


def _return(order: "FilingOrder", reason: ReturnReason) -> None:
    from orders.actions.handover import queue_sms_result

    order.return_reason = reason
    queue_sms_result(order, state="returned")
    _close_records(order)


def return_sms_timeout(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    _return(order, ReturnReason.SMS_TIMEOUT)


def return_too_many_errors(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    _return(order, ReturnReason.SMS_TOO_MANY_ERRORS)


def return_domain_check(order: "FilingOrder", _actor: Actor, data: Mapping) -> None:
    # The ministry itself closed its copy; only our side has to follow.
    order.return_reason = ReturnReason.DOMAIN_CHECK
    order.bureau_opinion = str(data.get("opinion", ""))
    _close_records(order)


def clear_return_reason(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    order.return_reason = ""
    order.bureau_opinion = ""


def keep_bureau_opinion(order: "FilingOrder", _actor: Actor, data: Mapping) -> None:
    order.bureau_opinion = str(data["opinion"])
    _close_records(order)


def write_register(order: "FilingOrder", _actor: Actor, data: Mapping) -> None:
    from orders.actions.register import write_register_of
    from orders.actions.unsaved import forget_all_unsaved

    order.subject_number = data["subject_number"]
    order.bureau_opinion = ""
    write_register_of(order, data["service_numbers"])
    forget_all_unsaved(order)
    _close_records(order)


def end_truthfulness(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    from verification.actions.truthfulness import end_checks
    from verification.enums import CheckEnd

    end_checks(actor, order.pk, CheckEnd.ORDER_CLOSED)


def end_checks_of_strangers(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    from orders.actions.truthfulness import end_checks_of_strangers as end_theirs

    end_theirs(actor, order)


def end_checks_asked_again(order: "FilingOrder", actor: Actor, _data: Mapping) -> None:
    from orders.actions.truthfulness import end_checks_asked_again as end_asked

    end_asked(actor, order)


def hide_order(order: "FilingOrder", _actor: Actor, _data: Mapping) -> None:
    order.is_hidden = True


EFFECTS: dict[str, Effect] = {
    effect.__name__: effect
    for effect in (
        freeze_submission,
        keep_people_again,
        hold_resource,
        release_resource,
        consume_resource,
        cancel_queued_record,
        assign_to_actor,
        assign_to_named,
        drop_assignment,
        note_reviewer,
        send_comments,
        open_commented_paths,
        close_open_paths,
        put_submission_back,
        open_sms_challenges,
        close_sms_challenges,
        tell_bureau_verified,
        return_sms_timeout,
        return_too_many_errors,
        return_domain_check,
        clear_return_reason,
        keep_bureau_opinion,
        write_register,
        end_truthfulness,
        end_checks_of_strangers,
        end_checks_asked_again,
        hide_order,
    )
}
