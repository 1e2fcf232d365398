"""The register of personal data: no column of any table without a word on what it says about whom."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

DECLARED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "docs/reference/personal-data.toml").read_text(encoding="utf-8")
)
BASES = DECLARED["bases"]
EVERYWHERE = set(DECLARED["everywhere"]["nothing"])
TABLES = {name: said for name, said in DECLARED.items() if name not in {"bases", "everywhere"}}
NOTHING = "nothing"

pytestmark = pytest.mark.trust(28)


@pytest.fixture
def columns(db: None) -> dict[str, set[str]]:
    """Every table of the database, whoever made it, and its columns."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.relname, a.attname from pg_class t join pg_attribute a on a.attrelid = t.oid "
            "where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p', 'm', 'f') "
            "and a.attnum > 0 and not a.attisdropped"
        )
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


def undeclared(columns: dict[str, set[str]], said: dict[str, dict[str, Any]]) -> list[str]:
    """Columns that stand nowhere, and those that stand somewhere and are not there."""
    wrong = []
    for table in {*columns, *said}:
        declared = said.get(table, {})
        named = {*declared, *declared.get(NOTHING, ())} - {NOTHING}
        there = columns.get(table, set())
        wrong += [f"{table}.{column}: not declared" for column in there - named - EVERYWHERE]
        wrong += [f"{table}.{column}: not there" for column in named - there]
    return sorted(wrong)


def test_every_column_of_every_table_is_declared(columns: dict[str, set[str]]) -> None:
    made = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert made <= set(columns)
    assert undeclared(columns, TABLES) == []


def test_a_column_and_a_table_that_are_new_are_noticed_and_so_is_one_that_went(
    columns: dict[str, set[str]],
) -> None:
    grown = {**columns, "people_person": {*columns["people_person"], "hair"}, "secrets": {"word"}}
    grown["canvass_answer"] = columns["canvass_answer"] - {"support"}

    assert undeclared(grown, TABLES) == [
        "canvass_answer.support: not there",
        "people_person.hair: not declared",
        "secrets.word: not declared",
    ]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_what_is_declared_says_why_on_what_ground_whence_and_until_when(table: str) -> None:
    for column, said in TABLES[table].items():
        if column == NOTHING:
            assert not set(said) & set(TABLES[table]), "Both something and nothing."
            continue
        assert set(said) == {"purpose", "basis", "source", "retention"}, column
        assert all(said.values()), column
        assert said["basis"] in BASES, column
