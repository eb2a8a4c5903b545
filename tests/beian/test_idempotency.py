"""A page posted twice acts once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import include, path

from beian.access import Level, access
from beian.models import IdempotencyKey
from tests.builders import client_of, make_applicant

acted: list[str] = []


@access(Level.PUBLIC)
def act(request):
    if request.POST.get("wrong"):
        return HttpResponse("请更正")
    acted.append(request.POST["idempotency_key"])
    return HttpResponseRedirect(f"/done/{len(acted)}/")


@access(Level.PUBLIC)
def fail(request):
    raise ValueError("broken")


urlpatterns = [
    path("", include("beian.urls")),
    path("act/", act),
    path("fail/", fail),
    path("other/", act),
]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def only_these_pages():
    acted.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def key():
    return uuid.uuid4().hex


def test_post_without_a_key_is_refused():
    answer = Client().post("/act/", {})

    assert answer.status_code == 400
    assert acted == []


def test_second_post_of_a_key_is_led_where_the_first_went():
    client, one = client_of(make_applicant().user), key()

    first = client.post("/act/", {"idempotency_key": one})
    second = client.post("/act/", {"idempotency_key": one})

    assert (first.url, second.url) == ("/done/1/", "/done/1/")
    assert acted == [one]


def test_page_with_errors_may_be_posted_again():
    client, one = client_of(make_applicant().user), key()
    client.post("/act/", {"idempotency_key": one, "wrong": "1"})

    answer = client.post("/act/", {"idempotency_key": one})

    assert answer.url == "/done/1/"


def test_post_that_failed_may_be_repeated():
    client, one = client_of(make_applicant().user), key()
    with pytest.raises(ValueError):
        client.post("/fail/", {"idempotency_key": one})

    assert IdempotencyKey.objects.count() == 0


def test_key_of_one_user_means_nothing_to_another():
    one = key()
    client_of(make_applicant().user).post("/act/", {"idempotency_key": one})
    other = make_applicant(phone="13800000099", account_name="其他账号（虚构）")

    client_of(other.user).post("/act/", {"idempotency_key": one})

    assert acted == [one, one]


def test_key_used_on_another_page_acts_on_neither():
    client, one = client_of(make_applicant().user), key()
    client.post("/act/", {"idempotency_key": one})

    answer = client.post("/other/", {"idempotency_key": one})

    assert answer.status_code == 409
    assert acted == [one]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_hundred_racing_posts_act_once():
    user, one = make_applicant().user, key()
    clients = [client_of(user) for _number in range(10)]

    def send(number):
        try:
            return clients[number % 10].post("/act/", {"idempotency_key": one}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        statuses = set(pool.map(send, range(100)))

    assert acted == [one]
    assert statuses <= {302, 409}
