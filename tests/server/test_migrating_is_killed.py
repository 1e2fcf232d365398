"""
Killed while it migrates: the database is as it was, and the next run makes of it what an uninterrupted one does.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from hustings.server.command_migrate import bring_up_to_date
from tests.apps.killing import killed_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

BEFORE = (("canvass", "0002"),)
"""An older database: what came after is what the upgrade brings."""
CATALOGUE = """
select 'table', c.relname, c.relrowsecurity::text, coalesce(c.relacl::text, '') from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'S')
union all select 'column', a.attrelid::regclass::text, a.attname,
  format('%s %s %s', a.atttypid::regtype, a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace
union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
union all select 'policy', tablename, policyname, qual from pg_policies
union all select 'function', proname, prosrc, '' from pg_proc where pronamespace = 'public'::regnamespace
union all select 'rights to come', defaclobjtype::text, defaclacl::text, '' from pg_default_acl
union all select 'ran', app, name, '' from django_migrations
order by 1, 2, 3, 4
"""


def catalogue() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('django_migrations')")
        if cursor.fetchone() == (None,):
            cursor.execute(
                "select count(*)::text from pg_class where relnamespace = 'public'::regnamespace"
            )
            return cursor.fetchall()
        cursor.execute(CATALOGUE)
        return cursor.fetchall()


@contextmanager
def in_a_database(name: str) -> Iterator[None]:
    """The owner, in an empty database of that name, which is gone afterwards."""
    before = connection.settings_dict["NAME"], connection.settings_dict["USER"]

    def ask(statement: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = "postgres"
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    connection.settings_dict["USER"] = settings.OWNER_ROLE
    ask(f'drop database if exists "{name}" with (force)')
    ask(f'create database "{name}"')
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        ask(f'drop database "{name}" with (force)')
        connection.settings_dict["NAME"], connection.settings_dict["USER"] = before


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A name for databases of this test."""
    with django_db_blocker.unblock():
        yield f"killed_{os.getpid()}"


@pytest.mark.trust(62)
@pytest.mark.slow
def test_an_upgrade_killed_anywhere_changes_nothing_and_the_next_is_whole(
    owner: str,
) -> None:
    with in_a_database(f"{owner}_whole"):
        bring_up_to_date()
        whole = catalogue()
    with in_a_database(owner):
        bring_up_to_date()
        for app, migration in BEFORE:
            call_command("migrate", app, migration, interactive=False, verbosity=0)
        before = catalogue()
        assert before != whole

        at = 1
        while killed_at(at, bring_up_to_date):
            assert catalogue() == before, f"Killed before statement {at}, something was left."
            # Beginning, locks and what ran before one by one; then in steps that grow, since each run is longer.
            at += max(1 if at < 20 else 5, at // 6)

        assert at > 40
        assert catalogue() == whole


@pytest.mark.trust(62)
@pytest.mark.slow
def test_a_first_migration_killed_anywhere_leaves_an_empty_database_and_can_be_begun_again(
    owner: str,
) -> None:
    with in_a_database(owner):
        at, step = 1, 410
        while killed_at(at, bring_up_to_date):
            assert catalogue() == [("0",)], f"Killed before statement {at}, something was left."
            at += step

        assert at > 3 * step
        assert len(catalogue()) > 300
