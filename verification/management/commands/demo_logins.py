"""`manage.py demo_logins`: who can sign in to a demo installation, and where."""

import unicodedata

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from verification import demo


def _pad(text: str, width: int) -> str:
    """Pad to terminal columns: a Chinese character takes two."""
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(width - columns, 1)


def _row(*cells: tuple[str, int]) -> str:
    return "  " + "".join(_pad(text, width) for text, width in cells).rstrip()


class Command(BaseCommand):
    help = "Print the demo logins and the addresses of the simulated outside world."

    def handle(self, *_args, **_options) -> None:
        if not settings.DEMO:
            raise CommandError("只有演示环境有演示登录 / only a demo installation has demo logins")
        for line in (*self._applicants(), "", *self._staff(), "", *self._outside()):
            self.stdout.write(line)

    @property
    def _portal(self) -> str:
        return f"http://127.0.0.1:{settings.PORT}"

    def _applicants(self) -> list[str]:
        return [
            f"申请人 Applicants（虚构 fictitious）: {self._portal}/sign-in/",
            "  验证码在各自的手机页面 / codes arrive on the phone pages:",
            *(
                _row(
                    (person.phone, 13),
                    (f"{person.zh}（{person.account}）", 34),
                    (person.en, 32),
                    (f"{settings.OUTSIDE_URL}/phone/{person.phone}/", 0),
                )
                for person in demo.APPLICANTS
            ),
        ]

    def _staff(self) -> list[str]:
        return [
            f"员工 Staff: {self._portal}/staff/sign-in/  密码 password: {demo.staff_password()}",
            *(
                _row((person.name, 18), (str(person.role.label), 16), (person.en, 0))
                for person in demo.STAFF
            ),
        ]

    def _outside(self) -> list[str]:
        pages = (
            ("/phone/", "手机 phones"),
            ("/mail/", "邮箱 mailboxes"),
            ("/bureau/", "管局 bureau"),
            ("/clock/", "时钟 clock"),
        )
        return [
            f"外部世界（模拟）Simulated outside world: {settings.OUTSIDE_URL}/",
            *(_row((label, 18), (f"{settings.OUTSIDE_URL}{path}", 0)) for path, label in pages),
        ]
