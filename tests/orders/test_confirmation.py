"""The printable confirmation of a filing."""

import pytest

from beian.models import Subject
from orders.enums import OrderState
from orders.filings.filed import filed_services
from tests.builders import client_of, make_applicant, make_order
from tests.orders.builders_filings import make_filed_order

pytestmark = pytest.mark.django_db


def test_confirmation_shows_numbers_subject_service_and_domain():
    applicant = make_applicant()
    order = make_filed_order(applicant)

    html = client_of(applicant.user).get(f"/filings/{order.pk}/confirmation/").content.decode()

    shown = [
        "<strong>浙ICP备2026000001号-1</strong>",
        "<dd>示例科技（杭州）有限公司</dd>",
        "<dd>企业</dd>",
        "<dd>示例科技官网</dd>",
        f"<span>{order.dossier.services[0].domains[0]}</span>",
        "浙江省通信管理局审核通过",
    ]
    assert [text for text in shown if text not in html] == []
    assert 'href="https://beian.miit.gov.cn/"' in html


def test_confirmation_shows_no_personal_numbers():
    applicant = make_applicant()
    order = make_filed_order(applicant)

    html = client_of(applicant.user).get(f"/filings/{order.pk}/confirmation/").content.decode()

    person = order.dossier.subject.principal
    assert [
        value for value in (person.cert_number, person.mobile, person.email) if value in html
    ] == []


@pytest.mark.parametrize("state", [state for state in OrderState if state != OrderState.FILED])
def test_confirmation_is_not_found_before_filing(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    response = client_of(applicant.user).get(f"/filings/{order.pk}/confirmation/")

    assert response.status_code == 404


def test_confirmation_of_other_account_is_not_found():
    order = make_filed_order(make_applicant())
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    response = client_of(stranger.user).get(f"/filings/{order.pk}/confirmation/")

    assert response.status_code == 404


def test_footer_shows_the_service_number():
    order = make_filed_order(make_applicant())

    footer = filed_services(order)[0].footer

    assert footer.snippet == (
        '<a href="https://beian.miit.gov.cn/" target="_blank" rel="noopener">'
        "浙ICP备2026000001号-1</a>"
    )


def test_footer_shows_the_subject_number_where_the_province_wants_it():
    order = make_filed_order(make_applicant())
    Subject.objects.update(province="44")

    footer = filed_services(order)[0].footer

    assert (footer.number, footer.shows_subject_number) == ("浙ICP备2026000001号", True)
