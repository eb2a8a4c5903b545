"""Who takes part in the scenes: applicants as needed, one colleague per role, a bureau."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from unittest import mock

from beian.actors import Actor
from beian.enums import StaffRoleName
from tests.builders import Applicant, Staff, make_applicant, make_staff
from tests.fake_bureau import FakeBureau


@dataclass
class Cast:
    staff: dict[str, Staff]
    bureau: FakeBureau
    _numbers: Iterator[int] = field(default_factory=lambda: count(101))

    def applicant(self) -> tuple[Applicant, int]:
        """A new owner of a new account, and a number nobody else has."""
        number = next(self._numbers)
        name = f"示例科技（{number}）"
        return make_applicant(phone=f"1390000{number:04d}", account_name=name), number

    def actor(self, role: str) -> Actor:
        return self.staff[str(role)].actor


@contextmanager
def cast_in_place() -> Iterator[Cast]:
    """The people, and the bureau behind the port for as long as the block lasts."""
    staff = {role: make_staff(role, name=f"{role}-1") for role in StaffRoleName.values}
    cast = Cast(staff, FakeBureau())
    with (
        mock.patch("orders.actions.sending.gateway", return_value=cast.bureau),
        mock.patch("orders.actions.results.gateway", return_value=cast.bureau),
    ):
        yield cast
