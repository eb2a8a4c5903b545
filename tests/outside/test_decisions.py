import pytest

from tests.outside.client import Client, application, sms_event


def decided(world: Client, **changes) -> dict:
    """Hand over an application that is ready for a decision."""
    record = application(**changes)
    assert world.upload(record, sms_event(record)).json == {"code": 0}
    return record


def grant(world: Client, record: dict) -> dict:
    page = f"/bureau/{record['ref']}/"
    world.click(page, page + "grant/")
    (result,) = world.results()
    return result


def content(cert_number: str, *services: dict) -> dict:
    return {"subject": {"name": "示例", "cert_number": cert_number}, "services": list(services)}


def test_officer_cannot_decide_before_the_codes_are_verified_and_reads_why(world: Client):
    record = application()
    world.upload(record)
    page = f"/bureau/{record['ref']}/"

    shown = world.get(page).text
    # Any page with a form lends its token: this one has none yet.
    answer = world.click("/clock/", page + "grant/")

    assert page + "grant/" not in shown
    assert "负责人还没有全部完成短信核验" in shown
    assert "没有办理" in answer.text
    assert world.results() == []


def test_grant_gives_numbers_and_a_result_to_download(world: Client):
    record = decided(world)

    result = grant(world, record)

    number = result["subject_number"]
    assert result["type"] == "BAJG"
    assert (result["ref"], result["outcome"], result["text"]) == (record["ref"], "granted", "")
    assert result["services"] == [{"ref": "site-1", "number": f"{number}-1"}]
    assert number in world.get("/ministry/").text


def test_grant_pressed_twice_gives_one_result(world: Client):
    record = decided(world)
    page = f"/bureau/{record['ref']}/"

    world.click(page, page + "grant/")
    second = world.click("/clock/", page + "grant/")

    assert "没有办理" in second.text
    assert [result["ref"] for result in world.results()] == [record["ref"]]


def test_refusal_carries_the_words_of_the_officer(world: Client):
    record = decided(world)
    page = f"/bureau/{record['ref']}/"

    world.click(page, page + "refuse/", text="网站名称与主体无关联，请修改。")

    (result,) = world.results()
    assert (result["outcome"], result["text"]) == ("refused", "网站名称与主体无关联，请修改。")
    assert (result["subject_number"], result["services"]) == ("", [])


def test_refusal_without_words_is_not_made(world: Client):
    record = decided(world)
    page = f"/bureau/{record['ref']}/"

    answer = world.click(page, page + "refuse/", text=" ")

    assert answer.status == 422
    assert "请填写意见，申请人会看到原文。" in answer.text
    assert world.results() == []


def test_application_returned_for_sms_cannot_be_decided(world: Client):
    record = application()
    world.upload(record)
    world.upload(sms_event(record, "returned"))

    answer = world.click("/clock/", f"/bureau/{record['ref']}/grant/")

    assert "没有办理" in answer.text
    assert "短信核验未通过，已退回" in answer.text


@pytest.mark.parametrize("verified", [True, False])
def test_ministry_returns_an_open_application_for_its_domain(world: Client, verified):
    record = application()
    world.upload(record, *([sms_event(record)] if verified else []))

    world.click(f"/ministry/{record['ref']}/", text="域名核验未通过：域名已过期。")

    (result,) = world.results()
    assert (result["type"], result["outcome"]) == ("YMHY", "failed")
    assert result["text"] == "域名核验未通过：域名已过期。"


def test_subject_keeps_its_number_and_services_share_one_sequence(world: Client):
    first = decided(world, content=content("KEEPS", {"ref": "a", "kind": "website"}))
    number = grant(world, first)["subject_number"]
    more = [
        {"ref": "b", "kind": "app"},
        {"ref": "c", "kind": "mini_program"},
        {"ref": "d", "kind": "quick_app"},
        {"ref": "e", "kind": "website"},
    ]
    second = grant(world, decided(world, content=content("KEEPS", *more)))

    assert second["subject_number"] == number
    assert [service["number"] for service in second["services"]] == [
        f"{number}-2A",
        f"{number}-3X",
        f"{number}-4K",
        f"{number}-5",
    ]


def test_number_starts_with_the_character_of_the_province(own_world):
    client = Client(own_world.port)
    prefixes = {"11": "京", "33": "浙", "44": "粤", "51": "蜀", "62": "陇"}
    year = client.get("/clock/").text.split('datetime="')[1][:4]

    numbers = {
        code: grant(client, decided(client, province=code))["subject_number"] for code in prefixes
    }

    assert numbers == {code: f"{prefix}ICP备{year}000001号" for code, prefix in prefixes.items()}


def test_case_page_shows_nested_content_with_its_labels(world: Client):
    record = application(
        content={
            "subject": {"cert_number": "NESTED", "principal": {"full_name": "李示例"}},
            "services": [{"ref": "a", "domains": ["a.example", "b.example"]}],
        }
    )
    world.upload(record)

    page = world.get(f"/bureau/{record['ref']}/").text

    assert "李示例" in page
    assert "a.example、b.example" in page
    assert "Service 1</span></h3>" in page
