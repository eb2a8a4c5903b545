"""Who of the provider's people may review an order."""

from django.db.models import QuerySet

from beian.enums import StaffRoleName as Role
from beian.models import Membership, User
from orders.models import FilingOrder

REVIEWING = (Role.REVIEWER, Role.SENIOR_REVIEWER)


def reviewers_for(order: FilingOrder) -> QuerySet[User]:
    """Active reviewers, by name; those who belong to the order's account privately are left out."""
    own = Membership.objects.filter(account_id=order.account_id)
    rows = User.objects.filter(is_active=True, staff_roles__role__in=REVIEWING)
    return rows.exclude(pk__in=own.values("user_id")).distinct().order_by("staff_name", "pk")
