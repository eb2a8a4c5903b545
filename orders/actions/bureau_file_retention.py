"""Files to the bureau past their term: the key is destroyed, number and hash stay as the record."""

from datetime import timedelta

from django.db.models import QuerySet

from beian import clock
from beian.actions.retention import ALONE, Keys, erase_past_term
from beian.crypto import datakey
from beian.site_settings import setting
from orders.enums import HandoverState
from orders.models import BureauFile

_ANSWERED = (HandoverState.ACCEPTED, HandoverState.REFUSED)


def files_past_term() -> QuerySet[BureauFile]:
    """What the bureau answered longer ago than files are kept."""
    limit = clock.now() - timedelta(days=setting("retention.bureau_file_days"))
    return BureauFile.objects.filter(state__in=_ANSWERED, answered_at__lte=limit, erased_at=None)


def erase_bureau_files() -> int:
    rows = files_past_term()

    def erase(keys: Keys) -> int:
        for key in keys:
            datakey.destroy(key)
        return rows.filter(pk__in=keys).update(payload_sealed=b"", erased_at=clock.now())

    return erase_past_term("erase_bureau_file", rows, erase, batch=ALONE)
