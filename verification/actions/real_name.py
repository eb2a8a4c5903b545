"""Real-name verification of an account: asked for on a page, answered by a worker."""

import tomllib
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.consents import person_digest_of_phone, record_consent
from beian.actions.inventory import request_inventory
from beian.actions.notices import Message, queue_notice
from beian.actors import SYSTEM, Actor
from beian.audit import record_audit
from beian.crypto.digests import digest
from beian.enums import Channel, MembershipRole, RealNameState
from beian.limits import hit
from beian.models import Account, Membership, User
from beian.ports.base import DeliveryFailed, RealNameAnswer
from beian.ports.registry import port
from beian.site_settings import setting

TEXTS = Path(__file__).parents[1] / "data" / "real_name_texts.toml"
DECISIONS = {"match": RealNameState.VERIFIED, "mismatch": RealNameState.REFUSED}
log = structlog.get_logger(__name__)


class RealNameRefused(Exception):
    """The request was not taken; `reason` is the sentence for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def request_real_name(
    actor: Actor, *, account_id: UUID, name: str, cert_number: str, source_address: str | None
) -> Account:
    """Ask for a check of the account's holder, who agreed to it.

    Raises RealNameRefused, and LimitReached after real_name.requests_per_hour.
    """
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
    if account.real_name_state in {RealNameState.PENDING, RealNameState.VERIFIED}:
        raise RealNameRefused(_("实名认证已提交或已通过，不需要再次提交"))
    limit = setting("real_name.requests_per_hour")
    hit("real_name", str(account.pk), limit=limit, window=timedelta(hours=1))
    account.real_name = name
    account.real_name_certificate = cert_number
    account.real_name_certificate_digest = digest("certificate", cert_number)
    account.real_name_state = RealNameState.PENDING
    account.real_name_requested_at = account.real_name_check_at = clock.now()
    account.real_name_decided_at, account.real_name_refusal = None, ""
    account.save()
    user = User.objects.get(pk=actor.user_id)
    record_consent(
        person_digest=person_digest_of_phone(user.phone),
        purpose="certificate_data",
        text_key="certificate_data",
        user=user,
        account=account,
        source_address=source_address,
    )
    record_audit(actor, "request_real_name", obj=account)
    return account


def answer_requests(limit: int = 20) -> int:
    """Check what is waiting and due; returns how many were decided.

    A service that does not answer once is left alone for the wait, so that it holds up no worker.
    """
    due = _due().order_by("real_name_check_at")
    decided = 0
    for account in list(due[:limit]):
        try:
            decided += _answer(account)
        except DeliveryFailed as error:
            log.info("real-name check not answered", account=str(account.pk), reason=error.reason)
            # Those that were not asked about have their turn first.
            _due().update(real_name_check_at=clock.now() + _wait() - timedelta(seconds=1))
            break
    return decided


def _due() -> QuerySet[Account]:
    return Account.objects.filter(
        real_name_state=RealNameState.PENDING, real_name_check_at__lte=clock.now()
    )


def _wait() -> timedelta:
    return timedelta(seconds=setting("real_name.retry_seconds"))


def _answer(account: Account) -> bool:
    """Ask outside any transaction, then decide if the request is still the same one.

    A second worker finds the account taken, a dead one is overtaken after the wait.
    """
    mine = _due().filter(pk=account.pk, real_name_check_at=account.real_name_check_at)
    if not mine.update(real_name_check_at=clock.now() + _wait()):
        return False
    answer = _ask(account)
    return answer.result in DECISIONS and _decide(account, answer)


def _ask(account: Account) -> RealNameAnswer:
    with transaction.atomic():
        # What was given to whom, and when: Network Data Security Regulation, article 12.
        record_audit(
            SYSTEM,
            "give_to_real_name_provider",
            obj=account,
            field="real_name,real_name_certificate",
            purpose="real_name",
        )
    return port("real_name").check(
        request_id=f"{account.pk}-{account.real_name_requested_at:%Y%m%d%H%M%S%f}",
        name=account.real_name,
        cert_number=account.real_name_certificate,
    )


@transaction.atomic
def _decide(account: Account, answer: RealNameAnswer) -> bool:
    state = DECISIONS[answer.result]
    decided = Account.objects.filter(
        pk=account.pk,
        real_name_state=RealNameState.PENDING,
        real_name_requested_at=account.real_name_requested_at,
    ).update(
        real_name_state=state,
        real_name_decided_at=clock.now(),
        real_name_refusal=answer.reason[:200],
    )
    if decided:
        _tell(account, state)
    if decided and state == RealNameState.VERIFIED:
        request_inventory(account)
    return bool(decided)


@lru_cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def _tell(account: Account, state: str) -> None:
    owner = Membership.objects.select_related("user").get(
        account=account, role=MembershipRole.OWNER
    )
    language = "en" if owner.user.language.startswith("en") else "zh"
    text = _texts()[state]
    queue_notice(
        event_key=f"real-name:{account.pk}:{account.real_name_requested_at:%Y%m%d%H%M%S%f}",
        channel=Channel.PORTAL,
        recipient=str(account.pk),
        message=Message(
            template=f"real_name_{state}",
            subject=text["subject"][language],
            body=text["body"][language].format(account=account.name),
            language=owner.user.language,
        ),
        account=account,
    )
