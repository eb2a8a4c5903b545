"""Proofs and measures use names from all over the product: a renamed one is noticed here."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests import bench, prove
from tests.measuring import load_modules


@pytest.mark.parametrize("package", [prove, bench], ids=lambda package: package.__name__)
def test_every_module_can_be_imported(package: ModuleType) -> None:
    load_modules(package)
