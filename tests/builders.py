"""People, dossiers and orders for tests. Every person, company and number here is fictitious."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from beian import actors, clock
from beian.actors import Actor
from beian.enums import MembershipRole, RealNameState
from beian.middleware.session_life import SEEN, STARTED
from beian.models import Account, Membership, Resource, SettingOverride, User
from beian.site_settings.lookup import forget_overrides
from orders.dossier import Dossier, set_value, settle
from orders.enums import REVIEW_STATES, OrderState, OrderType, ReturnReason, ServiceKind
from orders.models import DraftRevision, FilingOrder, OrderEvent, Submission

COMPANY = "示例科技（杭州）有限公司"
CREDIT_CODE = "91330102MA0000001C"
ID_NUMBER = "330102198501010014"
OTHER_ID_NUMBER = "330102199003070027"
PERSON = "周示例"
MOBILE = "13800000034"
OTHER_MOBILE = "15900000006"


@dataclass(frozen=True)
class Applicant:
    user: User
    account: Account
    actor: Actor


@dataclass(frozen=True)
class Staff:
    user: User
    actor: Actor


def make_applicant(
    *,
    phone: str = MOBILE,
    account_name: str = "示例科技",
    is_verified: bool = True,
    role: str = MembershipRole.OWNER,
    account: Account | None = None,
) -> Applicant:
    """A signed-up person in an account (a new one unless given)."""
    user = User.objects.create_applicant(phone=phone)
    if account is None:
        account = Account.objects.create(
            name=account_name,
            real_name_state=RealNameState.VERIFIED if is_verified else RealNameState.UNVERIFIED,
            real_name_decided_at=clock.now() if is_verified else None,
        )
    Membership.objects.create(account=account, user=user, role=role)
    return Applicant(user, account, actors.applicant(user, account, role))


def make_staff(*roles: str, name: str = "reviewer-1") -> Staff:
    user = User.objects.create_staff(
        username=name, password="a long demo password", roles=list(roles)
    )
    return Staff(user, actors.staff(user, frozenset(roles)))


def let_idle_orders_expire() -> None:
    """The sample orders are of Zhejiang, where silence ends none unless an operator wants it."""
    SettingOverride.objects.update_or_create(
        name="order.idle_days", province="33", defaults={"value": 45}
    )
    forget_overrides()


def make_resource(account: Account, **changes: Any) -> Resource:
    """An eligible server unless changed."""
    values: dict[str, Any] = {
        "ref": f"ecs-{uuid.uuid4().hex[:8]}",
        "name": "云服务器 示例-01",
        "kind": "ecs",
        "region": "cn-east",
        "region_label": "华东（杭州）",
        "public_ips": ["203.0.113.24"],
        "is_prepaid": True,
        "is_mainland": True,
        "months_total": 12,
        "expires_on": clock.today() + timedelta(days=300),
        "synced_at": clock.now(),
    }
    return Resource.objects.create(account=account, **{**values, **changes})


def filled_dossier(resource: Resource | None = None, **changes: Any) -> Dossier:
    """A clean enterprise dossier; `changes` are paths with dots and brackets."""
    today = clock.today()
    person = {
        "full_name": "林示例",
        "cert_type": "id_card",
        "cert_number": ID_NUMBER,
        "valid_from": today.replace(year=today.year - 5, day=1),
        "valid_to": today.replace(year=today.year + 15, day=1),
        "mobile": MOBILE,
        "emergency_phone": "13700000021",
        "email": "lin@example.com",
        "is_legal_representative": True,
    }
    dossier = Dossier.model_validate(
        {
            "subject": {
                "province": "33",
                "nature": "enterprise",
                "name": COMPANY,
                "cert_type": "business_licence",
                "cert_number": CREDIT_CODE,
                "cert_address": "浙江省杭州市上城区示范路100号3幢401室",
                "cert_long_term": True,
                "contact_region": "3301",
                "contact_address": "上城区示范路100号3幢401室",
                "principal": person,
            },
            "services": [
                {
                    "name": "示例科技官网",
                    "domains": ["shili-keji.com"],
                    "content_categories": ["unit_portal"],
                    "languages": ["zh_hans"],
                    "pre_approvals": ["none"],
                    "remarks": "介绍本公司的产品和联系方式，不提供下载。",
                    "resource": str(resource.pk) if resource else "",
                    "ips": list(resource.public_ips) if resource else [],
                    "principal": {"same_as_subject_principal": True},
                }
            ],
        }
    )
    for path, value in changes.items():
        set_value(dossier, path, value)
    return dossier


def personal_dossier(resource: Resource | None = None, **changes: Any) -> Dossier:
    """A clean dossier of a natural person (个人); `changes` as in filled_dossier."""
    today = clock.today()
    dossier = Dossier.model_validate(
        {
            "subject": {
                "province": "33",
                "nature": "personal",
                "name": PERSON,
                "cert_type": "id_card",
                "cert_number": OTHER_ID_NUMBER,
                "cert_address": "浙江省杭州市西湖区样例街8号2幢501室",
                "cert_valid_from": today.replace(year=today.year - 5, day=1),
                "cert_valid_to": today.replace(year=today.year + 15, day=1),
                "contact_region": "3301",
                "contact_address": "西湖区样例街8号2幢501室",
                "principal": {
                    "mobile": OTHER_MOBILE,
                    "emergency_phone": "13700000022",
                    "email": "zhou@example.com",
                },
            },
            "services": [
                {
                    "name": "山间读书笔记",
                    "domains": ["shanjian-biji.com"],
                    "content_categories": ["other"],
                    "languages": ["zh_hans"],
                    "pre_approvals": ["none"],
                    "remarks": "个人读书笔记，不涉及企业、单位等非个人信息。",
                    "resource": str(resource.pk) if resource else "",
                    "ips": list(resource.public_ips) if resource else [],
                }
            ],
        }
    )
    for path, value in changes.items():
        set_value(dossier, path, value)
    settle(dossier)
    return dossier


def _state_columns(state: OrderState, reviewer: User | None) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if state == OrderState.RETURNED_BY_MIIT:
        columns["return_reason"] = ReturnReason.SMS_TIMEOUT
    if state == OrderState.FILED:
        columns["subject_number"] = "浙ICP备2026000001号"
    if state in REVIEW_STATES and reviewer is not None:
        columns |= {"assigned_to": reviewer, "lease_until": clock.now() + timedelta(minutes=30)}
    return columns


def make_order(
    applicant: Applicant,
    *,
    state: OrderState = OrderState.DRAFT,
    dossier: Dossier | None = None,
    reviewer: User | None = None,
    **columns: Any,
) -> FilingOrder:
    """An order put into `state` directly, with the submission and events that belong to it."""
    now = clock.now()
    is_submitted = state not in {OrderState.DRAFT, OrderState.ABANDONED, OrderState.EXPIRED}
    order = FilingOrder(
        number=f"BA{clock.today():%Y%m%d}-{FilingOrder.objects.count() + 1:04d}",
        account=applicant.account,
        created_by=applicant.user,
        created_at=now,
        order_type=OrderType.FIRST,
        service_kind=ServiceKind.WEBSITE,
        state=state,
        state_entered_at=now,
        **{
            "round": 1 if is_submitted else 0,
            "due_at": now + timedelta(days=2),
            **_state_columns(state, reviewer),
            **columns,
        },
    )
    content = dossier or filled_dossier()
    if FilingOrder.objects.filter(domain__in=content.services[0].domains).exists():
        # One domain is in one running order at a time.
        content.services[0].domains = [f"shili-keji-{FilingOrder.objects.count() + 1}.com"]
    order.put_dossier(content)
    order.save(force_insert=True)
    revision = DraftRevision(order=order, version=order.version, created_at=now)
    revision.put(order.dossier)
    revision.save()
    _write_history(order, applicant)
    return order


def _write_history(order: FilingOrder, applicant: Applicant) -> None:
    steps = [("start", "", OrderState.DRAFT)]
    if order.round:
        submission = Submission(
            order=order,
            round=order.round,
            submitted_at=order.created_at,
            submitted_by=applicant.user,
            rule_set_version="test",
        )
        submission.freeze(order.dossier, [])
        submission.save()
        steps.append(("submit", OrderState.DRAFT, OrderState.INITIAL_REVIEW))
    for sequence, (name, old, new) in enumerate(steps, start=1):
        OrderEvent.objects.create(
            order=order,
            sequence=sequence,
            at=order.created_at,
            name=name,
            from_state=old,
            to_state=new,
            round=order.round,
            actor_kind=applicant.actor.kind,
            actor_user=applicant.user,
        )


def client_of(user: User, **extra: Any) -> Client:
    """A browser in which `user` is signed in."""
    client = Client(**extra)
    client.force_login(user)
    session = client.session
    session[STARTED] = session[SEEN] = clock.now().timestamp()
    session.save()
    return client


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any):
    """POST with a fresh idempotency key, as a page would."""
    return client.post(url, {"idempotency_key": uuid.uuid4().hex, **(data or {})}, **extra)
