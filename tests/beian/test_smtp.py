"""Mail through the installation's own server, spoken to over a real socket."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.policy import default

import pytest

from beian.ports.base import DeliveryFailed
from beian.ports.smtp import SmtpMail

PERSON = "ming.shili@example.com"


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one mail takes; `refused` recipients get 550."""

    def handle(self) -> None:
        self.say("220 ready")
        for line in iter(self.rfile.readline, b""):
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.mails.append(self.mail())
            elif verb == b"RCPT" and self.server.refused in line:
                self.say(f"550 no mailbox {PERSON}")
                continue
            self.say("250 ok")
            if verb == b"QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def mail(self) -> Message:
        lines = iter(self.rfile.readline, b".\r\n")
        return email.message_from_bytes(b"".join(lines), policy=default)


@contextmanager
def mail_server(settings, *, refused: bytes = b"nobody") -> Iterator[list[Message]]:
    with socketserver.TCPServer(("127.0.0.1", 0), _Conversation) as server:
        server.mails, server.refused = [], refused
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.mails
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def plain(settings):
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.MAIL_FROM = "示例云备案 <filing@shili.example>"


def send() -> None:
    SmtpMail().send(
        message_id="5f0e", recipient=PERSON, subject="备案订单\n已受理", text="请查看。"
    )


def test_mail_arrives_with_its_words_and_an_id_that_stays(settings):
    with mail_server(settings) as mails:
        send()
        send()
    assert [mail["Message-ID"] for mail in mails] == ["<5f0e@shili.example>"] * 2
    assert (mails[0]["Subject"], mails[0]["To"]) == ("备案订单 已受理", PERSON)
    assert mails[0]["From"].addresses[0].addr_spec == "filing@shili.example"
    assert mails[0].get_content().strip() == "请查看。"


def test_refusal_is_told_without_the_address(settings):
    with mail_server(settings, refused=PERSON.encode()), pytest.raises(DeliveryFailed) as failed:
        send()
    assert failed.value.reason == "SMTPRecipientsRefused"


def test_server_that_is_away_is_a_failure_to_try_again(settings):
    with mail_server(settings):
        pass
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError"):
        send()
