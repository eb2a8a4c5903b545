"""Ask the rules about orders kept in a JSON file, without a browser and without a database."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian import clock
from orders import working_days
from orders.rulebook.in_force import rules_in_force
from rules.calendar import NO_OVERRIDES, Overrides
from rules.engine import evaluate
from rules.facts import LAST_DAY, FactsError, read_day
from rules.loader import shipped_rule_set
from rules.order_file import AskedOrder, BadOrder, read_orders
from rules.rule_set import RuleSet

BAD_INPUT = 2


class BadInput(CommandError):
    """Something in the file cannot be used. Ends with status 2 and nothing half-printed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=BAD_INPUT)


class Command(BaseCommand):
    help = (
        "Evaluate the filing rules for the orders in a JSON file; one JSON line per order. "
        "The shipped rules are asked, without a database, unless --in-force is given."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="one object or a list of objects")
        parser.add_argument("--today", type=_day, help="ISO date to judge by, today if absent")
        parser.add_argument(
            "--in-force",
            action="store_true",
            help="ask the rules and working days of this installation, with operators' published "
            "edits; reads the database",
        )

    def handle(
        self, *args: Any, file: Path, today: date | None, in_force: bool, **options: Any
    ) -> None:
        rules = rules_in_force() if in_force else shipped_rule_set()
        days = working_days.entered() if in_force else NO_OVERRIDES
        orders = _read(file)
        lines = [_line(order, today or clock.today(), rules, days) for order in orders]
        for order in orders:
            if order.ignored:
                self.stderr.write(f"{order.name}: ignored {', '.join(map(ascii, order.ignored))}")
        for line in lines:
            self.stdout.write(line)


def _day(text: str) -> date:
    day = read_day(text)
    if day is None or day > LAST_DAY:
        raise ArgumentTypeError(f"{text} is no date YYYY-MM-DD up to {LAST_DAY}")
    return day


def _read(file: Path) -> list[AskedOrder]:
    try:
        return read_orders(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    except BadOrder as error:
        raise BadInput(f"{file}: {error}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: no text in UTF-8: {error.reason}") from error


def _line(order: AskedOrder, today: date, rules: RuleSet, days: Overrides) -> str:
    try:
        findings = evaluate(
            order.facts,
            province=order.province,
            order_type=order.order_type,
            today=today,
            materials=order.materials,
            rule_set=rules,
            days=days,
        )
    except FactsError as error:
        raise BadInput(f"{order.name}: {error}") from error
    result = {"id": order.id, "findings": [finding.to_dict() for finding in findings]}
    return json.dumps(result, ensure_ascii=False)
