"""What docs/incident.md lets somebody ask, in a hurry, is answered."""

from __future__ import annotations

import re

import pytest
from django.core.management import load_command_class
from django.db import connection

from beian.audit import record_audit
from tests.builders import make_staff
from tests.consistency.sources import ROOT, text

MANUAL = text(ROOT / "docs/incident.md")


@pytest.mark.django_db
def test_questions_of_the_manual_tell_who_did_what() -> None:
    person = make_staff("reviewer")
    record_audit(person.actor, "reveal", obj=person.user, field="mobile", result="limit")
    (block,) = re.findall(r"(?ms)^```sql\n(.*?)^```$", MANUAL)
    people, acts, refusals = block.split(";")[:-1]

    assert (person.user.pk, person.user.staff_name) in {row[:2] for row in answer(people)}
    mine = acts.replace("= 7 ", f"= {person.user.pk} ").replace("2026-11-25T", "2000-01-01T")
    assert [(row[1], row[4], row[6]) for row in answer(mine)] == [("reveal", "mobile", "limit")]
    assert answer(refusals) == [(None, "limit", 1)]


def answer(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("app", "words"),
    [
        ("orders", "export_evidence NUMBER FOLDER --by NAME --purpose incident"),
        ("orders", "access_report --days 30 --json"),
        ("orders", "back_up FOLDER"),
        ("verification", "staff_account shut-out NAME --reason incident"),
    ],
)
def test_commands_of_the_manual_are_understood(app: str, words: str) -> None:
    name, *arguments = words.split()
    assert f"`manage.py {words}`" in MANUAL

    parser = load_command_class(app, name).create_parser("manage.py", name)
    assert parser.parse_args(arguments)
