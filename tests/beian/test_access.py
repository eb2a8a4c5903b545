"""Closed by default."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from beian.access import Level, access
from beian.enums import MembershipRole, StaffRoleName
from tests.builders import client_of, make_applicant, make_staff


def undeclared(_request):
    return HttpResponse("open")


def page(level, *roles):
    @access(level, *roles)
    def view(_request):
        return HttpResponse("open")

    return view


urlpatterns = [
    path("", include("beian.urls")),
    path("t/undeclared/", undeclared),
    path("t/public/", page(Level.PUBLIC)),
    path("t/signed-in/", page(Level.SIGNED_IN)),
    path("t/member/", page(Level.MEMBER)),
    path("t/filing/", page(Level.FILING)),
    path("t/staff/", page(Level.STAFF, StaffRoleName.REVIEWER)),
]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_test_pages():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def statuses(client):
    names = ("public", "signed-in", "member", "filing", "staff")
    return {name: client.get(f"/t/{name}/").status_code for name in names}


def test_view_without_a_declaration_is_not_served():
    with pytest.raises(ImproperlyConfigured, match="declares no access"):
        Client().get("/t/undeclared/")


def test_anonymous_person_sees_only_public_pages():
    assert statuses(Client()) == {
        "public": 200,
        "signed-in": 302,
        "member": 302,
        "filing": 302,
        "staff": 302,
    }


def test_owner_files_and_never_learns_of_staff_pages():
    assert statuses(client_of(make_applicant().user)) == {
        "public": 200,
        "signed-in": 200,
        "member": 200,
        "filing": 200,
        "staff": 404,
    }


def test_sub_user_without_the_role_is_told_which_role_is_missing():
    person = make_applicant(role=MembershipRole.NONE)
    client = client_of(person.user)

    answer = client.get("/t/filing/")

    assert statuses(client)["filing"] == 403
    assert "Beian Administrator" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [(StaffRoleName.REVIEWER, 200), (StaffRoleName.SUPPORT, 403)]
)
def test_staff_page_is_open_to_its_roles_only(role, status):
    client = client_of(make_staff(role).user)

    assert client.get("/t/staff/").status_code == status
    assert client.get("/t/filing/").status_code == 403
