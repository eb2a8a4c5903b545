"""Who may do what: one table of URL name, method and role.

A row names those a page opens for. Everybody else is turned away by one rule: the signed-out are
led to sign in; applicants are not told that staff pages exist (404); staff, and sub-users without
the role, are told that they may not (403); another account's thing does not exist (404).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from orders.queries import filed_services_of
from orders.truthfulness import standings_of
from tests.policy_acts import order_for
from tests.policy_world import (
    ADMINISTRATOR,
    ANONYMOUS,
    APPLICANTS,
    MONITOR,
    OPERATOR,
    OTHER_OWNER,
    OWNER,
    REVIEWER,
    ROLES,
    SENIOR,
    STAFF,
    SUB_USER,
    SUB_USER_WITHOUT,
    SUBMITTER,
    SUPPORT,
    UNVERIFIED,
    World,
)

OPEN, SIGN_IN, REFUSED, HIDDEN = "open", "sign in", "refused", "hidden"
# What a post does that would move an order.
DONE, DECLINED = "done", "declined"

EVERYBODY = frozenset(ROLES)
MONITORS = frozenset({MONITOR})
MEMBERS = APPLICANTS
FILERS = frozenset({UNVERIFIED, OWNER, OTHER_OWNER, SUB_USER})
# Those who may file for the account that owns the thing in question.
OF_ACCOUNT = frozenset({OWNER, SUB_USER})
DESK = frozenset({REVIEWER, SENIOR, SUBMITTER})
REVIEWERS = frozenset({REVIEWER, SENIOR})
SUBMITTERS = frozenset({SUBMITTER})
OPERATORS = frozenset({OPERATOR})

GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Row:
    """`arguments` makes the thing the address names; `query` and `data` are sent with it.

    `act` is the name of an act on an order; a post of it acts for `doers` only.
    """

    name: str
    method: str
    allowed: Collection[str]
    arguments: Callable[[World], dict[str, Any]] | None = None
    query: str = ""
    data: dict[str, str] = field(default_factory=dict)
    act: str = ""
    doers: Collection[str] = ()
    # Tells two rows of one address apart.
    kind: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.act, self.kind)))

    @property
    def is_for_staff(self) -> bool:
        return self.allowed <= STAFF

    @property
    def moves(self) -> bool:
        return bool(self.act) and self.method == POST

    def expected(self, role: str) -> str:
        if role in self.allowed and self.moves:
            return DONE if role in self.doers else DECLINED
        if role in self.allowed:
            return OPEN
        if self.allowed == MONITORS:
            return HIDDEN
        if role in (ANONYMOUS, MONITOR):
            return SIGN_IN
        if self.is_for_staff:
            return REFUSED if role in STAFF else HIDDEN
        if role in STAFF or role == SUB_USER_WITHOUT:
            return REFUSED
        return HIDDEN


def both(name: str, allowed: Collection[str], *more: Any, **data: str) -> tuple[Row, Row]:
    """A page that is read and posted by the same people."""
    return Row(name, GET, allowed, *more), Row(name, POST, allowed, *more, data=data)


def acts(
    name: str, allowed: Collection[str], doers: Collection[str], *names: str, **data: str
) -> list[Row]:
    """The pages of acts on an order, each in the state where it belongs."""
    return [
        Row(name, method, allowed, partial(staged, act=act), data=data, act=act, doers=doers)
        for act in names
        for method in (GET, POST)
    ]


def staged(world: World, act: str) -> dict[str, Any]:
    return {"pk": order_for(act, world).pk, "name": act}


def draft(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk}


def case(world: World) -> dict[str, Any]:
    return {"pk": world.case.pk}


def step(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk, "key": "subject"}


def filed(world: World) -> dict[str, Any]:
    return {"pk": world.filed.pk}


def filed_service(world: World) -> dict[str, Any]:
    (service,) = filed_services_of(world.filed)
    return {"pk": world.filed.pk, "service_id": service.pk}


def erased(world: World) -> dict[str, Any]:
    return {"pk": world.erased.pk}


def pending(world: World) -> dict[str, Any]:
    return {"pk": world.pending.pk}


def stopped_result(world: World) -> dict[str, Any]:
    return {"key": world.stopped_result.key}


def stopped_result_and_case(world: World) -> dict[str, Any]:
    return {"key": world.stopped_result.key, "pk": world.case.pk}


def failed_notice(world: World) -> dict[str, Any]:
    return {"pk": world.failed_notice.pk}


def document(world: World) -> dict[str, Any]:
    return {"pk": world.document(world.draft)}


def checklist_item(world: World) -> dict[str, Any]:
    return {"pk": world.case.pk, "key": "domain"}


def case_document(world: World) -> dict[str, Any]:
    return {"pk": world.case.pk, "document_id": world.document(world.case)}


def person(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk, "who": standings_of(world.draft)[0].key}


def person_act(world: World) -> dict[str, Any]:
    return {**person(world), "name": "show-code"}


def case_check(world: World) -> dict[str, Any]:
    return {"pk": world.case.pk, "check_id": world.check_of(world.case).pk}


def case_face(world: World) -> dict[str, Any]:
    return {"pk": world.case.pk, "photo_id": world.check_of(world.case).photo_id}


def closed_check(_world: World) -> dict[str, Any]:
    """No browser of the table has it open: everybody is shown the way to a link."""
    return {"check_id": UUID(int=7)}


def closed_check_act(world: World) -> dict[str, Any]:
    return {**closed_check(world), "name": "confirm"}


def rule(_world: World) -> dict[str, Any]:
    return {"rule_key": "N01"}


def rule_edit(world: World) -> dict[str, Any]:
    return {"edit_id": world.rule_edit.pk}


PATH = "?path=services[0].name"
PERSONAL_PATH = "?path=subject.principal.mobile"

PREPARE = "?province=44&nature=personal&kind=website&order=first"
NEED = "?what=website&where=mainland&address=ip"

PUBLIC_PAGES = (
    Row("public:home", GET, EVERYBODY),
    Row("public:help", GET, EVERYBODY),
    Row("orders:prepare", GET, EVERYBODY),
    Row("orders:prepare", GET, EVERYBODY, query=PREPARE, kind="list"),
    Row("orders:need", GET, EVERYBODY),
    Row("orders:need", GET, EVERYBODY, query=NEED, kind="answer"),
    Row("public:privacy", GET, EVERYBODY),
    Row("public:accessibility", GET, EVERYBODY),
    Row("public:healthz", GET, EVERYBODY),
    Row("public:metrics", GET, MONITORS),
    Row("public:readyz", GET, EVERYBODY),
    Row("public:session", GET, EVERYBODY - {ANONYMOUS, MONITOR}),
    Row("public:set-language", POST, EVERYBODY),
)

PEOPLE = (
    *both("verification:sign-in", EVERYBODY),
    *both("verification:sign-in-code", EVERYBODY),
    Row("verification:sign-out", POST, EVERYBODY),
    *both("verification:register", EVERYBODY),
    *both("verification:register-code", EVERYBODY),
    *both("verification:register-account", EVERYBODY),
    *both("verification:staff-sign-in", EVERYBODY),
    *both("verification:staff-second-factor", EVERYBODY),
    *both("verification:staff-home", STAFF),
    Row("verification:account", GET, MEMBERS),
    *both("verification:real-name", FILERS),
    *both("verification:messages", FILERS),
    Row("verification:unsent", GET, EVERYBODY - {ANONYMOUS, MONITOR}),
    Row("verification:document", GET, OF_ACCOUNT, document),
)

APPLICANT_PAGES = (
    Row("orders:my-filings", GET, FILERS),
    *both("orders:start", FILERS),
    Row("orders:tasks", GET, OF_ACCOUNT, draft),
    *both("orders:step", OF_ACCOUNT, step),
    Row("orders:truthfulness", GET, OF_ACCOUNT, draft),
    Row("orders:truthfulness-status", GET, OF_ACCOUNT, person),
    *both("orders:truthfulness-meeting", OF_ACCOUNT, person),
    Row("orders:truthfulness-act", POST, OF_ACCOUNT, person_act),
    *both("orders:check", OF_ACCOUNT, draft),
    Row("orders:not-possible", GET, OF_ACCOUNT, draft),
    *both("orders:objection", OF_ACCOUNT, lambda world: world.objectionable),
    Row("orders:submitted", GET, OF_ACCOUNT, case),
    Row("orders:order", GET, OF_ACCOUNT, case),
    Row("orders:order", GET, OF_ACCOUNT, erased, kind="erased"),
    Row("orders:content", GET, OF_ACCOUNT, case),
    *acts(
        "orders:act",
        OF_ACCOUNT,
        OF_ACCOUNT,
        *("withdraw", "abandon", "hide", "reopen", "resubmit_unchanged"),
    ),
    *both("orders:reply", OF_ACCOUNT, lambda world: world.answerable_comment),
    Row("orders:certificate", GET, OF_ACCOUNT, filed),
    *both("orders:public-security", OF_ACCOUNT, filed_service),
)

PERSON_PAGES = (
    *both("orders:sms", EVERYBODY),
    *both("orders:sms-verify", EVERYBODY),
    Row("orders:sms-resend", POST, EVERYBODY),
    Row("orders:sms-leave", POST, EVERYBODY),
    *both("orders:face", EVERYBODY),
    Row("orders:face-link", GET, EVERYBODY, lambda world: {"token": "0" * 32}),
    Row("orders:face-open", POST, EVERYBODY),
    Row("orders:face-leave", POST, EVERYBODY, closed_check),
    *both("orders:face-check", EVERYBODY, closed_check),
    *both("orders:face-meeting", EVERYBODY, closed_check),
    Row("orders:face-status", GET, EVERYBODY, closed_check),
    Row("orders:face-picture", GET, EVERYBODY, closed_check),
    Row("orders:face-act", POST, EVERYBODY, closed_check_act),
)

DESK_PAGES = (
    Row("orders:queue", GET, DESK),
    Row("orders:queue-next", POST, REVIEWERS),
    *both("orders:queue-views", DESK),
    Row("orders:case-heartbeat", POST, REVIEWERS, case),
    Row("orders:case", GET, DESK, case),
    Row("orders:case", GET, DESK, erased, kind="erased"),
    *acts(
        "orders:case-act",
        DESK,
        REVIEWERS,
        *("take", "release", "pass_initial_review", "ask_supplement", "reject", "recall"),
    ),
    *acts("orders:case-act", DESK, DESK, "resubmit_unchanged", "send_back_supplement"),
    *acts("orders:case-act", DESK, DESK, "send_back", opinion="域名尚未实名，请先核对。"),
    *both("orders:comment", DESK, case, PATH),
    *both("orders:comment-edit", DESK, lambda world: world.draft_comment),
    *both("orders:calls", REVIEWERS, case),
    Row("orders:checklist", POST, REVIEWERS, case),
    *both("orders:checklist-item", REVIEWERS, checklist_item),
    *both("orders:waive", REVIEWERS, lambda world: world.objected),
    *both("orders:reassign", {SENIOR}, case),
    *both("orders:reveal", DESK, case, PERSONAL_PATH),
    Row("orders:desk-document", GET, DESK, case_document),
    Row("orders:returned", GET, DESK),
    Row("orders:attention", GET, DESK | {SUPPORT, ADMINISTRATOR}),
    *both("orders:bureau-result", SUBMITTERS, stopped_result),
    *both("orders:bureau-result-apply", SUBMITTERS, stopped_result_and_case),
    Row("orders:failed-notice", GET, DESK | {SUPPORT}, failed_notice),
    Row("orders:failed-notice", POST, DESK, failed_notice),
    *both("orders:case-truthfulness", REVIEWERS, case_check),
    Row("orders:desk-face", GET, DESK, case_face),
    Row("orders:handover", GET, DESK),
    *both("orders:handover-act", SUBMITTERS, pending),
)

RULE_PAGES = (
    Row("orders:rules", GET, OPERATORS),
    *both("orders:rule-new", OPERATORS),
    Row("orders:rule", GET, OPERATORS, rule),
    *both("orders:rule-form", OPERATORS, rule),
    *both("orders:rule-edit", OPERATORS, rule_edit),
    *both("orders:rule-files", OPERATORS),
    Row("orders:rule-export", GET, OPERATORS, lambda world: {"place": "national"}),
)

TABLE = (*PUBLIC_PAGES, *PEOPLE, *APPLICANT_PAGES, *PERSON_PAGES, *DESK_PAGES, *RULE_PAGES)
