"""Prints the JSON Schema of the dossier, for programs that read or write drafts."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from orders.dossier import SCHEMA_VERSION, json_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of an order's dossier."

    def handle(self, *args: Any, **options: Any) -> None:
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": f"schema_version {SCHEMA_VERSION}",
            **json_schema(),
        }
        self.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True))
