"""Words that people typed or that name things of theirs: not texts of the portal."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from beian.masking import mask_address
from beian.models import AccessRecord, Account, Notice, Resource
from beian.site_settings import setting
from orders.dossier import Dossier, flatten
from orders.models import BureauRecord, BureauResult, FilingOrder, OrderComment
from rules.regions import region_name


def known_data() -> frozenset[str]:
    return frozenset(value for value in _values() if value)


def _typed(dossier: Dossier) -> Iterator[str]:
    """As it was typed, and addresses as far as a page shows them."""
    for path, value in flatten(dossier).items():
        yield str(value)
        if path.endswith("_address"):
            yield mask_address(str(value))
    subject = dossier.subject
    if subject.contact_region:
        yield region_name(subject.contact_region) + subject.contact_address


def _values() -> Iterator[str]:
    for order in FilingOrder.objects.filter(erased_at=None):
        yield from _typed(order.dossier)
        yield order.bureau_opinion
        for submission in order.submissions.all():
            yield from _typed(submission.dossier)
    for comment in OrderComment.objects.all():
        yield from (comment.text, comment.example, comment.reply)
    for account in Account.objects.all():
        yield from (account.name, account.real_name)
    for resource in Resource.objects.all():
        yield resource.name
    for notice in Notice.objects.all():
        yield from (notice.subject, notice.body)
    yield setting("site.filing_number")
    yield from AccessRecord.objects.values_list("provider", flat=True)
    # A language is called by its own name.
    yield from dict(settings.LANGUAGES).values()
    for result in BureauResult.objects.all():
        yield from (result.text, result.subject_number, *result.service_numbers.values())
    yield from BureauRecord.objects.values_list("answer_text", flat=True)
