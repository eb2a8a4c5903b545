"""Words of an order's messages that depend on more than the template."""

import re
from datetime import datetime

import pytest

from beian import clock
from beian.models import Notice, User
from orders import notices
from orders.models import FilingOrder

pytestmark = pytest.mark.django_db

IN_AN_UNPUBLISHED_YEAR = datetime(2049, 6, 3, 18, tzinfo=clock.SHANGHAI)
# The notices whose time is counted in working days.
PROMISES = ["submitted", "initial_review_passed", "sms_done", "resubmitted_unchanged"]


def body_of(order, key: str, language: str = "zh-hans") -> str:
    user = notices.owner_of(order)
    user.language = language
    user.save()
    return notices.texts_for_owner(key, order, order.events.first())[1]


@pytest.mark.parametrize("key", PROMISES)
def test_promise_says_that_the_holidays_before_it_are_not_published(life, key):
    order = life.order
    order.due_at = IN_AN_UNPUBLISHED_YEAR

    assert "2049-06-03 18:00 前（节假日安排尚未公布，日期可能调整）" in body_of(order, key)
    assert "by 2049-06-03 18:00 (public holidays not announced yet" in body_of(order, key, "en")


@pytest.mark.parametrize("key", PROMISES)
def test_promise_in_a_year_that_operators_entered_is_certain(life, change_setting, key):
    change_setting("calendar.free_days", ["2049-10-01"])
    order = life.order
    order.due_at = IN_AN_UNPUBLISHED_YEAR

    assert "节假日" not in body_of(order, key)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("province", "number"), [("33", "浙ICP备2026000002号-1"), ("44", "浙ICP备2026000002号")]
)
def test_message_of_the_filing_names_the_number_that_the_province_wants_shown(
    life, bureau, province, number, language
):
    life.to_bureau_review()
    FilingOrder.objects.update(province=province)
    User.objects.update(language=language)
    bureau.decide("granted")
    life.collect()

    bodies = list(Notice.objects.filter(template="filed").values_list("body", flat=True))
    assert len(bodies) == 3
    wanted = re.compile(f"底部标明 {number}( 并|，)|Show {number} (at the foot|on)")
    assert [body for body in bodies if not wanted.search(body)] == []


def test_points_of_a_message_are_joined_as_its_language_does(life):
    life.submit()
    life.take()
    life.comment("services[0].name")

    assert "\n网站名称：请改名\n" in body_of(life.order, "rejected")
    assert "\nWebsite name: 请改名\n" in body_of(life.order, "rejected", "en")


def test_recall_does_not_claim_that_something_was_changed_meanwhile(life):
    order = life.order

    assert "如果您在此期间改过内容，这些修改没有提交" in body_of(order, "recalled")
    assert "If you changed anything meanwhile, it was not submitted" in body_of(
        order, "recalled", "en"
    )
