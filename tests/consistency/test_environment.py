"""Every environment variable that is declared is read, and nothing reads another one."""

from __future__ import annotations

import ast
import re

from beian.environment_names import VARIABLES
from tests.consistency.sources import PRODUCT, ROOT, all_files, python_files, text, tree

READERS = {"text", "flag", "path", "names", "networks", "number"}
OUTSIDE_PYTHON = ("beian/launch/", "beian/gunicorn_config.py")


def names_read() -> set[str]:
    """Names given to the readers of `beian.environment`, and BEIAN_ names of the launcher."""
    found = set()
    for path in python_files(*PRODUCT):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in READERS:
                first = node.args[0] if node.args else None
                if ast.unparse(node.func).startswith("environment.") and isinstance(
                    first, ast.Constant
                ):
                    found.add(str(first.value))
        if str(path.relative_to(ROOT)).startswith(OUTSIDE_PYTHON):
            found |= set(re.findall(r"BEIAN_([A-Z0-9_]+)", text(path)))
    return found


def test_every_declared_variable_is_read_and_no_other() -> None:
    assert names_read() == set(VARIABLES)


def test_names_in_documents_exist() -> None:
    documents = [path for path in all_files() if path.suffix == ".md"]
    named = {name for path in documents for name in re.findall(r"BEIAN_([A-Z0-9_]+)", text(path))}

    assert {name for name in named - set(VARIABLES) if not name.startswith("TEST_")} == set()
