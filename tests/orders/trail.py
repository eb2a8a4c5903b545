"""Rows in every table of the trail."""

from __future__ import annotations

from django.apps import apps

from beian.actions.consents import record_consent
from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.models import AuditEntry
from orders.models import FilingOrder
from orders.rulebook.judging import keep_shipped


def fill_trail(order: FilingOrder, entries: int = 3) -> list[AuditEntry]:
    """Audit entries about an order, a consent and rules; an order in review brings the others."""
    keep_shipped()
    record_consent(person_digest="0" * 64, purpose="account_terms", text_key="account_terms")
    return [record_audit(SYSTEM, f"look_{number}", obj=order) for number in range(entries)]


def key_column(table: str) -> str:
    return next(
        model._meta.pk.column for model in apps.get_models() if model._meta.db_table == table
    )
