from beian.data_language import data_language
from orders.models import FilingOrder
from rules.regions import region_name


def order_context(order: FilingOrder) -> dict[str, object]:
    """What every page of one order shows beside its content."""
    province = region_name(order.province, data_language()) if order.province else ""
    return {"order": order, "province": province}
