"""Public pages, shells, error pages, the choice of language, and the weight of a page."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from beian import clock
from beian.middleware import session_life
from beian.models import SettingOverride, User
from beian.site_settings.lookup import forget_overrides

pytestmark = pytest.mark.django_db

PAGES = ["home", "help", "privacy", "accessibility"]
KEY = "a-key-of-this-test-only"
STATIC = Path(settings.BASE_DIR) / "static"


@pytest.mark.parametrize("name", PAGES)
def test_public_page_is_complete_without_script(client, name):
    response = client.get(reverse(f"public:{name}"))

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert 'lang="zh-Hans"' in html
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", html) == []


@pytest.mark.parametrize("name", PAGES)
def test_public_page_asks_no_other_host(client, name):
    html = client.get(reverse(f"public:{name}")).content.decode()

    assert re.findall(r'(?:src|action)="(?:https?:)?//[^"]*"', html) == []
    assert re.findall(r'<link[^>]*href="(?:https?:)?//[^"]*"', html) == []


def test_health_answers_ok(client):
    assert client.get(reverse("public:healthz")).json()["status"] == "ok"


def choose(client, language, next_page="/help/"):
    data = {"language": language, "next": next_page, "idempotency_key": KEY}
    return client.post(reverse("public:set-language"), data)


def test_language_is_kept_in_a_cookie(client):
    response = choose(client, "en")

    assert response["Location"] == "/help/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert 'lang="en"' in client.get("/help/").content.decode()


def test_language_is_kept_with_the_user(client):
    user = User.objects.create_staff(username="2107", password="a long passphrase", roles=[])
    client.force_login(user)
    session = client.session
    session[session_life.STARTED] = session[session_life.SEEN] = clock.now().timestamp()
    session.save()

    choose(client, "en")

    user.refresh_from_db()
    assert user.language == "en"


def test_unknown_language_changes_nothing(client):
    assert settings.LANGUAGE_COOKIE_NAME not in choose(client, "xx").cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:0", ""]
)
def test_language_never_leads_to_another_host(client, elsewhere):
    assert choose(client, "en", elsewhere)["Location"] == "/"


def test_unknown_address_says_what_to_do_and_gives_its_number(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()


def test_name_of_the_installation_is_a_setting(client):
    SettingOverride.objects.create(name="site.product_name", value="示例备案台")
    forget_overrides()

    html = client.get("/help/").content.decode()

    assert "<title>帮助 - 示例备案台</title>" in html
    forget_overrides()


def test_script_is_at_most_ten_kilobytes():
    assert sum(path.stat().st_size for path in STATIC.glob("js/*.js")) <= 10 * 1024


def test_page_is_at_most_forty_kilobytes_compressed(client):
    html = client.get("/").content
    assets = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js"), *STATIC.glob("img/icons.svg")]

    weight = len(gzip.compress(html)) + sum(len(gzip.compress(p.read_bytes())) for p in assets)

    assert weight <= 40 * 1024


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    templates = Path(settings.BASE_DIR).glob("templates/**/*.html")
    used = {
        name
        for path in templates
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }

    assert used - drawn == set()
