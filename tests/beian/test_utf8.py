"""A charset that a client claims is not believed."""

import io

import pytest

from beian.utf8 import without_charset
from tests.builders import post
from tests.served_client import ServedClient

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("charset", ["base64", "zlib", "utf-16", "rot13", "no-such-charset"])
def test_form_is_read_as_utf8_whatever_it_says(charset):
    body = f"idempotency_key={'a' * 20}&number=%E5%A4%87&mobile=1"

    response = ServedClient().generic(
        "POST", "/sms/", body, content_type=f"{FORM}; charset={charset}", QUERY_STRING="a=1"
    )

    assert response.status_code == 200
    assert 'value="备"' in response.content.decode()


def test_form_without_a_charset_is_read_as_before(client):
    assert 'value="备"' in post(client, "/sms/", {"number": "备"}).content.decode()


def test_boundary_beside_a_charset_stays():
    claimed = {"CONTENT_TYPE": "multipart/form-data; Charset=zlib; boundary=abc"}

    assert without_charset(claimed) == {"CONTENT_TYPE": "multipart/form-data; boundary=abc"}


def test_application_of_the_web_server_does_not_believe_it_either(settings):
    settings.DEMO = True  # or the application of an unfit installation refuses to start
    from beian.wsgi import application

    answers = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz",
        "QUERY_STRING": "a=1",
        "CONTENT_TYPE": f"{FORM}; charset=zlib",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
    }

    application(environ, lambda status, headers: answers.append(status))

    assert answers == ["200 OK"]
