"""Whether a photo of somebody's verification served an earlier order, by the hash of its pixels."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Min, QuerySet, Subquery
from django.db.models.functions import Coalesce

from beian import clock
from verification.models import Document


def earlier_photos(owner: UUID, ids: Iterable[str]) -> QuerySet[Document]:
    """The same pictures as photos of orders of any account that were submitted before this one.

    A photo of the own order never counts, also in a later round. What is submitted itself is
    compared with what was there by then: of two orders with one photo the later one hears of it.
    """
    own = Document.objects.filter(owner=owner, pk__in=list(ids)).order_by()
    submitted = own.values("owner").annotate(first=Min("frozen_at")).values("first")
    photos = Document.objects.filter(kind=Document.VERIFICATION_PHOTO, frozen_at__isnull=False)
    return photos.exclude(owner=owner).filter(
        sha256__in=own.values("sha256"),
        frozen_at__lt=Coalesce(Subquery(submitted), clock.now()),
    )
