from uuid import uuid4

import pytest

from tests.outside.client import Client


def sms(**changes: str) -> dict[str, str]:
    message = {
        "message_id": str(uuid4()),
        "to": "13800000011",
        "sender": "12381",
        "text": "【工信部】验证码 204816，24 小时内有效。",
    }
    return message | changes


def mail(**changes: str) -> dict[str, str]:
    message = {
        "message_id": str(uuid4()),
        "to": "li@shili-keji.example",
        "subject": "备案进度",
        "text": "请打开 https://portal.example/orders/1 查看。",
    }
    return message | changes


def test_sms_arrives_on_the_phone_with_its_code_apart(world: Client):
    answer = world.call("/api/sms", sms(to="13800000012"))

    page = world.get("/phone/13800000012/").text
    assert (answer.status, answer.json) == (202, {})
    assert page.count('<code class="code">204816</code>') == 1


def test_sms_sent_twice_with_one_message_id_arrives_once(world: Client):
    message = sms(to="13800000013")

    statuses = [world.call("/api/sms", message).status for _ in range(2)]

    assert statuses == [202, 202]
    assert world.get("/phone/13800000013/").text.count('<div class="text">') == 1


def test_phone_list_counts_unread_until_the_phone_is_opened(world: Client):
    world.call("/api/sms", sms(to="13800000014"))

    before = unread_on_list(world, "13800000014")
    world.get("/phone/13800000014/")
    after = unread_on_list(world, "13800000014")

    assert (before, after) == (True, False)


def test_phone_shows_the_newest_message_first(world: Client):
    world.call("/api/sms", sms(to="13800000015", text="先到"))
    world.call("/api/sms", sms(to="13800000015", text="后到"))

    page = world.get("/phone/13800000015/").text

    assert page.index("后到") < page.index("先到")


def test_message_text_is_shown_as_text_and_not_as_markup(world: Client):
    world.call("/api/sms", sms(to="13800000016", text="<b>示例</b>"))

    assert "<b>" not in world.get("/phone/13800000016/").text


def test_mail_links_can_be_followed(world: Client):
    world.call("/api/mail", mail())

    page = world.get("/mail/li@shili-keji.example/").text

    assert 'href="https://portal.example/orders/1"' in page


def test_mail_address_is_one_mailbox_in_any_case(world: Client):
    world.call("/api/mail", mail(to="Wang@Shili-Keji.example", subject="大小写"))

    assert "大小写" in world.get("/mail/wang@shili-keji.example/").text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (sms(), "text/plain", 415),
        ([], "application/json", 400),
        ({"message_id": "1"}, "application/json", 400),
        (sms() | {"to": 13800000000}, "application/json", 400),
    ],
)
def test_sms_with_a_wrong_body_is_refused(world: Client, body, content_type, status):
    assert world.call("/api/sms", body, content_type).status == status


def unread_on_list(world: Client, number: str) -> bool:
    row = world.get("/phone/").text.split(f"/phone/{number}/", 1)[1].split("</tr>", 1)[0]
    return "条未读" in row
