"""The audit trail: append-only, without values."""

from django.db.models import Model
from django.http import HttpRequest

from beian import clock, logs
from beian.actors import Actor
from beian.models import AuditEntry


def client_address(request: HttpRequest | None) -> str | None:
    """The network address of the client, or None outside a request."""
    return request.META.get("REMOTE_ADDR") or None if request is not None else None


def record_audit(
    actor: Actor,
    action: str,
    *,
    obj: Model,
    field: str = "",
    purpose: str = "",
    result: str = "ok",
    request: HttpRequest | None = None,
) -> AuditEntry:
    """Write one entry: who did `action` to `obj` (or saw its `field`), and for which `purpose`."""
    return AuditEntry.objects.create(
        at=clock.now(),
        actor_kind=actor.kind,
        actor_user_id=actor.user_id,
        actor_account_id=actor.account_id,
        actor_roles=",".join(sorted(actor.roles)),
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        field=field,
        purpose=purpose,
        result=result,
        source_address=client_address(request),
        request_id=logs.request_id.get(),
    )
