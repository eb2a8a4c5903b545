"""Every page of the portal: URL name × who looks × state of the order, and pages with errors.

The list is generated from the policy table and the scenes. It holds candidates: an address that
leads on or refuses in some state is no page there. What a browser is shown is in the album.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from beian import clock
from beian.enums import NoticeState
from beian.models import Notice
from orders.assessment import assess
from orders.desk import acts as desk_acts
from orders.enums import ResultState
from orders.filings import acts
from orders.models import BureauResult, FilingOrder
from orders.queries import filed_services_of
from orders.steps import EVERY_KEY
from orders.transitions import TRANSITIONS
from orders.truthfulness import standings_of
from orders.truthfulness_results import TruthfulnessResult, results_of
from orders.views.case import TABS
from tests.browser.face_visitors import FACE_VISITORS
from tests.browser.rule_pages import VARIANTS as RULE_VARIANTS
from tests.browser.scenes import SCENES
from tests.browser.visitors import VISITORS
from tests.policy import GET, NEED, PATH, PERSONAL_PATH, POST, PREPARE, TABLE
from tests.policy_world import REVIEWER, SENIOR
from verification.actions.documents import documents_of
from verification.models import TruthfulnessCheck, TruthfulnessLink

# Answers that are data: health for machines, pictures.
NOT_PAGES = frozenset(
    {"public:session", "public:healthz", "public:readyz", "public:metrics"}
    | {"verification:document"}
    | {"orders:rule-export"}
    | {"orders:desk-document", "orders:desk-face", "orders:face-picture"}
    # Lines of pages, fetched by themselves.
    | {"orders:face-status", "orders:truthfulness-status"}
)

READ_ROWS = tuple(row for row in TABLE if row.method == GET and row.name not in NOT_PAGES)
READ_NAMES = tuple(dict.fromkeys(row.name for row in READ_ROWS))
POST_NAMES = frozenset(row.name for row in TABLE if row.method == POST)
# Those about an order; pages about a rule have their own addresses.
THING_NAMES = frozenset(row.name for row in TABLE if row.arguments is not None) - {*RULE_VARIANTS}
ALLOWED = {
    name: frozenset().union(*(row.allowed for row in READ_ROWS if row.name == name))
    for name in READ_NAMES
}
STAFF_NAMES = frozenset(row.name for row in TABLE if row.is_for_staff)

OWNER, COLLEAGUE = "owner", "sub-user"
FIRST_PERSON, LAST_PERSON = "first person", "last person"
# What an owner's account shows beside the order itself.
ACCOUNT_NAMES = ("orders:my-filings", "orders:start")
# Pages that confirm one edge of the state table.
ACT_NAMES = ("orders:act", "orders:case-act")
# Pages that differ by the frame around them only: signed out, applicant, staff.
PREPARING = frozenset({"orders:prepare", "orders:need"})
SAME_FOR_ALL = PREPARING | {row.name for row in TABLE if row.name.startswith("public:")}
FRAMES = ("anonymous", "newcomer", "reviewer")
# The other tabs say the same to everybody at the desk, and new things in few scenes.
MAIN_TAB = f"?view={TABS[0]}"
TAB_SCENES = frozenset({"under-review", "changed-and-resubmitted", "rejected-by-the-bureau"})
# What a person sees whose truthfulness check is open in the browser.
FACE_PAGES = ("orders:face-check", "orders:face-meeting")


class Kind(StrEnum):
    READ = "read"
    EMPTY = "posted empty"
    NONSENSE = "posted with nonsense"


@dataclass(frozen=True)
class PageAt:
    """`scene` is empty for pages about no order; `variant` is a step, an act, a tab or a query."""

    url_name: str
    who: str
    scene: str = ""
    variant: str = ""
    kind: Kind = Kind.READ

    def __str__(self) -> str:
        return " / ".join(part for part in vars(self).values() if part)


Sort = tuple[str, str, str, Kind]
# The page that tells the most about where an order stands: one sort for each state.
TELLS_THE_STATE = "orders:order"
# What says that an order's data was erased stands in the place of the page itself.
ERASED_SCENE, ERASED_PAGES = "past-its-term", (TELLS_THE_STATE, "orders:case")


def sort_of(page: PageAt) -> Sort:
    state = SCENES[page.scene].state if page.url_name == TELLS_THE_STATE else ""
    if (page.scene, page.url_name) in OTHER_WORDS:
        state = page.scene
    if page.scene == ERASED_SCENE and page.url_name in ERASED_PAGES:
        state = ERASED_SCENE
    return page.url_name, page.variant, state, page.kind


# Who files, or what was found, decides the words of these pages.
OTHER_WORDS = (
    {
        (scene, name)
        for scene in ("sole-proprietor-new", "institution-new", "representative-office-ready")
        for name in ("orders:step", "orders:check")
    }
    | {
        # Questions that some provinces put.
        (scene, "orders:step")
        for scene in ("letter-to-date", "licence-to-read", "permit-to-read")
    }
    | {
        # What can be objected to, and what was.
        ("stopped-by-a-rule", "orders:check"),
        ("under-review-with-an-objection", "orders:case"),
        ("under-review-with-a-waiver", "orders:case"),
        ("under-review-with-a-waiver", "orders:waive"),
    }
)


Address = tuple[dict[str, Any], str]


def _comment_of(order: FilingOrder, variant: str) -> dict[str, Any] | None:
    rows = order.comments.order_by("pk")
    comment = rows.last() if variant == "last" else rows.first()
    return {"pk": order.pk, "comment_id": comment.pk} if comment else None


def _document_of(order: FilingOrder, variant: str) -> Address | None:
    document = documents_of(order.pk).last()
    return ({"pk": order.pk}, f"?document={document.pk}&zoom=2&turn=90") if document else None


def _with(name: str) -> Callable[[FilingOrder, str], Address]:
    return lambda order, variant: ({"pk": order.pk, name: variant}, "")


def _queried(order: FilingOrder, variant: str) -> Address:
    return {"pk": order.pk}, variant


def _of_item(order: FilingOrder, variant: str) -> Address:
    key, question, query = variant.partition("?")
    return {"pk": order.pk, "key": key}, question + query


def _of_comment(order: FilingOrder, variant: str) -> Address | None:
    arguments = _comment_of(order, variant)
    return (arguments, "") if arguments else None


def _of_mark(order: FilingOrder, _variant: str) -> Address | None:
    found = assess(order).objectionables if order.is_editable else ()
    return ({"pk": order.pk, "mark": found[0].mark}, "") if found else None


def _of_objection(order: FilingOrder, _variant: str) -> Address | None:
    row = order.objections.first() if order.has_objection else None
    return ({"pk": order.pk, "objection_id": row.pk}, "") if row else None


def _of_service(order: FilingOrder, _variant: str) -> Address | None:
    service = next(iter(filed_services_of(order)), None)
    return ({"pk": order.pk, "service_id": service.pk}, "") if service else None


def _of_result(order: FilingOrder, query: str) -> Address | None:
    result = BureauResult.objects.filter(record__order=order, state=ResultState.STOPPED).first()
    return ({"key": result.key}, query) if result else None


def _of_result_and_order(order: FilingOrder, query: str) -> Address | None:
    found = _of_result(order, query)
    return ({**found[0], "pk": order.pk}, query) if found else None


def _of_failed_notice(order: FilingOrder, query: str) -> Address | None:
    notice = Notice.objects.filter(order_id=order.pk, state=NoticeState.FAILED).first()
    return ({"pk": notice.pk}, query) if notice else None


def _link_of(order: FilingOrder, variant: str) -> Address | None:
    if variant == "dead":
        return {"token": "0" * 32}, ""
    links = TruthfulnessLink.objects.alive(clock.now()).filter(check_row__owner=order.pk)
    link = links.first()
    return ({"token": link.token}, "") if link else None


def _of_person(order: FilingOrder, variant: str) -> Address | None:
    if order.is_erased:
        return None
    return {"pk": order.pk, "who": standings_of(order)[0].key}, ""


def _of_persons_page(order: FilingOrder, _variant: str) -> Address | None:
    """Nobody's browser has it open: `FACE_VISITORS` have their own."""
    check = TruthfulnessCheck.objects.filter(owner=order.pk).first()
    return ({"check_id": check.pk}, "") if check else None


def _results_of(order: FilingOrder) -> list[TruthfulnessResult]:
    is_there = order.round and not order.is_erased
    return results_of(order.submissions.get(round=order.round)) if is_there else []


def _of_check(order: FilingOrder, variant: str) -> Address | None:
    results = _results_of(order)
    return ({"pk": order.pk, "check_id": results[0].check.pk}, "") if results else None


def _face_of(order: FilingOrder, variant: str) -> Address | None:
    results = _results_of(order)
    photos = [result.photo for result in results if result.photo is not None]
    return ({"pk": order.pk}, f"?view=evidence&face={photos[0].pk}") if photos else None


# URL name → its variants and how one becomes an address (None: nothing of the kind is there).
VARIANTS: dict[str, tuple[tuple[str, ...], Callable[[FilingOrder, str], Address | None]]] = {
    "orders:step": (EVERY_KEY, _with("key")),
    "orders:act": (tuple(acts.ACTS), _with("name")),
    "orders:reply": (("first", "last"), _of_comment),
    "orders:public-security": (("first",), _of_service),
    "orders:objection": (("first",), _of_mark),
    "orders:waive": (("first",), _of_objection),
    "orders:bureau-result": (("", "?number=BA"), _of_result),
    "orders:bureau-result-apply": (("",), _of_result_and_order),
    "orders:failed-notice": (("",), _of_failed_notice),
    "orders:case": (tuple(f"?view={tab}" for tab in TABS), _queried),
    "orders:case-act": (tuple(desk_acts.ACTS), _with("name")),
    "orders:checklist-item": (("service", "service?verdict=not_applicable"), _of_item),
    "orders:comment": ((PATH,), _queried),
    "orders:comment-edit": (("first",), _of_comment),
    "orders:reveal": ((PERSONAL_PATH,), _queried),
    **dict.fromkeys(FACE_PAGES, (("",), _of_persons_page)),
    "orders:face-link": (("alive", "dead"), _link_of),
    "orders:truthfulness-meeting": (("first",), _of_person),
    "orders:case-truthfulness": (("first",), _of_check),
}
MORE_VARIANTS = {
    "orders:case": (("document",), _document_of),
}
FACE_VARIANTS = {"orders:case": (("face",), _face_of)}
QUERIES: dict[str, tuple[str, ...]] = {
    **RULE_VARIANTS,
    "orders:rules": (
        "",
        "?state=conflict",
        "?state=unreadable",
        "?state=removed",
        "?kind=same_person&province=44",
    ),
    "orders:rule-new": ("", "?kind=min_age", "?place=44&kind=min_age", "?place=33&kind=name_words"),
    "orders:queue": ("", "?q=BA", "?q=nothing-like-it", "?state=resubmitted", "?due=overdue"),
    "orders:queue-views": ("", "?due=overdue"),
    "orders:attention": ("", "?kind=notice"),
    "orders:sms": ("", "?number=BA20261120-0001"),
    "orders:prepare": ("", PREPARE, "?province=99"),
    "orders:need": ("", NEED, "?where=moon"),
}


def kinds_of(url_name: str) -> tuple[Kind, ...]:
    return tuple(Kind) if url_name in POST_NAMES else (Kind.READ,)


def candidates(*, everything: bool = False) -> Iterator[PageAt]:
    """Every page at its first reading; the kinds with errors follow from what it shows.

    `everything`: also for roles and in states that seldom show anything new.
    """
    yield from _pages_about_nothing()
    # Where most has happened first: a page of their sort shows the most.
    for scene in sorted(SCENES, key=lambda name: name not in TAB_SCENES):
        yield from _pages_of(scene, everything)


def _pages_about_nothing() -> Iterator[PageAt]:
    for name in READ_NAMES:
        if name not in THING_NAMES:
            for who in FRAMES if name in SAME_FOR_ALL else VISITORS:
                for query in QUERIES.get(name, ("",)):
                    yield PageAt(name, who, variant=query)
    for who in FACE_VISITORS:
        for name in FACE_PAGES:
            yield PageAt(name, who)


def _pages_of(scene: str, everything: bool) -> Iterator[PageAt]:
    for name in ACCOUNT_NAMES:
        yield PageAt(name, OWNER, scene)
    for who in (FIRST_PERSON, LAST_PERSON):
        yield PageAt("orders:sms-verify", who, scene)
    for name in READ_NAMES:
        if name in THING_NAMES:
            for variant in variants_of(name):
                if not (everything or _is_offered(name, variant, scene)):
                    continue
                for who in _readers_of(name, variant, scene, everything):
                    yield PageAt(name, who, scene, variant)


def _readers_of(name: str, variant: str, scene: str, everything: bool) -> tuple[str, ...]:
    if name not in STAFF_NAMES:
        return (OWNER, COLLEAGUE) if everything else (OWNER,)
    if everything:
        return tuple(sorted(ALLOWED[name]))
    if name == "orders:case" and variant != MAIN_TAB:
        return (REVIEWER,) if scene in TAB_SCENES else ()
    # What a colleague who does not hold the case sees differs while there is a case to hold.
    others = set() if scene in TAB_SCENES else {SENIOR}
    # The reviewer, who holds the case, is shown the most.
    return tuple(sorted(ALLOWED[name] - others, key=lambda who: (who != REVIEWER, who)))


def _is_offered(name: str, variant: str, scene: str) -> bool:
    """An act out of place is refused in the same words everywhere; some scenes show them."""
    if name not in ACT_NAMES or scene in TAB_SCENES:
        return True
    edges = [edge for edge in TRANSITIONS if f"{edge.name}_".startswith(f"{variant}_")]
    return not edges or any(SCENES[scene].state in edge.from_states for edge in edges)


def variants_of(name: str) -> tuple[str, ...]:
    own, _address = VARIANTS.get(name, (("",), None))
    more, _address = MORE_VARIANTS.get(name, ((), None))
    faces, _address = FACE_VARIANTS.get(name, ((), None))
    return (*own, *more, *faces)


def address_of(page: PageAt, order: FilingOrder) -> Address | None:
    """Arguments and query of a page about `order`, or None if it has nothing of the kind."""
    for table in (VARIANTS, MORE_VARIANTS, FACE_VARIANTS):
        own, address = table.get(page.url_name, ((), None))
        if page.variant in own:
            return address(order, page.variant)
    return {"pk": order.pk}, ""


# The names a full album has pages for; the error pages go under the name of their status.
ERROR_NAMES = tuple(f"error {status}" for status in (400, 403, 404, 409, 429, 500))
PAGE_NAMES = (*READ_NAMES, *ERROR_NAMES)
