"""Saved views of the review queue: each person's own tabs."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.site_settings import setting
from orders.models import QueueView
from orders.workflow import Refused


def save_view(actor: Actor, *, name: str, filters: Mapping[str, str]) -> QueueView:
    """Keep filters under a name of this person's; raises Refused with the field as code."""
    if not filters:
        raise Refused("filters", _("请先在审核队列选择筛选条件，再保存为视图。"))
    most = setting("desk.saved_views_at_most")
    if QueueView.objects.filter(user_id=actor.user_id).count() >= most:
        raise Refused("name", _("最多保存 %(most)d 个视图，请先删除不用的。") % {"most": most})
    try:
        with transaction.atomic():
            return QueueView.objects.create(
                user_id=actor.user_id, name=name, filters=dict(filters), created_at=clock.now()
            )
    except IntegrityError as error:
        raise Refused(
            "name", _("您已有名为“%(name)s”的视图，请换一个名称。") % {"name": name}
        ) from error


def delete_view(actor: Actor, *, view_id: int) -> None:
    """Only one's own; deleting twice is no mistake."""
    QueueView.objects.filter(pk=view_id, user_id=actor.user_id).delete()
