"""Which release wrote a bundle, as far as a reader of its content needs to know."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from orders.dossier import SCHEMA_VERSION
from orders.rulebook.in_force import rules_in_force

# Raised when members change their names or meaning.
FORMAT = "beian-evidence-2"


def release() -> dict[str, object]:
    """The newest migration of each app names the release's shape of data."""
    leaves = MigrationLoader(connection).graph.leaf_nodes()
    return {
        "format": FORMAT,
        "dossier_schema": SCHEMA_VERSION,
        "rule_set_version": rules_in_force().version,
        "migrations": dict(sorted(leaves)),
    }
