"""Prints who looked at whose protected values, for the auditor."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from orders.access_report import Access, accesses

# A week: what an auditor looks through at one sitting.
_DAYS = 7
_HEAD = (
    "人员 person",
    "操作 action",
    "订单 order",
    "字段 field",
    "次数 looks",
    "非工作时间 out of hours",
    "超过上限 over limit",
    "原因 purposes",
    "最近一次 last",
)


class Command(BaseCommand):
    help = (
        "Print who of the provider's people looked at which protected field of which order, how "
        "often, out of hours and over the limit: a table with tabs, or JSON lines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=_days, default=_DAYS, help=f"how far back, or {_DAYS}")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        rows = [_cells(row) for row in accesses(days)]
        if options["json"]:
            for row in rows:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            return
        self.stdout.write("\t".join(_HEAD))
        for row in rows:
            self.stdout.write("\t".join(str(value) for value in row.values()))
        if not rows:
            self.stdout.write(f"最近 {days} 天没有人查看 / nobody looked in the last {days} days")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _LONGEST):
        raise ArgumentTypeError(f"a number of days from 1 to {_LONGEST}")
    return int(text)


# Ten years: longer than any entry is asked for.
_LONGEST = 3660


def _cells(row: Access) -> dict[str, Any]:
    return {
        "person": row.person,
        "action": row.action,
        "order": row.order,
        "field": row.field,
        "looks": row.looks,
        "out_of_hours": row.out_of_hours,
        "over_limit": row.over_limit,
        "purposes": ", ".join(f"{name} {count}" for name, count in row.purposes.most_common()),
        "last": f"{row.last:%Y-%m-%d %H:%M}",
    }
