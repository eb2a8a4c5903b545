"""Everybody who looks at a page without an order of their own, each in a browser of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from django.test import Client

from beian import clock
from beian.crypto.text import encrypt_text
from beian.enums import MembershipRole, RealNameState, StaffRoleName
from beian.models import User
from beian.unsent import Unsent
from orders import sms_grant
from orders.models import FilingOrder
from tests.browser.cast import Cast
from tests.browser.sessions import with_session
from tests.builders import COMPANY, CREDIT_CODE, client_of, make_applicant
from verification.actions.staff_entry import factor_of
from verification.enums import CodePurpose
from verification.models import SmsChallenge
from verification.pending import Pending, remember

VISITORS: dict[str, Callable[[Cast], Client]] = {}

ANONYMOUS = "anonymous"


def visitor(make: Callable[[Cast], Client]) -> Callable[[Cast], Client]:
    VISITORS[make.__name__.replace("_", "-")] = make
    return make


def _begun(pending: Pending) -> Client:
    return with_session(lambda request: remember(request, pending))


@visitor
def anonymous(cast: Cast) -> Client:
    return Client()


@visitor
def asked_to_sign_in(cast: Cast) -> Client:
    return _begun(Pending(CodePurpose.SIGN_IN, "13900009901"))


@visitor
def asked_to_register(cast: Cast) -> Client:
    return _begun(Pending(CodePurpose.REGISTER, "13900009902"))


@visitor
def proved_a_phone(cast: Cast) -> Client:
    return _begun(Pending(CodePurpose.REGISTER, "13900009903", is_proved=True))


@visitor
def staff_without_second_factor(cast: Cast) -> Client:
    return _begun(_after_password(cast.staff["reviewer"].user))


@visitor
def staff_with_second_factor(cast: Cast) -> Client:
    user = cast.staff["auditor"].user
    factor = factor_of(user)
    factor.confirmed_at = clock.now()
    factor.save()
    return _begun(_after_password(user))


def _after_password(user: User) -> Pending:
    proof = user.get_session_auth_hash()
    return Pending(CodePurpose.STAFF, user_id=user.pk, password_proof=proof)


def _owner(phone: str, **account: object) -> Client:
    person = make_applicant(phone=phone, account_name=f"示例科技（新 {phone[-2:]}）")
    for name, value in account.items():
        setattr(person.account, name, value)
    person.account.save()
    return client_of(person.user)


@visitor
def newcomer(cast: Cast) -> Client:
    return _owner("13900009904", real_name=COMPANY, real_name_certificate=CREDIT_CODE)


@visitor
def back_with_an_unsent_form(cast: Cast) -> Client:
    client = _owner("13900009910")
    user_id = int(client.session["_auth_user_id"])
    unsent = Unsent(
        user_id, "/account/real-name/", "/account/real-name/", [("name", COMPANY)], [], True
    )
    session = client.session
    session["unsent"] = encrypt_text(json.dumps(asdict(unsent)), "session.unsent")
    session.save()
    return client


@visitor
def unverified(cast: Cast) -> Client:
    return _owner("13900009905", real_name_state=RealNameState.UNVERIFIED)


@visitor
def waiting_for_real_name(cast: Cast) -> Client:
    return _owner(
        "13900009906",
        real_name_state=RealNameState.PENDING,
        real_name=COMPANY,
        real_name_certificate=CREDIT_CODE,
        real_name_requested_at=clock.now(),
    )


@visitor
def refused_real_name(cast: Cast) -> Client:
    return _owner(
        "13900009907",
        real_name_state=RealNameState.REFUSED,
        real_name=COMPANY,
        real_name_certificate=CREDIT_CODE,
        real_name_requested_at=clock.now(),
        real_name_refusal="mismatch",
    )


@visitor
def sub_user_without_role(cast: Cast) -> Client:
    owner = make_applicant(phone="13900009908", account_name="示例科技（母）")
    person = make_applicant(phone="13900009909", account=owner.account, role=MembershipRole.NONE)
    return client_of(person.user)


def _colleague(role: str) -> Callable[[Cast], Client]:
    return lambda cast: client_of(cast.staff[role].user)


VISITORS |= {str(role): _colleague(str(role)) for role in StaffRoleName}


def texted_person(order: FilingOrder, position: int) -> Client | None:
    """A responsible person who has found the verification of the order, if there is one."""
    rows = SmsChallenge.objects.filter(owner=order.pk).order_by("opened_at", "position")
    challenges = list(rows)
    if not challenges:
        return None
    return with_session(lambda request: sms_grant.give(request.session, challenges[position]))
