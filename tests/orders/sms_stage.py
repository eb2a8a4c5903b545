"""An order whose two responsible persons have just been texted."""

import re
from functools import partial

from beian import clock
from beian.actors import BUREAU
from beian.models import Notice
from orders import workflow
from orders.actions.sms import attempt_verification, challenges_of
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord, FilingOrder
from tests.builders import (
    ID_NUMBER,
    MOBILE,
    OTHER_ID_NUMBER,
    OTHER_MOBILE,
    filled_dossier,
    make_applicant,
    make_order,
)
from tests.racing import race
from verification.actions.sms import Entry
from verification.models import SmsChallenge

TAILS = {MOBILE: ID_NUMBER[-6:], OTHER_MOBILE: OTHER_ID_NUMBER[-6:]}
WEBMASTER = {
    "services[0].principal.same_as_subject_principal": False,
    "services[0].principal.full_name": "周示例",
    "services[0].principal.cert_type": "id_card",
    "services[0].principal.cert_number": OTHER_ID_NUMBER,
    "services[0].principal.mobile": OTHER_MOBILE,
}


def make_order_at_sms(number: int = 1, **changes) -> FilingOrder:
    """The bureau has accepted; subject principal and webmaster hold different mobiles.

    Orders of different `number` belong to different accounts and certificates.
    """
    own = {"subject.cert_number": f"91330102MA{number:08}"}
    order = make_order(
        make_applicant(phone=f"1380001{number:04}", account_name=f"示例科技 {number}"),
        state=OrderState.PENDING_BUREAU_SUBMISSION,
        dossier=filled_dossier(**{**WEBMASTER, **own, **changes}),
    )
    _accepted_record(order).save()
    return workflow.apply(order.pk, "accept_at_bureau", BUREAU)


def _accepted_record(order: FilingOrder) -> BureauRecord:
    record = BureauRecord(
        order=order,
        submission=order.submissions.get(),
        record_type=RecordType.FIRST_FILING,
        state=HandoverState.ACCEPTED,
        created_at=clock.now(),
    )
    record.put("test")
    return record


def challenge_for(order: FilingOrder, mobile: str = MOBILE) -> SmsChallenge:
    return next(row for row in challenges_of(order) if row.mobile == mobile)


def code_of(challenge: SmsChallenge) -> str:
    """The newest code, read from the message as its recipient would."""
    sends = SmsChallenge.objects.get(pk=challenge.pk).send_count
    notice = Notice.objects.get(event_key=f"sms-challenge:{challenge.pk}:{sends}")
    found = re.search(r"核验码 (\d+)", notice.body)
    assert found is not None
    return found.group(1)


def wrong_code(challenge: SmsChallenge) -> str:
    """A code that is surely not the right one."""
    code = code_of(challenge)
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def right_entry(challenge: SmsChallenge) -> Entry:
    return Entry(challenge.mobile, code_of(challenge), TAILS[challenge.mobile])


def wrong_entry(challenge: SmsChallenge) -> Entry:
    return Entry(challenge.mobile, wrong_code(challenge), TAILS[challenge.mobile])


def enter_at_once(order: FilingOrder, entries: list[tuple[SmsChallenge, Entry]]) -> list:
    """All entries at the same moment, each on a connection of its own; outcomes or exceptions."""
    return race(
        [
            partial(attempt_verification, order_id=order.pk, challenge_id=challenge.pk, entry=entry)
            for challenge, entry in entries
        ]
    )
