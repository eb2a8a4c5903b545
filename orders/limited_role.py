"""A database role for web, worker and beat that can add to the trail and not change it."""

from django.db import connection

from orders.audit_check import APPEND_ONLY

# What only the owner of the tables changes: who has migrated.
_READ_ONLY = ("django_migrations",)


class RoleRefused(Exception):
    """The text says why this role cannot be limited."""


def grant_access(role: str) -> None:
    """Give `role` what the product needs and take the rest; raises RoleRefused.

    To be repeated after every migration, because new tables are closed to it.
    """
    if connection.vendor != "postgresql":
        raise RoleRefused("只有 PostgreSQL 有角色 / only PostgreSQL has roles")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(rolname), rolsuper OR rolname = current_user "
            "FROM pg_roles WHERE rolname = %s",
            [role],
        )
        name, is_owner = cursor.fetchone() or ("", False)
        if not name:
            raise RoleRefused(f"没有角色 {role} / there is no role {role}: create it first")
        if is_owner:
            raise RoleRefused(
                f"{role} 拥有数据表或是超级用户 / {role} owns the tables or is a superuser"
            )
        for statement in _STATEMENTS:
            cursor.execute(statement.format(role=name))


_STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {', '.join(APPEND_ONLY)} "
    "FROM {role}",
    f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {', '.join(_READ_ONLY)} FROM {{role}}",
)
