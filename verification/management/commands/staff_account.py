"""Accounts of the provider's people: create, roles, shut-out, let-in, password, authenticator."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.actors import SYSTEM
from beian.enums import StaffRoleName
from verification.actions import staff_accounts as accounts

_ROLES = " ".join(StaffRoleName.values)


class Command(BaseCommand):
    help = (
        "Make and change accounts of the provider's people; each act is written into the audit "
        "trail. A password is asked for, or read from a file, and never an argument."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        for act, words in _ACTS.items():
            # Not abbreviated: `--password …` would be a password in the list of processes.
            one = acts.add_parser(act, help=words, allow_abbrev=False)
            one.add_argument("name", help="the name of the account")
            one.add_argument("--reason", default="", help="kept in the audit trail")
            if act in {"create", "roles"}:
                one.add_argument("--role", action="append", default=[], help=f"one of: {_ROLES}")
            if act in {"create", "password"}:
                one.add_argument("--password-file", type=Path, help="its first line; - is stdin")

    def handle(self, *args: Any, act: str, name: str, reason: str, **options: Any) -> None:
        who = {"name": name, "reason": f"{_person()}: {reason}"[:_REASON_CHARACTERS]}
        try:
            told = self._do(act, who, options)
        except accounts.StaffAccountRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(told)

    def _do(self, act: str, who: dict[str, str], options: dict[str, Any]) -> str:
        name = who["name"]
        match act:
            case "create":
                password = _password(options["password_file"])
                accounts.create_account(SYSTEM, **who, password=password, roles=options["role"])
                return f"已建立 {name}，首次登录时绑定动态口令 / made {name}; let them sign in soon"
            case "roles":
                accounts.change_roles(SYSTEM, **who, roles=options["role"])
                return f"{name} 的角色 / roles of {name}: {', '.join(sorted(set(options['role'])))}"
            case "shut-out":
                ended = accounts.shut_out(SYSTEM, **who)
                return f"已停用，结束会话 {ended} 个 / shut out, {ended} sessions ended"
            case "let-in":
                accounts.let_in(SYSTEM, **who)
                return f"{name} 可以重新登录 / {name} may sign in again"
            case "password":
                password = _password(options["password_file"])
                ended = accounts.reset_password(SYSTEM, **who, password=password)
                return f"已换密码，结束会话 {ended} 个 / password replaced, {ended} sessions ended"
            case _:
                ended = accounts.forget_authenticator(SYSTEM, **who)
                return (
                    f"已解除动态口令，结束会话 {ended} 个 / authenticator forgotten, "
                    f"{ended} sessions ended"
                )


_ACTS = {
    "create": "a new account with roles",
    "roles": "these roles and no others",
    "shut-out": "no sign-in any more; sessions end at once",
    "let-in": "undo shut-out",
    "password": "replace a password; sessions end",
    "authenticator": "forget a lost authenticator; a new one is bound at the next sign-in",
}
# As many as the column of the audit trail takes.
_REASON_CHARACTERS = 200


def _person() -> str:
    """Whoever sits at the terminal, as the machine knows him."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user often has no name
        return f"uid {os.getuid()}"


def _password(path: Path | None) -> str:
    if path is not None:
        return _first_line(path)
    password = getpass.getpass("密码 / password: ")
    if getpass.getpass("再次输入 / again: ") != password:
        raise CommandError("两次输入的密码不同 / the two passwords differ")
    return password


def _first_line(path: Path) -> str:
    try:
        text = Path("/dev/stdin" if str(path) == "-" else path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"无法读取密码文件 {path} / the file of the password cannot be read: "
            f"{type(error).__name__}"
        ) from error
    return text.split("\n", 1)[0].rstrip("\r")
