from django.utils.translation import get_language

from orders.models import FilingOrder
from rules.regions import region_name


def order_context(order: FilingOrder) -> dict[str, object]:
    """What every page of one order shows beside its content."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    province = region_name(order.province, language) if order.province else ""
    return {"order": order, "province": province}
