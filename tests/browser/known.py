"""Words that people typed or that name things of theirs: not texts of the portal."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from beian.masking import mask_address
from beian.models import AccessRecord, Account, Notice, Resource
from beian.site_settings import setting
from orders.dossier import Dossier, flatten
from orders.models import (
    BureauRecord,
    BureauResult,
    FilingOrder,
    Objection,
    OrderComment,
    RuleEdit,
    Waiver,
)
from orders.rulebook.in_force import rules_in_force
from rules.overlay import table_of
from rules.regions import region_name
from rules.wordlists import word_list, word_list_names


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
        contact = region_name(subject.contact_region) + subject.contact_address
        yield from (contact, mask_address(contact))


def _values() -> Iterator[str]:
    for order in FilingOrder.objects.filter(erased_at=None):
        yield from _typed(order.dossier)
        yield order.bureau_opinion
        for submission in order.submissions.all():
            yield from _typed(submission.dossier)
    for comment in OrderComment.objects.all():
        yield from (comment.text, comment.example, comment.reply)
    yield from Objection.objects.values_list("reason", flat=True)
    for reasons in Waiver.objects.values_list("reason", "revoked_reason"):
        yield from reasons
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
    yield from _of_rules()


def _of_rules() -> Iterator[str]:
    """Rules carry their texts in both languages; a page of the rules shows both.

    Their keys, marks (`*`, codes) and single characters are left out: they are parts of masked
    names and of numbers.
    """
    words = (text for text in _words_of_rules() if len(text) > 1)
    return (text for text in words if any(not char.isascii() for char in text))


def _words_of_rules() -> Iterator[str]:
    for rule in rules_in_force().rules:
        yield from _texts(table_of(rule))
    for name in word_list_names():
        yield from word_list(name).words
    for edit in RuleEdit.objects.all():
        yield from (edit.reason, edit.returned_note)
        yield from _texts([edit.row, edit.base_row])


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, item in value.items():
                yield str(key)
                yield from _texts(item)
        case list() | tuple():
            for item in value:
                yield from _texts(item)
