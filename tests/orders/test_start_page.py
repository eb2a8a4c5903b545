"""The page that begins a filing: who files, without JavaScript, in one post."""

import pytest
from django.urls import reverse

from orders.actions.start import start_first_filing
from orders.apply.start_options import NAMED, nature_names, nature_refusals
from orders.models import FilingOrder
from orders.workflow import Refused
from rules.enumerations import natures
from tests.builders import client_of, make_applicant, post

pytestmark = pytest.mark.django_db

START = {"service_kind": "website", "province": "33"}


@pytest.fixture
def applicant():
    return make_applicant()


def start(applicant, **answers):
    return post(client_of(applicant.user), reverse("orders:start"), {**START, **answers})


def test_page_offers_every_nature_and_says_why_one_cannot_file(applicant):
    page = client_of(applicant.user).get(reverse("orders:start")).text

    for nature in natures():
        name = "nature" if nature.key in NAMED else "other_nature"
        assert f'name="{name}" value="{nature.key}"' in page
    assert "个体工商户" in page
    assert list(nature_refusals()) == ["overseas_body"]
    assert nature_refusals()["overseas_body"] in page


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("?service_kind=website&nature=personal&province=44", ["website", "personal"]),
        ("?nature=government&province=44", ["website", "other", "government"]),
        ("?service_kind=app&nature=overseas_body&province=44", ["website", "enterprise"]),
        ("?service_kind=fax&nature=school&province=44", ["website", "enterprise"]),
    ],
)
def test_answers_of_the_list_of_things_to_prepare_are_marked_before(applicant, query, marked):
    page = client_of(applicant.user).get(reverse("orders:start") + query).text

    radios = [part.split(">")[0] for part in page.split("<input")[1:]]
    chosen = [radio.split('value="')[1].split('"')[0] for radio in radios if "checked" in radio]
    assert chosen == marked
    assert '<option value="44" selected>广东省</option>' in page


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "请选择主办单位性质"),
        ({"nature": "school"}, "“主办单位性质”中没有这个选项，请重新选择"),
        ({"nature": "government"}, "“主办单位性质”中没有这个选项，请重新选择"),
        ({"nature": "other"}, "请选择单位的具体性质"),
        ({"nature": "other", "other_nature": "school"}, "“单位的具体性质”中没有这个选项"),
        ({"nature": "other", "other_nature": "enterprise"}, "“单位的具体性质”中没有这个选项"),
        (
            {"nature": "other", "other_nature": "overseas_body"},
            "境外机构须凭在中国境内核发的证件备案",
        ),
    ],
)
def test_missing_or_wrong_nature_is_named_with_its_remedy(applicant, answers, error):
    page = start(applicant, **answers)

    assert page.status_code == 200
    assert error in page.text.partition('id="error-summary"')[2].partition("</form>")[0]
    assert not FilingOrder.objects.exists()


def test_second_answer_counts_only_for_the_rest(applicant):
    start(applicant, nature="enterprise", other_nature="foundation")

    assert FilingOrder.objects.get().nature == "enterprise"


def test_english_page_names_the_reason_in_english(applicant):
    client = client_of(applicant.user)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("orders:start")).text

    assert "An overseas body files with a certificate issued in mainland China" in page


def test_sole_proprietor_is_an_enterprise_with_a_mark(applicant):
    start(applicant, nature="sole_proprietor")

    subject = FilingOrder.objects.get().dossier.subject
    assert (subject.nature, subject.is_sole_proprietor) == ("enterprise", True)
    assert subject.cert_type == "business_licence"


@pytest.mark.parametrize("nature", ["overseas_body", "school", ""])
def test_action_refuses_what_the_page_does_not_offer(applicant, nature):
    with pytest.raises(Refused) as refusal:
        start_first_filing(applicant.actor, province="33", nature=nature)

    assert refusal.value.code == "nature"


def test_every_nature_of_the_ministry_has_a_name_here():
    assert {row.key for row in natures()} | {"sole_proprietor"} == set(nature_names())
