"""Ask the rules about orders kept in a JSON file, without a browser or a database."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian import clock
from rules.engine import UnknownOrderType, evaluate
from rules.facts import FactsError
from rules.regions import UnknownRegion

BAD_INPUT = 2


class BadInput(CommandError):
    """Something in the file cannot be used. Ends with status 2 and nothing half-printed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=BAD_INPUT)


class Command(BaseCommand):
    help = "Evaluate the filing rules for the orders in a JSON file; one JSON line per order."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="one object or a list of objects")
        parser.add_argument("--today", type=_day, help="ISO date to judge by, today if absent")

    def handle(self, *args: Any, file: Path, today: date | None, **options: Any) -> None:
        day = today or clock.today()
        lines = [_line(item, day) for item in _read(file)]
        for line in lines:
            self.stdout.write(line)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no ISO date") from error


def _read(file: Path) -> list[Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from error
    except ValueError as error:
        raise BadInput(f"{file}: no JSON: {error}") from error
    return content if isinstance(content, list) else [content]


def _line(item: Any, today: date) -> str:
    if not isinstance(item, Mapping):
        raise BadInput("every order must be an object")
    name = item.get("id")
    try:
        findings = evaluate(
            _mapping(item, "facts"),
            province=_word(item, "province"),
            order_type=_word(item, "order_type"),
            today=today,
            materials=_materials(item),
        )
    except UnknownRegion as error:
        raise BadInput(f'order {name}: unknown province "{error}"') from error
    except UnknownOrderType as error:
        raise BadInput(f'order {name}: unknown order type "{error}"') from error
    except FactsError as error:
        raise BadInput(f"order {name}: {error}") from error
    result = {"id": name, "findings": [finding.to_dict() for finding in findings]}
    return json.dumps(result, ensure_ascii=False)


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = item.get(key)
    if not isinstance(value, Mapping):
        raise BadInput(f"order {item.get('id')}: {key} must be an object")
    return value


def _word(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str):
        raise BadInput(f"order {item.get('id')}: {key} must be a string")
    return value


def _materials(item: Mapping[str, Any]) -> list[str]:
    value = item.get("materials", [])
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise BadInput(f"order {item.get('id')}: materials must be a list of keys")
    return value
