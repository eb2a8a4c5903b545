"""Links of one check, shown, texted and opened at the same moment."""

from functools import partial

import pytest

from orders.actions.truthfulness_entry import begin, send_link, show_code
from orders.truthfulness import standings_of
from tests.builders import make_applicant, make_order
from tests.life import prove_contacts
from tests.racing import race
from verification.actions.truthfulness import CheckRefused, end_check
from verification.actions.truthfulness_links import LinkDead, open_link
from verification.enums import CheckEnd
from verification.models import TruthfulnessCheck, TruthfulnessLink

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PRESSES = 6


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    order = make_order(applicant)
    prove_contacts(order)
    return order


def test_code_and_text_opened_at_once_leave_one_page(applicant, order):
    """Neither waits for the other: whoever has the check's row goes first."""
    key = standings_of(order)[0].key
    show_code(applicant.actor, order, key)
    send_link(applicant.actor, order, key, source_address=None)
    tokens = [link.token for link in TruthfulnessLink.objects.all()]

    answers = race([partial(open_link, token) for token in tokens * PRESSES])

    opened = [answer for answer in answers if isinstance(answer, TruthfulnessLink)]
    assert len(opened) == 1
    assert all(isinstance(answer, LinkDead) for answer in answers if answer not in opened)
    (page,) = TruthfulnessLink.objects.filter(replaced_at=None)
    assert page.pk == opened[0].pk


def test_one_check_is_begun_however_many_ask_at_once(applicant, order):
    key = standings_of(order)[0].key

    answers = race([partial(begin, applicant.actor, order.pk, key)] * PRESSES)

    assert len({check.pk for _standing, check in answers}) == 1
    assert TruthfulnessCheck.objects.count() == 1


def test_check_that_ends_meanwhile_gives_no_link(applicant, order, monkeypatch):
    """Its row is looked at again once it is locked; no error page."""
    key = standings_of(order)[0].key
    standing, check = begin(applicant.actor, order.pk, key)
    monkeypatch.setattr("orders.actions.truthfulness_entry.begin", lambda *_args: (standing, check))
    end_check(applicant.actor, check, CheckEnd.ORDER_CLOSED)

    with pytest.raises(CheckRefused):
        show_code(applicant.actor, order, key)
    assert not TruthfulnessLink.objects.exists()
