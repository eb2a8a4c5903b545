"""The way to a person's page: a code beside the applicant, a text message, or the own request.

Texts go to numbers that answered a code of this order, of persons who are its service principals
now; the order is locked while that is looked at, so that nobody is changed meanwhile.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from beian.limits import LimitReached
from orders import workflow
from orders.actions.truthfulness import PERSON, begun, end_outdated
from orders.apply.stops import upload_refusal
from orders.models import FilingOrder
from orders.required import is_mobile_proved
from orders.truthfulness import Standing, missing_before, mobile_of, standings_of
from orders.workflow import Refused
from verification.actions import truthfulness, truthfulness_links
from verification.actions.truthfulness import CheckRefused
from verification.models import TruthfulnessCheck, TruthfulnessLink


def person_on(order: FilingOrder, key: str) -> Standing:
    """The service principal a page of the step is about; raises Refused for one who is not."""
    standing = next((item for item in standings_of(order) if item.key == key), None)
    if standing is None:
        raise Refused("person", _("网站负责人已更换，请查看最新内容后再操作。"))
    missing = missing_before(order, standing.person)
    if missing:
        words = {"what": _("、").join(missing)}
        raise Refused("unnamed", _("请先填写%(what)s，再开始核验。") % words)
    # No face of somebody whose papers are refused before a picture of them is kept.
    refusal = upload_refusal(order)
    if refusal:
        raise Refused("stopped", refusal.reason)
    return standing


@transaction.atomic
def begin(actor: Actor, order_id: UUID, key: str) -> tuple[Standing, TruthfulnessCheck]:
    """The person and the check that is open for him or her from now on; raises Refused."""
    order = begun(order_id)
    standing = person_on(order, key)
    end_outdated(actor, standing)
    return standing, truthfulness.open_check(order.pk, standing.person)


def show_code(actor: Actor, order: FilingOrder, key: str) -> TruthfulnessLink:
    """A fresh QR code for the person; raises Refused, CheckRefused or LimitReached."""
    _refuse_photo(person_on(order, key))
    _standing, check = begin(actor, order.pk, key)
    return truthfulness_links.show_link(actor, check)


def send_link(
    actor: Actor, order: FilingOrder, key: str, *, source_address: str | None
) -> Standing:
    """Text a link to the person's number, once that has answered a code.

    Raises Refused, CheckRefused or LimitReached.
    """
    standing = person_on(order, key)
    _refuse_photo(standing)
    if not is_mobile_proved(order.pk, standing.person.mobile):
        raise Refused("mobile", _("请先在负责人页面用验证码确认手机号，再发送短信链接。"))
    standing, check = begin(actor, order.pk, key)
    _text(actor, order, check, standing.person.mobile, source_address)
    return standing


def _refuse_photo(standing: Standing) -> None:
    """A link leads to the camera: raises Refused where only the video will do."""
    if standing.wants_meeting:
        raise Refused("video", _("审核员要求以视频会议核验，请预约视频会议。"))


def send_link_again(order: FilingOrder, mobile: str, *, source_address: str | None) -> None:
    """For a person who comes without a link: to the own confirmed number, or nothing.

    After a withdrawal or a refusal a new check is opened, as the applicant could; a check that is
    over, or of a person who is named no more, is reached for taking its photo back. Where only the
    video will do, no link leads to the camera.
    """
    for check in _checks_of(order.pk, mobile):
        try:
            _text(PERSON, order, check, mobile, source_address)
        except (LimitReached, CheckRefused):
            # The page gives everybody the same answer.
            continue


@transaction.atomic
def _checks_of(order_id: UUID, mobile: str) -> list[TruthfulnessCheck]:
    if not is_mobile_proved(order_id, mobile):
        return []
    order = workflow.locked(order_id)
    known = [item for item in standings_of(order) if item.person.mobile == mobile]
    found = [check for check in (_current_of(order, item) for item in known) if check]
    # Who has a check now takes back the photos of earlier ones there.
    persons = [check.person_digest for check in found]
    return found + truthfulness.checks_with_photo(order_id, mobile, unless=persons)


def _current_of(order: FilingOrder, standing: Standing) -> TruthfulnessCheck | None:
    if standing.wants_meeting:
        return None
    try:
        begun_by = person_on(order, standing.key) if order.is_editable else None
    except Refused:
        begun_by = None
    if begun_by is None:
        return standing.check
    end_outdated(PERSON, begun_by)
    return truthfulness.open_check(order.pk, begun_by.person)


def _text(
    actor: Actor,
    order: FilingOrder,
    check: TruthfulnessCheck,
    mobile: str,
    source_address: str | None,
) -> None:
    is_named = bool(mobile_of(order, check))
    truthfulness_links.text_link(
        actor,
        check,
        mobile=mobile,
        who=order.subject_name,
        is_asked=order.is_editable and is_named and check.closed_at is None,
        source_address=source_address,
    )
