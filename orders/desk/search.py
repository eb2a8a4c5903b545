"""Finding one order among all: by what its text looks like, on an index where there is one."""

import re

from django.db.models import Q

from beian.crypto.digests import digest
from beian.site_settings import setting
from orders.desk.review_queue import LINE_FIELDS
from orders.models import FilingOrder

_ORDER_NUMBER = re.compile(r"BA[\d-]*", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]*[a-z0-9][\w-]*(\.[\w.-]*)?", re.IGNORECASE | re.ASCII)
_FILING_NUMBER = re.compile(r"\wICP备?\d*", re.IGNORECASE)


def _looks_like(text: str) -> list[Q]:
    """Ways to read the text, the cheapest first; only the last one reads every row."""
    ways = []
    if _ORDER_NUMBER.match(text):
        ways.append(Q(number__startswith=text.upper()))
    if _FILING_NUMBER.match(text):
        ways.append(Q(subject_number__startswith=text))
    if _DOMAIN.fullmatch(text):
        ways.append(Q(domain__startswith=text.lower()))
    # Of a natural person the name is masked in its column: the whole name finds it.
    ways.append(Q(name_digest=digest("name", text)))
    anywhere = Q(number__icontains=text) | Q(subject_name__icontains=text)
    return [*ways, anywhere | Q(domain__icontains=text.lower()) | Q(subject_number__icontains=text)]


def found(text: str) -> tuple[list[FilingOrder], bool]:
    """Submitted orders in any state that `text` names, newest first, and whether there are more:
    they would not be read, a longer text finds fewer. By the first way that finds any.

    A number or a domain is met by its beginning at once; a part from the middle costs a full read.
    """
    rows = FilingOrder.objects.filter(round__gt=0).only(*LINE_FIELDS, "return_reason")
    rows = rows.select_related("assigned_to").order_by("-created_at")
    most = setting("desk.found_at_most")
    for way in _looks_like(text):
        orders = list(rows.filter(way)[: most + 1])
        if orders:
            return orders[:most], len(orders) > most
    return [], False
