"""What the pages of the review desk share."""

from uuid import UUID

from django.http import Http404

from beian.enums import StaffRoleName as Role
from orders.models import FilingOrder

REVIEWERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
SUBMITTERS = (Role.BUREAU_SUBMITTER,)
# Reviewers and submitters read every case; what each may do there is the state table's business.
DESK = (*REVIEWERS, *SUBMITTERS)


def case_of(pk: UUID) -> FilingOrder:
    """An order that was submitted at least once; Http404 for drafts, which are nobody else's."""
    rows = FilingOrder.objects.filter(round__gt=0).select_related("assigned_to", "last_reviewer")
    try:
        return rows.get(pk=pk)
    except FilingOrder.DoesNotExist:
        raise Http404 from None
