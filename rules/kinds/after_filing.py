"""K39: which number a filed website shows at its foot."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Kind, Result, kind

Number = Literal["subject", "service"]


@kind("number_display", "K39")
class NumberDisplay(Kind):
    """After filing, `number` stands at the foot of the website.

    No order is asked about it: pages read the parameter through `rules.number_display`.
    """

    number: Number

    def reads(self) -> tuple[str, ...]:
        return ()

    def abouts(self) -> tuple[str, ...]:
        return ()

    def check(self, case: Case) -> Iterator[Result]:
        return iter(())
