"""
Emptying the tables after a test that really committed: only those in which something stands.

``TRUNCATE`` gives each of two hundred tables, and each of its indexes, a new file, even where nothing was written.
The embedded server's administrator deletes instead, past the wall and the triggers, and the files are as short
afterwards as ``TRUNCATE`` leaves them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg.conninfo
from psycopg import sql

if TYPE_CHECKING:
    from hustings.postgres import Server

ADMINISTRATOR = "postgres"
"""Of the embedded server, which trusts whoever may open its private socket."""

FILLED = ("django_content_type", "auth_permission")
"""
What Django fills again whenever it was emptied: a thousand rows by a hundred statements, which no test writes to.
"""


def as_filled() -> tuple[int, ...]:
    """How each of those rows stands: whoever adds, changes or takes away one changes this."""
    from django.db import connection

    def rows(table: str) -> sql.Composed:
        return sql.SQL(
            "(select coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0) from {})"
        ).format(sql.Identifier(table))

    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("select {}").format(sql.SQL(", ").join(map(rows, FILLED))))
        return tuple(cursor.fetchone())


def empty(embedded: Server, database: str, tables: list[str]) -> list[str]:
    """Which of these tables had a page of their own; now none has a row or a page."""
    address = psycopg.conninfo.make_conninfo("", **embedded.parameters(ADMINISTRATOR, database))
    named = sql.SQL(", ").join(map(sql.Identifier, tables))
    with psycopg.connect(address, autocommit=True) as connection:
        with connection.transaction():
            # Whoever still writes is waited for, as TRUNCATE waits; who never ends is an error and no standstill.
            connection.execute("set local lock_timeout = '120s'")
            connection.execute(sql.SQL("lock table {} in access exclusive mode").format(named))
            connection.execute("set local session_replication_role = replica")
            written = [
                name
                for (name,) in connection.execute(
                    "select relname from pg_class where relnamespace = 'public'::regnamespace "
                    "and relname = any(%s) and pg_relation_size(oid) > 0",
                    [tables],
                )
            ]
            for name in written:
                connection.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))
        if written:
            named = sql.SQL(", ").join(map(sql.Identifier, written))
            connection.execute(sql.SQL("vacuum {}").format(named))
            # As after TRUNCATE: nobody has counted yet what stands there.
            connection.execute(
                "update pg_class set reltuples = -1, relpages = 0, relallvisible = 0 "
                "where relnamespace = 'public'::regnamespace and relname = any(%s)",
                [written],
            )
            # Nor what campaigns there were, from which the next test's would be missing.
            connection.execute(
                "delete from pg_statistic where starelid in (select oid from pg_class "
                "where relnamespace = 'public'::regnamespace and relname = any(%s))",
                [written],
            )
    return written
