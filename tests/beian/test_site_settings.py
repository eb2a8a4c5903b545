"""Every number an operator may change, with its default, its override and its limits."""

import pytest

from beian.actions.site_settings import override_setting
from beian.actors import SYSTEM
from beian.models import AuditEntry
from beian.site_settings import REGISTRY, SettingError, setting
from beian.site_settings.lookup import forget_overrides

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_table():
    forget_overrides()
    yield
    forget_overrides()


def override(**values):
    row = override_setting(SYSTEM, **{"name": "sms.total_sends", "reason": "test", **values})
    forget_overrides()
    return row


def test_setting_without_override_has_its_default():
    assert setting("sms.total_sends") == 3


def test_override_of_a_province_holds_there_and_nowhere_else():
    override(value=4, province="33")

    assert setting("sms.total_sends", "33") == 4
    assert setting("sms.total_sends", "44") == 3
    assert setting("sms.total_sends") == 3


def test_override_of_the_installation_holds_where_no_province_has_its_own():
    override(value=5)
    override(value=4, province="33")

    assert (setting("sms.total_sends", "33"), setting("sms.total_sends", "44")) == (4, 5)


def test_shipped_value_of_a_province_yields_only_to_an_override_of_that_province():
    override(name="order.idle_days", value=60)
    assert (setting("order.idle_days", "33"), setting("order.idle_days", "44")) == (0, 60)

    override(name="order.idle_days", value=30, province="33")
    assert setting("order.idle_days", "33") == 30


def test_override_is_audited_with_its_reason():
    override(value=4)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.field, entry.purpose) == (
        "override_setting",
        "sms.total_sends",
        "test",
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": 0}, "at least 1"),
        ({"value": "three"}, "must be int"),
        ({"value": True}, "must be int"),
        ({"name": "no.such", "value": 1}, "no setting"),
        ({"name": "calendar.free_days", "value": ["1 October"]}, "days like 2027-10-01"),
        ({"name": "calendar.free_days", "value": [20271001]}, "days like 2027-10-01"),
        ({"name": "calendar.free_days", "value": "2027-10-01"}, "must be days"),
        ({"name": "code.minutes", "value": 5, "province": "33"}, "cannot differ"),
    ],
)
def test_override_that_does_not_fit_is_refused_with_the_reason(values, words):
    with pytest.raises(SettingError, match=words):
        override(**values)


def test_every_setting_has_a_source_and_two_languages():
    for row in REGISTRY.values():
        assert all((row.source, row.zh, row.en)), row.name


def test_address_of_the_portal_comes_from_the_environment_until_it_is_overridden(monkeypatch):
    monkeypatch.delenv("BEIAN_PUBLIC_URL", raising=False)
    assert setting("site.public_url") == REGISTRY["site.public_url"].default

    monkeypatch.setenv("BEIAN_PUBLIC_URL", "http://127.0.0.1:9000")
    assert setting("site.public_url") == "http://127.0.0.1:9000"

    override(name="site.public_url", value="https://beian.shili-yun.example")
    assert setting("site.public_url") == "https://beian.shili-yun.example"
