"""What submitted orders of other subjects tell the rules: by digests, never in plain text."""

import importlib

import pytest
from django.apps import apps

from beian.actors import SYSTEM
from beian.crypto.digests import digest
from beian.models import AuditEntry
from orders import workflow
from orders.actions.order_retention import erase_order
from orders.actions.people_retention import erase_submitted_people
from orders.agreements import give_agreements, required_of
from orders.enums import OrderState
from orders.facts import facts_of
from orders.findings import blocking_findings, blocking_now
from orders.models import FilingOrder, SubmittedPerson
from tests.builders import MOBILE, filled_dossier, make_applicant, make_order
from tests.life import Life, make_ready_order, own_person
from tests.orders.ready_order import ready_order
from tests.orders.test_truthfulness_step import OTHER_PERSON

pytestmark = pytest.mark.django_db

USED = [
    f"{role}.{name}_used_by_other_subject"
    for role in ("principal", "service_principal")
    for name in ("mobile", "emergency", "email", "id")
]
OTHER_SUBJECT = {"subject.cert_number": "91330102MA00000034", "services[0].domains": ["yangli.cn"]}

# Somebody else with the same phones and mail: a legal representative may have several units.
OTHER_HEAD = {
    **OTHER_SUBJECT,
    "subject.principal.cert_number": own_person(35)["subject.principal.cert_number"],
}


def other_draft(**changes) -> FilingOrder:
    """Of another account and subject, with the same people unless `changes` say otherwise."""
    applicant = make_applicant(phone="13800000035", account_name="样例商贸")
    return make_order(applicant, dossier=filled_dossier(**{**OTHER_SUBJECT, **changes}))


def told(order: FilingOrder) -> dict[str, object]:
    facts = facts_of(FilingOrder.objects.get(pk=order.pk))
    return {name: facts[name] for name in USED}


@pytest.fixture
def life(bureau) -> Life:
    return Life(bureau)


def test_drafts_of_others_do_not_count_and_submitted_ones_do(life):
    order = other_draft()
    assert set(told(order).values()) == {False}

    life.submit()

    assert set(told(order).values()) == {True}
    assert set(told(life.order).values()) == {False}


def test_only_what_is_the_same_is_told(life):
    life.submit()

    order = other_draft(
        **{"subject.principal.mobile": "13900000001", "subject.principal.email": "x@example.com"}
    )

    assert [name for name, is_used in told(order).items() if is_used] == [
        "principal.emergency_used_by_other_subject",
        "principal.id_used_by_other_subject",
        "service_principal.emergency_used_by_other_subject",
        "service_principal.id_used_by_other_subject",
    ]


@pytest.mark.parametrize("acts", [["withdraw"], ["withdraw", "abandon"]])
def test_order_taken_back_counts_no_more(life, acts):
    life.submit()
    order = other_draft()

    for act in acts:
        life.act(act)

    assert set(told(order).values()) == {False}


def test_person_in_charge_of_another_units_service_is_known_before_it_is_filed(life):
    order = other_draft()
    assert facts_of(order)["service_principal.serves_other_unit"] is False

    life.submit()

    assert facts_of(order)["service_principal.serves_other_unit"] is True


def test_own_filing_as_an_individual_is_told_apart(life):
    life.submit()
    number = life.order.dossier.subject.principal.cert_number
    SubmittedPerson.objects.update(nature="personal")

    facts = facts_of(other_draft(**{"subject.principal.cert_number": number}))

    assert facts["principal.other_use_is_own_personal_filing"] is True
    assert facts["service_principal.serves_other_unit"] is False


def test_phone_of_a_submitted_order_stops_the_next_one(life):
    life.submit()
    applicant = make_applicant(phone="13800000035", account_name="样例商贸")

    order = ready_order(applicant, **OTHER_HEAD)

    assert {finding.rule for finding in blocking_findings(order)} >= {"N09"}


def test_second_unit_of_the_same_legal_representative_has_the_same_phone(life):
    life.submit()
    applicant = make_applicant(phone="13800000035", account_name="样例商贸")

    order = ready_order(applicant, **OTHER_SUBJECT)

    facts = facts_of(order)
    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.other_use_is_same_legal_rep"] is True
    assert blocking_findings(order) == []


def test_second_unit_of_the_same_legal_representative_with_another_phone_is_told(life):
    life.submit()

    order = other_draft(**{"subject.principal.mobile": "13900000001"})

    facts = facts_of(order)
    assert facts["principal.mobile_differs_at_own_units"] is True
    assert facts["principal.email_differs_at_own_units"] is False


def test_unit_that_only_employs_the_legal_representative_is_no_second_unit_of_theirs(life):
    life.submit()
    columns = ("cert_digest", "mobile_digest", "emergency_digest", "email_digest")
    SubmittedPerson.objects.filter(is_in_charge=False).update(**dict.fromkeys(columns, "x"))

    facts = facts_of(other_draft())

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.other_use_is_same_legal_rep"] is False


def test_of_two_submitted_at_once_the_later_one_waits(life):
    life.submit()
    later = other_draft()
    FilingOrder.objects.filter(pk=later.pk).update(
        state=OrderState.PENDING_BUREAU_SUBMISSION, round=1
    )
    row = {"nature": "enterprise", "is_in_charge": False, "cert_digest": ""}
    empty = {"emergency_digest": "", "email_digest": ""}
    mobile = digest("phone", MOBILE)
    SubmittedPerson.objects.create(order=later, mobile_digest=mobile, **row, **empty)

    assert told(later)["principal.mobile_used_by_other_subject"] is True
    assert told(life.order)["principal.mobile_used_by_other_subject"] is False
    assert blocking_now(life.order) == []


def returned_by_the_ministry(life: Life) -> None:
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    workflow.apply(life.order_id, "time_out_sms", SYSTEM)


def sent_back_for_a_supplement(life: Life) -> None:
    life.submit()
    life.take()
    life.comment()
    life.act("ask_supplement", life.reviewer)


BACK = [
    (returned_by_the_ministry, "resubmit_unchanged"),
    (sent_back_for_a_supplement, "recall"),
]


def come_back(life: Life, name: str) -> None:
    life.act(name, life.reviewer if name == "recall" else None)


def submitted_rival_of_one_moment(life: Life) -> FilingOrder:
    """Its rows and those of the life's order were given their keys in turns: subject, subject,
    service, service; only who is in charge of the services has the same mobile."""
    rival = other_draft()
    FilingOrder.objects.filter(pk=rival.pk).update(state=OrderState.INITIAL_REVIEW, round=1)
    subject, service = SubmittedPerson.objects.filter(order=life.order_id).order_by("pk")
    SubmittedPerson.objects.all().delete()
    for row in (subject, service):
        row.mobile_digest = digest("phone", MOBILE) if row.is_in_charge else ""
        row.cert_digest = row.emergency_digest = row.email_digest = ""
        for order_id in (life.order_id, rival.pk):
            row.pk, row.order_id = None, order_id
            row.save(force_insert=True)
    return FilingOrder.objects.get(pk=rival.pk)


def submitted_rival(**changes) -> FilingOrder:
    """Of another account and subject, submitted with the same phones and mail unless `changes` say
    otherwise."""
    applicant = make_applicant(phone="13800000035", account_name="样例商贸")
    order = make_ready_order(applicant, **{**OTHER_HEAD, **changes})
    give_agreements(applicant.actor, order, keys=required_of(order))
    workflow.apply(order.pk, "submit", applicant.actor)
    return FilingOrder.objects.get(pk=order.pk)


def test_recalled_order_is_behind_those_submitted_meanwhile(life):
    sent_back_for_a_supplement(life)
    rival = submitted_rival()
    assert blocking_now(rival) == []

    come_back(life, "recall")

    assert blocking_now(rival) == []
    assert {finding.rule for finding in blocking_now(life.order)} >= {"N09"}


def test_order_cannot_come_back_unchanged_past_one_submitted_meanwhile(life):
    returned_by_the_ministry(life)
    rival = submitted_rival()

    with pytest.raises(workflow.Refused, match=r"^data_still_valid: "):
        come_back(life, "resubmit_unchanged")

    assert blocking_now(rival) == []


def test_of_two_written_in_turns_exactly_one_waits(life):
    life.submit()
    rival = submitted_rival_of_one_moment(life)
    orders = [life.order, rival]

    uses = [told(order)["service_principal.mobile_used_by_other_subject"] for order in orders]

    assert sorted(uses) == [False, True]


def test_next_round_takes_the_place_of_the_last_one(life):
    life.submit()
    life.act("withdraw")
    order = FilingOrder.objects.get(pk=life.order_id)
    dossier = order.dossier
    dossier.subject.principal.emergency_phone = "13900000009"
    order.put_dossier(dossier)
    order.save()
    life.submit()

    rows = set(SubmittedPerson.objects.values_list("emergency_digest", flat=True))

    assert rows == {digest("phone", "13900000009")}


def test_rows_hold_digests_and_go_with_the_order(life):
    life.submit()
    (row, *_more) = SubmittedPerson.objects.values()
    assert row["mobile_digest"] == digest("phone", MOBILE)
    assert MOBILE not in str(row)
    life.act("withdraw")
    life.act("abandon")

    erase_order(workflow.locked(life.order_id))

    assert not SubmittedPerson.objects.exists()


def filed(life: Life) -> None:
    life.to_bureau_review()
    life.bureau.decide("granted")
    life.collect()


def taken_back(life: Life) -> None:
    life.submit()
    life.act("withdraw")


@pytest.mark.parametrize(
    "end", [filed, taken_back, returned_by_the_ministry, sent_back_for_a_supplement]
)
def test_rows_of_an_order_that_runs_no_more_go_and_those_of_running_ones_stay(life, end):
    end(life)
    rival = submitted_rival(**own_person(35))

    assert erase_submitted_people() == 2
    assert set(SubmittedPerson.objects.values_list("order", flat=True)) == {rival.pk}
    entry = AuditEntry.objects.get(action="erase_submitted_people")
    assert (entry.field, entry.purpose) == ("2 rows", "retention")
    assert erase_submitted_people() == 0


@pytest.mark.parametrize(("go", "name"), BACK)
def test_order_that_comes_back_after_its_rows_went_is_met_again(life, go, name):
    go(life)
    erase_submitted_people()

    come_back(life, name)

    assert set(told(other_draft()).values()) == {True}


def kept() -> list[tuple[object, ...]]:
    columns = [field.name for field in SubmittedPerson._meta.fields if field.name != "id"]
    return list(SubmittedPerson.objects.order_by("pk").values_list(*columns))


@pytest.mark.parametrize("changes", [{}, OTHER_PERSON])
def test_orders_that_ran_before_are_met_after_the_upgrade(bureau, changes):
    life = Life(bureau, **changes)
    life.submit()
    rows = kept()
    SubmittedPerson.objects.all().delete()

    importlib.import_module("orders.migrations.0029_submitted_people").keep_people(apps, None)

    assert kept() == rows
