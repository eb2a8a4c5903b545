"""An operator changes a setting."""

from typing import Any

from django.db import transaction

from beian.actors import Actor
from beian.audit import record_audit
from beian.models import SettingOverride
from beian.site_settings import REGISTRY, SettingError
from beian.site_settings.lookup import forget_overrides


@transaction.atomic
def override_setting(
    actor: Actor, *, name: str, value: Any, reason: str, province: str = ""
) -> SettingOverride:
    """Store `value` for `name`, everywhere or in one province; raises SettingError."""
    row = REGISTRY.get(name)
    if row is None:
        raise SettingError(f"there is no setting {name!r}")
    if province and not row.per_province:
        raise SettingError(f"{name} cannot differ between provinces")
    changed, _created = SettingOverride.objects.update_or_create(
        name=name,
        province=province,
        defaults={"value": row.check(value), "reason": reason, "author_id": actor.user_id},
    )
    record_audit(actor, "override_setting", obj=changed, field=name, purpose=reason)
    transaction.on_commit(forget_overrides)
    return changed
