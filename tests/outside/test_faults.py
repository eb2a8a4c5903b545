"""The line to a real bureau breaks, refuses, repeats and reorders: each fault on demand."""

import http.client
import json

import pytest

from tests.outside.client import Client, application, sms_event
from tests.outside.conftest import set_switches


def test_next_upload_is_refused_once_with_the_chosen_code(world: Client):
    set_switches(world, next_upload="refuse", refusal_code="901")
    record = application()
    before = world.last_seq()

    refused = world.upload(record).json
    accepted = world.upload(record).json

    assert (refused["code"], refused["expected_seq"]) == (901, before + 1)
    assert accepted == {"code": 0}


@pytest.mark.parametrize(("fault", "stored"), [("drop_after", 1), ("drop_before", 0)])
def test_dropped_reply_leaves_the_provider_to_ask_what_arrived(world: Client, fault, stored):
    set_switches(world, next_upload=fault)
    before = world.last_seq()

    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        world.upload(application(), seq=before + 1)

    assert world.last_seq() - before == stored


def test_same_file_is_served_until_it_is_acknowledged(world: Client):
    refuse(world, application())

    files = [world.get("/api/bureau/download").json["name"] for _ in range(2)]
    acknowledged = [world.call("/api/bureau/ack", {"name": files[0]}) for _ in range(2)]

    assert files[0] == files[1]
    assert [(answer.status, answer.json) for answer in acknowledged] == [(200, {}), (200, {})]
    assert world.get("/api/bureau/download").status == 204


def test_file_that_was_begun_is_not_changed_by_a_later_result(world: Client):
    refuse(world, application())
    before = world.get("/api/bureau/download").json

    refuse(world, application())

    assert world.get("/api/bureau/download").json == before


def test_acknowledging_an_unknown_file_is_not_found(world: Client):
    assert world.call("/api/bureau/ack", {"name": "none.json"}).status == 404


def test_results_come_in_the_order_of_the_decisions_in_one_file(world: Client):
    records = [application(), application()]
    for record in records:
        refuse(world, record)

    payload = json.loads(world.get("/api/bureau/download").json["payload"])

    assert payload["version"] == "V.3.0+sim1"
    assert [result["ref"] for result in payload["results"]] == [r["ref"] for r in records]


def test_results_are_reversed_when_the_switch_is_on(world: Client):
    records = [application(), application(), application()]
    for record in records:
        refuse(world, record)
    set_switches(world, reverses_results="on")

    refs = [result["ref"] for result in world.results()]

    assert refs == [record["ref"] for record in reversed(records)]


def test_results_come_twice_with_the_same_id_when_the_switch_is_on(world: Client):
    refuse(world, application())
    set_switches(world, repeats_results="on")

    results = world.results()

    assert len(results) == 2
    assert results[0] == results[1]


def refuse(world: Client, record: dict) -> None:
    world.upload(record, sms_event(record))
    page = f"/bureau/{record['ref']}/"
    world.click(page, page + "refuse/", text="材料不清晰，请重新上传。")
