"""What anybody may try, at any time, on any order: the right thing, the wrong thing, too late."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from beian.actions.deadlines import sweep_deadlines
from beian.site_settings import setting
from orders import workflow
from orders.actions import applicant, handover, results, review, sending
from orders.actions.comments import CommentText, add_comment, withdraw_comment
from orders.actions.draft import save_draft
from orders.actions.sms import attempt_verification, challenges_of, resend_code
from orders.actions.start import start_first_filing
from orders.actions.submit import submit_order
from orders.agreements import REQUIRED
from orders.enums import EDITABLE_STATES, REVIEW_STATES, OrderState
from orders.models import FilingOrder
from orders.replies import reply_to_comment
from orders.transitions import BY_NAME
from tests.checklist import tick_everything
from tests.crowd.house import House, order_of
from tests.life import entry_for
from tests.verification import pictures
from verification.actions.documents import store_document
from verification.actions.sms import Entry

Act = Callable[[House, FilingOrder, random.Random], object]
WITH_APPLICANT = EDITABLE_STATES | {OrderState.NEEDS_SUPPLEMENT}
# Events of the line and the sweep carry their own proof of being due; both have their own acts.
OF_MACHINES = frozenset(
    {
        "accept_at_bureau",
        "expire",
        "fail_domain_check",
        "grant",
        "refuse",
        "return_after_errors",
        "time_out_sms",
    }
)
NAMES = sorted(set(BY_NAME) - OF_MACHINES)
MUST_FIX = CommentText("must_fix", "R-NAME", "请改名")


def owner(house: House, order: FilingOrder, dice: random.Random):
    return dice.choice(house.applicants[order.account_id]).actor


def apply_anything(house: House, order: FilingOrder, dice: random.Random) -> object:
    """Any edge by anybody, with or without the version of the page."""
    strangers = [people[0].actor for people in dice.sample(sorted_people(house), 1)]
    actor = dice.choice([owner(house, order, dice), *strangers, *house.everybody_else])
    version = order.version if dice.random() < 0.5 else None
    return workflow.apply(order.pk, dice.choice(NAMES), actor, version=version, opinion="请修改")


def sorted_people(house: House) -> list[list]:
    return [house.applicants[key] for key in sorted(house.applicants)]


def go_on(house: House, order: FilingOrder, dice: random.Random) -> object:
    """What whoever does the right thing does next."""
    state = OrderState(order.state)
    if state == OrderState.RETURNED_BY_MIIT and dice.random() < 0.5:
        return resubmit_unchanged(house, order, dice)
    if state in WITH_APPLICANT:
        return submit(house, order, dice)
    if state in REVIEW_STATES:
        return judge(house, order, dice)
    if state == OrderState.PENDING_BUREAU_SUBMISSION:
        handover.hand_over_to_bureau(dice.choice(house.submitters), order.pk)
        return sending.offer_records()
    if state == OrderState.SMS_VERIFICATION:
        return verify(house, order, dice)
    if state == OrderState.BUREAU_REVIEW:
        sending.offer_records()
        return decide(house, order, dice)
    return after_the_end(house, order, dice)


def after_the_end(house: House, order: FilingOrder, dice: random.Random) -> object:
    """Begin another one, open an expired one again, or put an abandoned one out of sight."""
    act = dice.choice((begin_again, applicant.reopen_order, applicant.hide_order))
    if act is begin_again:
        return begin_again(house, order, dice)
    return act(owner(house, order, dice), order_id=order.pk, version=order.version)


def submit(house: House, order: FilingOrder, dice: random.Random) -> object:
    actor = owner(house, order, dice)
    for comment in order.comments.standing().filter(round=order.round, sent_at__isnull=False):
        reply_to_comment(actor, comment_id=comment.pk, text="说明如上")
    return submit_order(actor, order.pk, version=order.version, agreed=REQUIRED)


def resubmit_unchanged(house: House, order: FilingOrder, dice: random.Random) -> object:
    return workflow.apply(order.pk, "resubmit_unchanged", owner(house, order, dice))


def judge(house: House, order: FilingOrder, dice: random.Random) -> object:
    """Take the case, or go on with it as whoever holds it."""
    if not order.is_claimed:
        return review.take_order(dice.choice(house.reviewers), order_id=order.pk)
    if dice.random() < 0.1:
        other = dice.choice(house.reviewers).user_id
        senior = house.reviewers[0]
        return review.reassign_order(
            senior, order_id=order.pk, version=order.version, to_user_id=other
        )
    holder = next(one for one in house.reviewers if one.user_id == order.assigned_to_id)
    verdict = dice.choice(("pass_initial_review",) * 3 + ("reject", "ask_supplement", "release"))
    if verdict in {"reject", "ask_supplement"}:
        add_comment(holder, order_id=order.pk, path="services[0].name", content=MUST_FIX)
    elif verdict == "pass_initial_review":
        for comment in order.comments.standing().filter(round=order.round):
            withdraw_comment(holder, order_id=order.pk, comment_id=comment.pk)
        tick_everything(holder, order.pk)
    if verdict == "release":
        return review.release_order(holder, order_id=order.pk, version=order.version)
    return workflow.apply(order.pk, verdict, holder)


def recall(house: House, order: FilingOrder, dice: random.Random) -> object:
    """A reviewer takes the demands back, while the applicant may be at them."""
    return review.recall_order(
        dice.choice(house.reviewers), order_id=order.pk, version=order.version
    )


def comment(house: House, order: FilingOrder, dice: random.Random) -> object:
    path = dice.choice(("services[0].name", "subject.contact_address"))
    return add_comment(dice.choice(house.reviewers), order_id=order.pk, path=path, content=MUST_FIX)


def save(house: House, order: FilingOrder, dice: random.Random) -> object:
    """A page of the draft by one of two colleagues, sometimes an old page."""
    path = dice.choice(("services[0].remarks", "subject.contact_address"))
    version = max(1, order.version - dice.choice((0, 0, 0, 1, 3)))
    words = f"示例文字 {dice.randint(1, 9)}，介绍本公司的产品和联系方式，不提供下载。"
    return save_draft(owner(house, order, dice), order.pk, version=version, edits={path: words})


def upload(house: House, order: FilingOrder, dice: random.Random) -> object:
    """The same few pictures, so that two people send the same one."""
    content = pictures.encoded(pictures.drawn(330 + dice.randrange(2), 330))
    return store_document(
        owner(house, order, dice),
        owner=order.pk,
        account=order.account,
        kind="other",
        upload=pictures.upload(content),
    )


def verify(house: House, order: FilingOrder, dice: random.Random) -> object:
    for challenge in challenges_of(order):
        is_right = dice.random() < 0.8
        entry = entry_for(order, challenge) if is_right else Entry("1", "0", "0")
        attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)
    return None


def guess(house: House, order: FilingOrder, dice: random.Random) -> object:
    """Somebody tries codes until the order goes back."""
    for challenge in challenges_of(order)[:1]:
        for _attempt in range(setting("sms.wrong_attempts_allowed") + 1):
            attempt_verification(
                order_id=order.pk, challenge_id=challenge.pk, entry=Entry("1", "0", "0")
            )
    return None


def resend(house: House, order: FilingOrder, dice: random.Random) -> object:
    for challenge in challenges_of(order):
        resend_code(order_id=order.pk, challenge_id=challenge.pk)
    return None


def send(house: House, order: FilingOrder, dice: random.Random) -> object:
    house.bureau.faults = [dice.choice(("", "", "", "lost_before", "lost_after", "refuse"))]
    return sending.offer_records()


def decide(house: House, order: FilingOrder, dice: random.Random) -> object:
    """The officer answers the order's record, even twice; then the results are fetched."""
    return _answered(house, order, dice.choice(("granted",) * 3 + ("refused",)), dice)


def fail_domain(house: House, order: FilingOrder, dice: random.Random) -> object:
    return _answered(house, order, "failed", dice)


def _answered(house: House, order: FilingOrder, outcome: str, dice: random.Random) -> object:
    record = house.bureau.record_of(order.number)
    if record is not None:
        house.bureau.answer(record, outcome, times=dice.choice((1, 1, 2)))
    return results.collect_results()


def begin_again(house: House, order: FilingOrder, dice: random.Random) -> object:
    started = start_first_filing(owner(house, order, dice), province="33", nature="enterprise")
    house.order_ids.append(started.pk)
    return started


def time_passes(house: House, order: FilingOrder, dice: random.Random) -> object:
    house.ahead += timedelta(hours=dice.choice((0, 0, 1, 1, 6, 24)))
    return sweep_deadlines()


# Each act with how often it is tried.
ACTS: dict[Act, int] = {
    go_on: 40,
    apply_anything: 20,
    save: 8,
    comment: 5,
    recall: 3,
    send: 5,
    decide: 4,
    verify: 4,
    resend: 2,
    resubmit_unchanged: 3,
    guess: 6,
    upload: 2,
    begin_again: 2,
    time_passes: 2,
    fail_domain: 1,
}


def anything(house: House, dice: random.Random) -> str:
    """One act on one order, read just before as a page would; its name."""
    act = dice.choices(list(ACTS), list(ACTS.values()))[0]
    order = order_of(dice.choice(house.order_ids))
    act(house, order, dice)
    return act.__name__
