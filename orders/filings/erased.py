"""What an order's page says about what was erased, and what has to be uploaded again."""

from django.utils.translation import gettext as _

from beian.dates import day_text
from orders.enums import OrderState as S
from orders.field_labels import label_of
from orders.models import FilingOrder
from verification.models import Document


def note_for_applicant(order: FilingOrder) -> str:
    """Until new pictures take the places of the erased ones; "" where there is nothing to say."""
    if order.pictures_erased_at is None or not _is_with_applicant(order):
        return ""
    missing = _missing(order)
    if not missing:
        return ""
    words = {"day": day_text(order.pictures_erased_at), "names": _("、").join(missing)}
    if order.state == S.ABANDONED:
        return _("下列图片保存期满，已于%(day)s删除：%(names)s。") % words
    if order.state == S.EXPIRED:
        text = _("下列图片保存期满，已于%(day)s删除，重新打开订单后须重新上传：%(names)s。")
        return text % words
    return _("下列图片保存期满，已于%(day)s删除，请重新上传：%(names)s。") % words


def note_for_desk(order: FilingOrder) -> str:
    """Why the pictures of what was submitted last are not there."""
    erased_at = order.pictures_erased_at
    if erased_at is None or erased_at < order.submission.submitted_at:
        return ""
    return _("本轮的图片保存期满，已于%(day)s删除。") % {"day": day_text(erased_at)}


def _is_with_applicant(order: FilingOrder) -> bool:
    return order.is_editable or order.state in {S.ABANDONED, S.EXPIRED}


def _missing(order: FilingOrder) -> list[str]:
    """Names of the papers whose pictures were erased and not uploaded again."""
    rows = Document.objects.filter(owner=order.pk).exclude(erased_at=None)
    kinds = sorted(set(rows.order_by().values_list("kind", flat=True)))
    materials = order.dossier.materials
    return [
        label_of(f"materials.{kind}", order.nature, order.dossier.subject)
        for kind in kinds
        if not materials.get(kind)
    ]


def note_of_erasure(order: FilingOrder) -> str:
    """Instead of the content of an order whose term is over."""
    words = {"day": day_text(order.erased_at)} if order.erased_at else {"day": ""}
    return _("这个订单的个人信息保存期满，已于%(day)s删除。订单号、状态和办理记录保留。") % words
