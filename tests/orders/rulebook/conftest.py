"""The author and the publisher of edits."""

from __future__ import annotations

import pytest

from tests.builders import Staff
from tests.orders.rulebook.stage import operator


@pytest.fixture
def author(db: None) -> Staff:
    return operator("operator-1")


@pytest.fixture
def publisher(db: None) -> Staff:
    return operator("operator-2")
