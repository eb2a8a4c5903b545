"""Behind a proxy the client counts; nobody can claim to be somebody else."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from beian import environment
from beian.audit import client_address
from beian.middleware.trusted_proxy import TrustedProxyMiddleware
from beian.models import AttemptBucket
from tests.builders import post

PROXY, SECOND_PROXY, CLIENT, CLAIMED = "10.0.0.5", "10.0.0.6", "203.0.113.9", "198.51.100.1"


@pytest.fixture
def proxies(settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/29"), ip_network("2001:db8::5")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def arriving(remote: str, **headers: str):
    """The request as views see it."""
    seen = []
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)
    TrustedProxyMiddleware(seen.append)(request)
    return seen[0]


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    ("remote", "forwarded_for", "client"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{CLIENT}, {SECOND_PROXY}", CLIENT),
        (PROXY, f"{CLAIMED}, {CLIENT}", CLIENT),
        (PROXY, f"{CLAIMED}, {CLIENT}, {SECOND_PROXY}", CLIENT),
        (PROXY, f"{CLAIMED},nonsense", PROXY),
        (PROXY, "", PROXY),
        (PROXY, SECOND_PROXY, SECOND_PROXY),
        (PROXY, f"{CLIENT}:51000", CLIENT),
        (PROXY, "[2001:db8::77]:443", "2001:db8::77"),
        ("2001:db8::5", CLIENT, CLIENT),
        (f"::ffff:{PROXY}", CLIENT, CLIENT),
        (CLIENT, CLAIMED, CLIENT),
        (CLIENT, f"{CLAIMED}, {PROXY}", CLIENT),
    ],
)
def test_client_is_the_nearest_stranger(remote, forwarded_for, client):
    request = arriving(remote, HTTP_X_FORWARDED_FOR=forwarded_for)

    assert client_address(request) == client


@pytest.mark.parametrize(
    ("remote", "client"),
    [("unix:", None), ("", None), ("fe80::1%eth0", "fe80::1"), ("::1", "::1")],
)
def test_what_is_no_address_is_none(remote, client):
    assert client_address(arriving(remote)) == client


def test_without_proxies_nobody_is_believed():
    request = arriving(CLIENT, HTTP_X_FORWARDED_FOR=CLAIMED, HTTP_X_FORWARDED_PROTO="https")

    assert client_address(request) == CLIENT
    assert not request.is_secure()


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(("remote", "is_secure"), [(PROXY, True), (CLIENT, False)])
def test_only_a_proxy_of_ours_can_say_that_the_page_is_secure(remote, is_secure):
    assert arriving(remote, HTTP_X_FORWARDED_PROTO="https").is_secure() is is_secure


@pytest.mark.usefixtures("proxies")
def test_secure_pages_say_so_for_a_year(settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    proxied = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_PROTO": "https"}

    assert Client().get("/healthz", **proxied)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/healthz")


@pytest.mark.django_db
@pytest.mark.usefixtures("proxies")
def test_invented_addresses_do_not_multiply_the_limit():
    for number in range(3):
        claimed = f"198.51.100.{number}, {CLIENT}"
        phone = {"phone": f"1380000003{number}"}
        post(Client(), "/sign-in/", phone, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=claimed)

    assert AttemptBucket.objects.get(scope="code.source").count == 3


def test_list_of_proxies_that_cannot_be_read_stops_the_start(monkeypatch):
    monkeypatch.setenv("BEIAN_TRUSTED_PROXIES", "10.0.0.5/24")

    with pytest.raises(ImproperlyConfigured, match="BEIAN_TRUSTED_PROXIES"):
        environment.networks("TRUSTED_PROXIES")
