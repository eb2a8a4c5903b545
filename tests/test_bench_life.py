"""What an order's life asks of the database grows by nobody's oversight."""

import pytest

from tests.bench.life import statements_of_a_life

# Of which each is named in docs/goals.md. Whoever needs fewer writes the new number down.
STATEMENTS = 147


@pytest.mark.django_db
def test_life_takes_as_many_statements_as_are_accounted_for():
    count = len(statements_of_a_life())

    assert count == STATEMENTS
