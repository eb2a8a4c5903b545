"""Codes of the ministry that nobody can enter any more: their digests go a day later."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from beian import clock
from beian.actions.retention import Keys, erase_past_term
from beian.site_settings import setting
from verification.models import SmsChallenge


def codes_past_term() -> QuerySet[SmsChallenge]:
    limit = clock.now() - timedelta(hours=setting("retention.sms_code_hours"))
    over = Q(verified_at__lte=limit) | Q(closed_at__lte=limit) | Q(due_at__lte=limit)
    return SmsChallenge.objects.filter(over, code_digest__gt="")


def erase_codes() -> int:
    """Empty the digests of code and certificate digits; who verified when stays with the order."""
    rows = codes_past_term()

    def erase(keys: Keys) -> int:
        return rows.filter(pk__in=keys).update(code_digest="", tail_digests=[])

    return erase_past_term("erase_sms_codes", rows, erase)
