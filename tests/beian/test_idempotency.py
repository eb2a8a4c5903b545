"""A page posted twice acts once."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import include, path

from beian import clock
from beian.access import Level, access
from beian.models import IdempotencyKey
from tests.builders import client_of, make_applicant

acted: list[str] = []
begun, may_end = threading.Event(), threading.Event()


@access(Level.PUBLIC)
def act(request):
    if request.POST.get("wrong"):
        return HttpResponse("请更正")
    acted.append(request.POST["idempotency_key"])
    return HttpResponseRedirect(f"/done/{len(acted)}/")


@access(Level.PUBLIC)
def lead_far(request, name):
    acted.append(name)
    return HttpResponseRedirect(f"/done/?of={name}")


@access(Level.PUBLIC)
def act_slowly(request):
    begun.set()
    assert may_end.wait(10)
    return act(request)


@access(Level.PUBLIC)
def fail(request):
    raise ValueError("broken")


urlpatterns = [
    path("", include("beian.urls")),
    path("act/", act),
    path("slow/", act_slowly),
    path("fail/", fail),
    path("other/", act),
    path("act/<slug:name>/", lead_far),
]
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def only_these_pages():
    acted.clear()
    begun.clear()
    may_end.clear()
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


def test_address_of_any_length_is_kept():
    client, one, name = client_of(make_applicant().user), key(), "a" * 3000

    first = client.post(f"/act/{name}/", {"idempotency_key": one})
    second = client.post(f"/act/{name}/", {"idempotency_key": one})

    assert first.url == second.url == f"/done/?of={name}"
    assert acted == [name]


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


def test_post_whose_first_died_long_ago_is_done():
    user, one = make_applicant().user, key()
    died_at = clock.now() - timedelta(minutes=3)
    IdempotencyKey.objects.create(
        owner=f"user:{user.pk}", key=one, path="/act/", created_at=died_at
    )

    answer = client_of(user).post("/act/", {"idempotency_key": one})

    assert (answer.url, acted) == ("/done/1/", [one])


@pytest.mark.parametrize(
    ("referer", "link"),
    [
        ("http://testserver/form/?step=2", "http://testserver/form/?step=2"),
        ("https://elsewhere.example/", "/act/?a=1"),
        ("", "/act/?a=1"),
    ],
)
def test_page_about_a_running_post_links_to_the_form(change_setting, referer, link):
    change_setting("idempotency.wait_seconds", 0)
    user, one = make_applicant().user, key()
    IdempotencyKey.objects.create(
        owner=f"user:{user.pk}", key=one, path="/act/", created_at=clock.now()
    )

    answer = client_of(user).post("/act/?a=1", {"idempotency_key": one}, HTTP_REFERER=referer)

    assert answer.status_code == 409
    assert f'href="{link}"' in answer.text


def send_slowly(pool, user, one, *, times, **data):
    """Post the same page `times` times, the first one held until the others are waiting."""

    def send(_number):
        try:
            return client_of(user).post("/slow/", {"idempotency_key": one, **data})
        finally:
            connection.close()

    answers = [pool.submit(send, 0)]
    assert begun.wait(10)
    answers += [pool.submit(send, number) for number in range(1, times)]
    time.sleep(0.4)
    return answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_second_post_waits_for_the_first_and_is_led_to_the_same_place():
    user, one = make_applicant().user, key()

    with ThreadPoolExecutor(3) as pool:
        answers = send_slowly(pool, user, one, times=3)
        assert [answer.done() for answer in answers] == [False] * 3
        may_end.set()

    assert [answer.result().url for answer in answers] == ["/done/1/"] * 3
    assert acted == [one]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_second_post_shows_the_errors_that_the_first_would_have_shown():
    user, one = make_applicant().user, key()

    with ThreadPoolExecutor(2) as pool:
        answers = send_slowly(pool, user, one, times=2, wrong="1")
        may_end.set()

    assert [answer.result().text for answer in answers] == ["请更正", "请更正"]
    assert acted == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_second_post_waits_no_longer_than_the_setting_says(change_setting):
    change_setting("idempotency.wait_seconds", 1)
    user, one = make_applicant().user, key()

    with ThreadPoolExecutor(2) as pool:
        answers = send_slowly(pool, user, one, times=2)
        refused = answers[1].result(timeout=8)
        may_end.set()

    assert refused.status_code == 409
    assert answers[0].result().url == "/done/1/"


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
    assert statuses == {302}


@pytest.mark.parametrize("key", ["", "a" * 15, "a" * 65, "\0" * 20, "字" * 20, "a b" * 8])
def test_key_that_is_none_of_ours_is_refused(client, key):
    response = client.post("/act/", {"idempotency_key": key})

    assert response.status_code == 400
    assert acted == []
