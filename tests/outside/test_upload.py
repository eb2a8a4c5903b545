import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.outside.client import VERSION, Client, application, sms_event


def test_last_upload_of_a_new_bureau_is_zero(own_world):
    assert Client(own_world.port).get("/api/bureau/last").json == {"seq": 0, "sha256": ""}


def test_upload_with_the_next_number_is_accepted_and_remembered(world: Client):
    before = world.last_seq()

    answer = world.upload(application())

    assert answer.json == {"code": 0}
    assert world.last_seq() == before + 1


def test_upload_repeated_word_for_word_is_accepted_again_without_effect(world: Client):
    record = application()
    seq = world.last_seq() + 1

    answers = [world.upload(record, seq=seq).json for _ in range(2)]

    assert answers == [{"code": 0}, {"code": 0}]
    assert world.last_seq() == seq
    assert world.get("/bureau/").text.count(record["order_number"]) == 1


def test_upload_of_another_file_under_a_used_number_is_refused(world: Client):
    seq = world.last_seq() + 1
    world.upload(application(), seq=seq)

    answer = world.upload(application(), seq=seq).json

    assert (answer["code"], answer["expected_seq"]) == (999, seq + 1)


def test_upload_that_skips_a_number_is_refused_and_names_the_expected_one(world: Client):
    expected = world.last_seq() + 1

    answer = world.upload(application(), seq=expected + 1).json

    assert (answer["code"], answer["expected_seq"]) == (14, expected)
    assert world.last_seq() == expected - 1


def test_files_racing_for_one_number_are_accepted_once(world: Client):
    seq = world.last_seq() + 1
    rivals = [Client(world.port) for _ in range(8)]

    with ThreadPoolExecutor(len(rivals)) as pool:
        codes = list(
            pool.map(lambda client: client.upload(application(), seq=seq).json["code"], rivals)
        )

    assert sorted(codes) == [0] + [999] * 7
    assert world.last_seq() == seq


def test_upload_with_a_wrong_digest_is_refused(world: Client):
    assert world.upload(application(), sha256="0" * 64).json["code"] == 7


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("{", 5001),
        ("[]", 5001),
        ('{"version": "V.3.0+sim1"}', 5001),
        ('{"version": "V.2.0", "records": []}', 5004),
        ('{"version": "V.3.0+sim1", "records": [{"type": "BGBA"}]}', 5002),
        ('{"version": "V.3.0+sim1", "records": [1]}', 5001),
    ],
)
def test_upload_that_cannot_be_read_is_refused(world: Client, payload, code):
    before = world.last_seq()

    assert world.upload_text(payload).json["code"] == code
    assert world.last_seq() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"ref": "not-a-uuid"},
        {"order_number": ""},
        {"province": "99"},
        {"content": None},
        {"content": {"subject": {"cert_number": ""}, "services": [{"ref": "a"}]}},
        {"content": {"subject": {"cert_number": "X"}, "services": []}},
        {"content": {"subject": {"cert_number": "X"}, "services": [{"ref": "a"}, {"ref": "a"}]}},
    ],
)
def test_application_with_a_hole_is_refused(world: Client, changes):
    assert world.upload(application(**changes)).json["code"] == 5001


def test_upload_with_one_bad_record_keeps_none_of_the_file(world: Client):
    good = application()
    unknown = sms_event({"ref": str(uuid4())})

    answer = world.upload(good, unknown).json

    assert answer["code"] == 1016
    assert world.get(f"/bureau/{good['ref']}/").status == 404


def test_upload_of_more_than_a_thousand_records_is_refused(world: Client):
    payload = json.dumps({"version": VERSION, "records": [{}] * 1001})

    assert world.upload_text(payload).json["code"] == 18


def test_application_sent_again_in_a_later_file_changes_nothing(world: Client):
    record = application()

    answers = [world.upload(record).json, world.upload(record).json]

    assert answers == [{"code": 0}, {"code": 0}]


def test_application_whose_ref_comes_back_with_other_content_is_refused(world: Client):
    record = application()
    world.upload(record)

    changed = application(ref=record["ref"])

    assert world.upload(changed).json["code"] == 999
