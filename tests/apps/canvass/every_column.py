"""Every row of every table of the database, to be compared and searched."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache

from django.db import connection

BY_THE_CLOCK = {"received_at", "newest_at", "at", "recorded_at", "lifted_at", "first_shown_at"}
"""What the server's own clock says; two runs differ in nothing else but their numbers of rows."""


@lru_cache(maxsize=1)
def _question() -> str:
    """One question for all tables, from the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace "
            "and relkind in ('r', 'p', 'm') and relname !~ '^(django_migrations|auth_permission)'"
        )
        tables = [table for (table,) in cursor.fetchall()]
    return " union all ".join(
        f"select '{table}', to_jsonb(t)::text from \"{table}\" t"  # noqa: S608  # from the catalogue
        for table in tables
    )


def rows() -> Counter[tuple[str, str]]:
    """(table, row) of everything that can be seen here."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return Counter((table, _plain(row)) for table, row in cursor.fetchall())


def _plain(row: str) -> str:
    facts = json.loads(row)
    left_out = {"position", "wording_id"} | BY_THE_CLOCK
    if isinstance(facts.get("id"), int):
        left_out.add("id")
    return json.dumps({k: v for k, v in facts.items() if k not in left_out}, sort_keys=True)


def new_since(before: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows that are there now and were not, or were otherwise."""
    return sorted((rows() - before).elements())
