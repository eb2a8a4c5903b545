"""The component gallery renders, so every component renders at least once."""

import pytest
from django.contrib.auth.models import AnonymousUser

from beian.actors import ANONYMOUS
from beian.views import gallery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("view", [gallery.applicant, gallery.staff])
def test_gallery_shows_every_component_without_leftovers(rf, view):
    request = rf.get("/gallery/")
    request.user = AnonymousUser()
    request.actor = ANONYMOUS
    request.account = request.membership = None

    response = view(request)

    html = response.content.decode()
    assert response.status_code == 200
    assert [mark for mark in ("{{", "{%", "None") if mark in html] == []
