"""The simulated face provider: passes unless told otherwise, and keeps neither photo nor number."""

from base64 import b64encode
from uuid import uuid4

import pytest

from tests.outside.client import Client

PHOTO = b64encode(b"a face that must not be kept").decode()


def ask(world: Client, name: str, request_id: str = "") -> dict:
    body = {
        "request_id": request_id or str(uuid4()),
        "name": name,
        "cert_number": "330106199001011255",
        "photo": PHOTO,
    }
    return world.call("/api/face", body).json


def test_everybody_passes_but_an_impostor(world: Client):
    assert ask(world, "李示例") == {"result": "pass", "score": 96, "reasons": []}
    assert ask(world, "王冒名") == {"result": "fail", "score": 21, "reasons": ["not_person"]}


@pytest.mark.parametrize(
    "reason",
    ["wrong_movement", "poor_light", "background", "face_covered", "identity_mismatch"],
)
def test_rule_chooses_the_reason(world: Client, reason):
    world.click("/faces/", name=f"周{reason}", result=reason)

    answer = ask(world, f"周{reason}")

    assert (answer["result"], answer["reasons"]) == ("fail", [reason])


def test_low_score_passes(world: Client):
    world.click("/faces/", name="低分示例", result="low_score")

    assert ask(world, "低分示例") == {"result": "pass", "score": 58, "reasons": []}


def test_provider_that_was_down_answers_later_and_an_answer_stays(world: Client):
    request_id = str(uuid4())
    world.click("/faces/", name="吴示例", result="unavailable")
    assert ask(world, "吴示例", request_id) == {"result": "unavailable"}
    removal = world.get("/faces/").text.split("吴示例 →")[1].split('action="')[1].split('"')[0]
    world.click("/faces/", removal)

    assert ask(world, "吴示例", request_id)["result"] == "pass"
    world.click("/faces/", name="吴示例", result="not_person")
    assert ask(world, "吴示例", request_id)["result"] == "pass"


def test_neither_photo_nor_number_is_kept(world: Client, shared_world):
    ask(world, "孙人脸")

    stored = b"".join(file.read_bytes() for file in shared_world.state.glob("outside.sqlite3*"))

    assert "孙人脸".encode() in stored
    assert PHOTO.encode() not in stored
    assert b"330106199001011255" not in stored
