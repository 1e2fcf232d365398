"""Refuses to serve as a role that row-level security would not stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig


@register(Tags.database)
def the_wall_holds(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **options: object,
) -> list[Error]:
    """Empty when the role that serves is no superuser, does not bypass row security and owns no table."""
    if settings.AS_OWNER or "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls, "
            "exists(select from pg_tables where schemaname = 'public' and pg_has_role(tableowner, 'usage')) "
            "from pg_roles where rolname = current_user"
        )
        role, is_super, bypasses, owns = cursor.fetchone() or ("?", True, True, True)
    reasons = [
        reason
        for reason, true in (
            ("is a superuser", is_super),
            ("may bypass row-level security", bypasses),
            ("owns tables, or is a member of the role that does", owns),
        )
        if true
    ]
    if not reasons:
        return []
    return [
        Error(
            f"The database role «{role}» {' and '.join(reasons)}, so it could see every campaign's rows.",
            hint="Serve as a role of its own (DATABASE_URL) and migrate as the owner (DATABASE_OWNER_URL); "
            "docs/hosts/postgresql.md has the statements.",
            id="hustings.E010",
        )
    ]
