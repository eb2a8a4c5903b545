"""What the pages of the review desk share."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.http import Http404

from beian.actors import Actor
from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders.actions.unsaved import put_sealed, sealed_for
from orders.models import FilingOrder, Submission
from orders.objections import has_waivers, put_waived, waived_of
from orders.queries import OrderErased

REVIEWERS = (Role.REVIEWER, Role.SENIOR_REVIEWER)
SUBMITTERS = (Role.BUREAU_SUBMITTER,)
# Reviewers and submitters read every case; what each may do there is the state table's business.
DESK = (*REVIEWERS, *SUBMITTERS)


def case_of(pk: UUID, reader: Actor, *, erased_too: bool = False) -> FilingOrder:
    """An order that was submitted at least once; Http404 for drafts, which are nobody else's.

    One query for the order, what was submitted last, which is what the desk looks at, whether the
    reader belongs to its account, who may not decide there, which objections are waived, and words
    of his that wait to be saved.
    Raises OrderErased for one whose personal data was erased, unless the page asks for those too.
    """
    own = Membership.objects.filter(account=OuterRef("order__account"), user=reader.user_id)
    rows = Submission.objects.filter(order_id=pk, round=F("order__round"))
    unsaved = sealed_for(reader.user_id, OuterRef("order_id"))
    people = rows.annotate(
        is_own=Exists(own),
        unsaved=unsaved,
        waived=waived_of("order_id"),
        waivers=has_waivers("order_id"),
    ).select_related("order__account", "order__assigned_to", "order__last_reviewer")
    try:
        submission = people.with_key().get()
    except Submission.DoesNotExist:
        raise Http404 from None
    if submission.order.is_erased and not erased_too:
        raise OrderErased(pk, "orders:case")
    # The order as it would come from a query of its own, with its key and its submission.
    submission.order.wrapped_key = submission.wrapped_key
    submission.order.put_submission(submission)
    submission.order.put_member(reader.user_id, submission.is_own)
    put_waived(submission, submission.waived, has_any=submission.waivers)
    put_sealed(submission.order, reader, submission.unsaved)
    return submission.order
