"""A charset that a client claims is not believed."""

import pytest

from tests.builders import post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["base64", "zlib", "utf-16", "rot13", "no-such-charset"])
def test_form_is_read_as_utf8_whatever_it_says(client, charset):
    body = f"idempotency_key={'a' * 20}&number=%E5%A4%87&mobile=1"
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    response = client.generic("POST", "/sms/", body, content_type=kind)

    assert response.status_code == 200
    assert 'value="备"' in response.content.decode()


def test_form_without_a_charset_is_read_as_before(client):
    assert 'value="备"' in post(client, "/sms/", {"number": "备"}).content.decode()
