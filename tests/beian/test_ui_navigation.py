"""Each kind of person gets the links of their own shell."""

import pytest

from beian import navigation
from beian.context import Site
from beian.models import User
from beian.navigation import Entry
from beian.site_settings import overrides

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_entries(monkeypatch):
    monkeypatch.setattr(navigation, "PUBLIC", [Entry("public:home", "首页", 10)])
    monkeypatch.setattr(
        navigation, "APPLICANT", [Entry("public:help", "消息", 10, count=lambda request: 2)]
    )
    monkeypatch.setattr(
        navigation,
        "STAFF",
        [
            Entry("public:help", "队列", 10),
            Entry("public:privacy", "统计", 20, group="管理", visible=lambda request: False),
        ],
    )


def request_of(rf, user):
    request = rf.get("/help/")
    request.user = user
    return request


def test_applicant_sees_the_number_beside_the_label(rf):
    site = Site(request_of(rf, User(phone="13800000034")))

    assert [(item.label, item.url, item.count) for item in site.nav] == [("消息", "/help/", 2)]
    assert site.user_label == "138******34"


def test_sets_of_all_entries_are_counted_in_one_query(rf, monkeypatch, django_assert_num_queries):
    User.objects.create_applicant(phone="13800000034")
    people = User.objects.order_by("pk")
    sets = {"public:help": {"a": people, "b": people}, "public:privacy": {"a": people.none()}}
    shell = [
        Entry(name, name, position, rows=lambda request, name=name: sets[name])
        for position, name in enumerate(sets)
    ]
    monkeypatch.setattr(navigation, "APPLICANT", shell)
    site = Site(request_of(rf, User(phone="13800000035")))
    overrides()

    with django_assert_num_queries(1):
        numbers = [item.count for item in site.nav]

    assert numbers == ["2", "0"]


def test_staff_sees_only_what_is_visible(rf):
    site = Site(request_of(rf, User(is_staff=True, staff_name="审核员 2107")))

    assert [item.label for item in site.nav] == ["队列"]
    assert [group.label for group in site.staff_nav] == [""]
    assert site.user_label == "审核员 2107"


def test_visitor_sees_the_public_links(rf):
    request = rf.get("/")

    assert [item.label for item in Site(request).nav] == ["首页"]


def test_entry_is_current_on_its_own_page(client):
    html = client.get("/").content.decode()

    assert '<a href="/" aria-current="page">首页</a>' in html


def test_registering_twice_keeps_one_entry():
    shell = []
    entry = Entry("public:home", "首页", 10)

    navigation.register(shell, entry, Entry("public:help", "帮助", 5))
    navigation.register(shell, entry)

    assert [item.url_name for item in shell] == ["public:help", "public:home"]
