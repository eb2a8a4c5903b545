"""Data of every earlier release survives the migrations since, on both kinds of database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from beian.models import Notice
from orders.models import FilingOrder
from tests.builders import make_applicant, make_order, make_staff
from tests.migrations import landing
from tests.migrations.commands import environment_of, run
from tests.migrations.content import columns_of, content, differences
from tests.migrations.visits import Visit, problem_of, visits


def test_a_release_to_start_from_is_kept() -> None:
    assert landing.names(), "keep one with `./dev landing <name>`"


NEWEST = landing.names()[-1]
# Installations that are older than the newest release run on PostgreSQL.
CASES = [
    pytest.param(NEWEST, "embedded"),
    *(pytest.param(name, "postgresql", marks=pytest.mark.postgres) for name in landing.names()),
]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_data_of_an_earlier_release_survives(name: str, kind: str, tmp_path: Path) -> None:
    kept = landing.read(name)
    landing.lay_out(kept, tmp_path)
    environment = environment_of(kind, tmp_path)

    run(environment, "-m", "tests.migrations.restore", name)
    run(environment, "manage.py", "migrate", "--no-input", "--verbosity", "0")
    found = json.loads(run(environment, "-m", "tests.migrations.inspect_database", name))

    assert differences(kept["content"], found["content"]) == {}
    assert {page: problem for page, problem in found["visits"].items() if problem} == {}
    assert sum(page.startswith("/desk/cases/") for page in found["visits"]) >= 1


@pytest.mark.django_db
def test_lost_row_changed_row_and_lost_column_are_noticed() -> None:
    order = make_order(make_applicant())
    kept = content()
    other = make_applicant(phone="13800000062", account_name="示例六二")
    assert differences(kept, content(columns_of(kept))) == {}

    FilingOrder.objects.update(number="BA20260101-9999")
    kept["beian_account"]["rows"]["gone-1"] = "00"
    kept["beian_user"]["columns"].append("nickname")
    found = differences(kept, content(columns_of(kept)))

    assert found == {
        "orders_filingorder": [f"{order.pk}: changed"],
        "beian_account": ["gone-1: gone"],
        "beian_user": [f"{order.created_by_id}: changed"],
    }
    assert other.user.pk != order.created_by_id


@pytest.mark.django_db
def test_other_words_behind_the_same_encryption_are_noticed() -> None:
    order = make_order(make_applicant(), bureau_opinion="请补充材料")
    kept = content()

    # Encrypting again gives another token for the same words.
    FilingOrder.objects.update(bureau_opinion="请补充材料")
    assert differences(kept, content()) == {}
    dossier = order.dossier.model_copy(deep=True)
    dossier.subject.name = "另一家示例公司"
    order.put_dossier(dossier)
    FilingOrder.objects.update(dossier_sealed=order.dossier_sealed)

    assert differences(kept, content()) == {"orders_filingorder": [f"{order.pk}: changed"]}
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_page_of_somebody_signed_out_or_without_the_words_is_noticed(settings) -> None:
    applicant, staff = make_applicant(), make_staff("reviewer")
    order = make_order(applicant)
    page = f"/filings/{order.pk}/"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    assert set(visits().values()) == {""}
    assert problem_of(Visit(applicant.user, page, ("BA00000000-0000",))) == (
        "does not show BA00000000-0000"
    )
    assert problem_of(Visit(staff.user, "/nowhere/")) == "status 404"
    applicant.user.is_active = False
    applicant.user.save()
    assert problem_of(Visit(applicant.user, page)) == "signed out"
