"""An order sent back for supplement, and a rule that began meanwhile about another field."""

import pytest

from beian import clock
from orders.actions.draft import save_draft
from orders.apply.editing import closed_reason
from orders.assessment import assess
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.workflow import Refused
from tests.orders.rulebook.stage import names_of, publish

pytestmark = pytest.mark.django_db

NAME, REMARKS, ADDRESS = "services[0].name", "services[0].remarks", "subject.contact_address"
EMERGENCY, MOBILE = "subject.principal.emergency_phone", "subject.principal.mobile"
LONG_NAME = "示例科技有限公司产品介绍与售后服务官方网站"


@pytest.fixture
def life(life):
    """Sent back with a comment on the address, and answered."""
    life.submit()
    life.take()
    life.comment(ADDRESS)
    life.act("ask_supplement", life.reviewer)
    life.order.comments.update(reply="已说明", reply_state="explained", replied_at=clock.now())
    return life


def save(life, **edits):
    order = life.order
    return save_draft(life.applicant.actor, order.pk, version=order.version, edits=edits)


def test_field_the_new_rule_stops_can_be_mended_and_submitted(life, author, publisher):
    assert closed_reason(life.order, NAME)
    publish(author.actor, publisher.actor, names_of(20))
    with pytest.raises(Refused):
        life.submit("resubmit")

    save(life, **{NAME: LONG_NAME})
    life.submit("resubmit")

    assert life.order.state == OrderState.RESUBMITTED
    assert life.order.submission.dossier.services[0].name == LONG_NAME


def test_nothing_else_opens_with_it(life, author, publisher):
    publish(author.actor, publisher.actor, names_of(20))

    assert closed_reason(life.order, NAME) == ""
    assert closed_reason(life.order, REMARKS)
    assert closed_reason(life.order, "subject.name")
    assert closed_reason(life.order, "subject.cert_number")


def test_stop_the_applicant_brings_about_opens_nothing(life):
    """The two numbers of a person must differ; only the emergency phone is to be changed."""
    FilingOrder.objects.filter(pk=life.order.pk).update(open_paths=[EMERGENCY])
    mobile = life.order.dossier.subject.principal.mobile

    save(life, **{EMERGENCY: mobile})

    stopped = {path for stop in assess(life.order).blocks for path in stop.paths}
    assert {MOBILE, EMERGENCY} <= stopped
    assert closed_reason(life.order, EMERGENCY) == ""
    assert closed_reason(life.order, MOBILE)


def test_what_was_mended_can_be_corrected(life, author, publisher):
    publish(author.actor, publisher.actor, names_of(20))
    save(life, **{NAME: LONG_NAME})

    save(life, **{NAME: LONG_NAME.replace("售后", "客户")})

    assert "客户" in life.order.dossier.services[0].name
    assert closed_reason(life.order, REMARKS)
