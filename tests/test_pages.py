"""One page of each sort: complete markup, and nothing that would need a script.

`./dev prove axe` asks the same of every page in every state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from beian.enums import StaffRoleName
from orders.enums import OrderState
from tests.browser.album import LANGUAGES, MOST_READS, Album, album
from tests.browser.markup import post_forms, problems
from tests.browser.pages import (
    ALLOWED,
    COLLEAGUE,
    FRAMES,
    NOT_PAGES,
    OWNER,
    PAGE_NAMES,
    POST_NAMES,
    READ_NAMES,
    SAME_FOR_ALL,
    STAFF_NAMES,
    THING_NAMES,
    Kind,
    PageAt,
    candidates,
)
from tests.browser.scenes import SCENES
from tests.browser.visitors import VISITORS
from tests.fuzzing.stage import routes
from tests.policy import GET, TABLE

# The database is made for tests that are marked; the album itself is made once, before the first.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("album")]

# A decision without a form of its own, or whose form asks for nothing that could be wrong.
NOTHING_TO_FILL_IN = {
    "public:set-language",
    "verification:sign-out",
    "verification:messages",
    "verification:staff-home",
    "orders:act",
    "orders:sms-resend",
    "orders:sms-leave",
    "orders:truthfulness-act",
    "orders:face-open",
    "orders:face-leave",
    "orders:face-act",
    "orders:handover-act",
    "orders:queue-next",
    "orders:case-heartbeat",
    "orders:checklist",
}


# Pages whose forms change nothing that the order's version speaks of, and why.
WITHOUT_VERSION = {
    "orders:reveal": "shows, and writes who looked",
    "orders:bureau-result": "dismisses the result, which knows whether it was settled",
    "orders:failed-notice": "settles the message, which knows whether it was settled",
    "orders:face-link": "the person's own check",
    "orders:sms-verify": "the person's own code",
}


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker) -> Iterator[Album]:
    with django_db_blocker.unblock():
        yield album()


def test_every_address_that_can_be_read_has_a_page(pages):
    shown = {shot.page.url_name for shot in pages.pages}

    assert shown == set(PAGE_NAMES)
    assert {row.name for row in TABLE if row.method == GET} - NOT_PAGES <= shown


def test_every_state_has_a_scene_and_an_order_page(pages):
    shown = {SCENES[page.scene].state for page in pages.opened if page.url_name == "orders:order"}

    assert {scene.state for scene in SCENES.values()} == set(OrderState)
    assert shown == set(OrderState)


def seen_by(pages: Iterable[PageAt]) -> set[tuple[str, str, str]]:
    return {(page.url_name, page.who, SCENES[page.scene].state) for page in pages if page.scene}


def test_full_list_has_every_page_of_an_order_for_every_role_in_every_state():
    """From the URLconf; whether the page opens there is for the portal to say."""
    read = {route.name for route in routes()} & set(READ_NAMES)
    wanted = {
        (name, who, state)
        for name in read & THING_NAMES
        for who in (ALLOWED[name] if name in STAFF_NAMES else (OWNER, COLLEAGUE))
        for state in OrderState
    }

    assert wanted <= seen_by(candidates(everything=True))


def test_full_list_has_every_other_page_for_everybody():
    names = {route.name for route in routes()} & set(READ_NAMES) - THING_NAMES
    listed = {(page.url_name, page.who) for page in candidates(everything=True) if not page.scene}

    assert {(name, who) for name in names - SAME_FOR_ALL for who in VISITORS} <= listed
    assert {(name, who) for name in SAME_FOR_ALL for who in FRAMES} - listed == {
        (name, who) for name in SAME_FOR_ALL - names for who in FRAMES
    }
    assert set(StaffRoleName) <= set(VISITORS)


def test_addresses_of_the_urlconf_are_pages_or_posts_or_data():
    assert {route.name for route in routes()} == {*READ_NAMES, *POST_NAMES, *NOT_PAGES}


def test_every_form_is_also_seen_with_errors(pages):
    wrong = {shot.page.url_name for shot in pages.pages if shot.page.kind is not Kind.READ}

    assert wrong == POST_NAMES - NOTHING_TO_FILL_IN


def test_no_page_reads_more_than_twelve_times(pages):
    reads = {str(shot): shot.reads for shot in pages.pages if shot.page.kind is Kind.READ}

    assert {page: count for page, count in reads.items() if count > MOST_READS} == {}
    # Nothing would be counted if the album asked around the counter.
    assert max(reads.values()) > MOST_READS / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_complete_and_works_without_script(pages, language):
    found = {str(shot): problems(shot.html[language], language) for shot in pages.pages}

    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_every_form_about_an_order_carries_the_version_it_shows(pages):
    bare = {
        shot.page.url_name
        for shot in pages.pages
        if shot.page.scene
        for form in post_forms(shot.html["zh-hans"])
        if form.is_content and form.names["version"] != 1
    }

    assert bare == set(WITHOUT_VERSION)


def test_page_with_errors_says_so_in_its_title_and_leads_to_the_fields(pages):
    shots = [shot for shot in pages.pages if shot.page.kind is not Kind.READ]
    silent = [
        str(shot)
        for shot in shots
        if "<title>错误：" not in shot.html["zh-hans"]
        or 'id="error-summary"' not in shot.html["zh-hans"]
    ]

    assert silent == []


GOOD = (
    '<html lang="en"><head><title>A - B</title></head><body><main><h1>A</h1>{}</main></body></html>'
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        ('<a href="#">x</a>', ["<a href='#'> leads nowhere"]),
        ("<button>x</button>", ["<button class=None> outside a form"]),
        ('<p style="color: red">x</p>', ["<p style>"]),
        ("<script>go()</script>", ["inline <script>"]),
        ("<p>{{ name }}</p>", ["stray {{ in '{{ name }}'"]),
        ('<i id="a"></i><i id="a"></i>', ["id 'a' occurs 2 times"]),
        ('<label for="b">x</label>', ["nothing has the id 'b'"]),
        ("<h1>B</h1>", ["2 <h1>"]),
        ("<p><b>x</p></b>", ["</p> closes <b>"]),
        (
            '<form method="post" action="/a/"><input name="csrfmiddlewaretoken"></form>',
            ["form to '/a/' carries 0 idempotency_key"],
        ),
    ],
)
def test_wrong_markup_is_noticed(source, found):
    assert problems(GOOD.replace("{}", source), "en")[: len(found)] == found
