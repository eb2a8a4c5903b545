"""Conditions of transitions: each returns "" or the reason why not, in words for the actor."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from beian.actors import Actor
from orders.guards.bureau import (
    has_opinion,
    not_handed_over,
    numbers_present,
    numbers_well_formed,
)
from orders.guards.filing import (
    agreements_given,
    comments_answered,
    data_still_valid,
    dossier_complete,
    draft_unchanged,
    may_start,
    no_blocking_finding,
    no_rival_domain,
    not_erased,
    not_hidden,
    pictures_there,
    resource_usable,
)
from orders.guards.people import (
    all_persons_verified,
    truthfulness_done,
    truthfulness_settled,
)
from orders.guards.review import (
    checklist_complete,
    claimed_by_actor,
    has_must_fix_comment,
    may_release,
    names_another_reviewer,
    no_must_fix_comment,
    not_own_account,
    objections_waived,
    senior_for_risk,
    unclaimed,
)

if TYPE_CHECKING:
    from orders.models import FilingOrder

Guard = Callable[["FilingOrder", Actor, Mapping], str]

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        dossier_complete,
        no_blocking_finding,
        data_still_valid,
        truthfulness_done,
        truthfulness_settled,
        agreements_given,
        resource_usable,
        not_handed_over,
        not_own_account,
        unclaimed,
        claimed_by_actor,
        no_must_fix_comment,
        has_must_fix_comment,
        objections_waived,
        checklist_complete,
        senior_for_risk,
        comments_answered,
        has_opinion,
        all_persons_verified,
        draft_unchanged,
        numbers_present,
        numbers_well_formed,
        no_rival_domain,
        may_start,
        may_release,
        names_another_reviewer,
        pictures_there,
        not_erased,
        not_hidden,
    )
}
