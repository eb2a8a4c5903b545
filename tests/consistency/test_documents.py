"""What the documents say is what the code does."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tests.consistency.sources import ROOT, text

GENERATED = {
    "docs/settings.md": "settings_table",
    "docs/environment.md": "environment_table",
    "docs/rule-counts.md": "rule_counts",
    "docs/states.md": "order_graph",
}


@pytest.mark.parametrize(("document", "command"), GENERATED.items())
def test_document_contains_what_the_command_prints(document: str, command: str) -> None:
    printed = StringIO()
    call_command(command, stdout=printed)

    assert printed.getvalue().strip()
    assert printed.getvalue().strip() in text(ROOT / document), (
        f"{document} is out of date: paste the output of `./dev manage {command}`"
    )
