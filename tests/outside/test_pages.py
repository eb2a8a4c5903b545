import re

import pytest

from tests.outside.client import Client, application, sms_event

PAGES = [
    "/",
    "/phone/",
    "/phone/13800000041/",
    "/mail/",
    "/mail/li@shili-keji.example/",
    "/bureau/",
    "/bureau/switches/",
    "/ministry/",
    "/inventory/",
    "/real-name/",
    "/domains/",
    "/faces/",
    "/clock/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_in_both_languages_under_a_strict_policy(world: Client, path):
    answer = world.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 200
    assert "绝不用于生产环境" in answer.text
    assert "never in production" in answer.text
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert re.findall(r"<script|<style| style=| on[a-z]+=|\{\{|\{%", answer.text) == []


def test_case_page_answers_in_every_state(world: Client):
    waiting, ready, returned = application(), application(), application()
    world.upload(waiting, ready, returned, sms_event(ready), sms_event(returned, "returned"))

    statuses = [world.get(f"/bureau/{case['ref']}/").status for case in (waiting, ready, returned)]

    assert statuses == [200, 200, 200]


def test_address_that_leads_nowhere_says_so_in_both_languages(world: Client):
    answer = world.get("/nowhere/")

    assert answer.status == 404
    assert "没有这一页" in answer.text
    assert "Page not found" in answer.text
