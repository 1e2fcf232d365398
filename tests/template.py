"""
The tables made once, and copied for each process that runs tests.

All migrations take as long as a whole folder of tests. They run into a database of their own, named for what they
are made of; every test database is a copy of it. ``python -m tests.template`` makes it ahead of the tests.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg.conninfo
from psycopg import sql

if TYPE_CHECKING:
    from hustings.postgres import Server

ROOT = Path(__file__).parents[1]
PREFIX = "tables_"


def made_of() -> str:
    """Of our code, whose migrations call more than themselves, and of the packages that bring tables."""
    told = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for folder in ("src/hustings/apps", "src/hustings/server"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            told.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def template(embedded: Server) -> str:
    """The name of the database to copy, on the embedded server; whoever comes first makes it."""
    from django.conf import settings

    from hustings.postgres import locks

    name = PREFIX + made_of()
    embedded.ensure()
    address = embedded.parameters(settings.OWNER_ROLE, "postgres")
    with (
        locks.exclusive(settings.HOME / "template.lock"),
        psycopg.connect(psycopg.conninfo.make_conninfo("", **address), autocommit=True) as owner,
    ):
        there = {row[0] for row in owner.execute("select datname from pg_database")}
        if name not in there:
            for old in (other for other in there if other.startswith(PREFIX)):
                owner.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
            making = f"{PREFIX}making"
            owner.execute(sql.SQL("create database {}").format(sql.Identifier(making)))
            migrate(making)
            owner.execute(
                sql.SQL("alter database {} rename to {}").format(
                    sql.Identifier(making), sql.Identifier(name)
                )
            )
    return name


def migrate(database: str) -> None:
    """Every table, and the one of the cache, as Django makes a test database."""
    from django.core.management import call_command
    from django.db import connection

    from hustings.server.new_tables import drawn_alone

    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], database
    try:
        with drawn_alone():
            call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def main() -> None:
    """Make it ahead of the tests."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()

    from django.conf import settings
    from django.db import connection

    from hustings.postgres import server

    if not connection.settings_dict["HOST"]:
        template(server(settings.POSTGRES_FOLDER, throwaway=settings.POSTGRES_THROWAWAY))


if __name__ == "__main__":
    main()
