"""The register of personal data: no column of any table without a word on what it says about whom."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from hustings.apps.erasure.places import PLACES
from hustings.apps.erasure.wording import KINDS

DECLARED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "docs/reference/personal-data.toml").read_text(encoding="utf-8")
)
BASES = DECLARED["bases"]
EVERYWHERE = set(DECLARED["everywhere"]["nothing"])
TABLES = {name: said for name, said in DECLARED.items() if name not in {"bases", "everywhere"}}
NOTHING = "nothing"
ERASING = re.compile(r"deleted(,.+)?|emptied(,.+|:.+| where .+)?|worked out anew|(kept|added): .+")
"""What may be said of erasing; that something is kept or added needs a reason."""

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
        assert set(said) == {"purpose", "basis", "source", "retention", "erasing"}, column
        assert all(said.values()), column
        assert said["basis"] in BASES, column
        assert ERASING.match(said["erasing"]), column


def reached(said: dict[str, Any]) -> list[str]:
    """The columns of a table that erasing a person changes."""
    return [
        column
        for column, words in said.items()
        if column != NOTHING and not words["erasing"].startswith(("kept", "added"))
    ]


def without_an_eraser(tables: dict[str, dict[str, Any]]) -> set[str]:
    """Tables that erasing has to reach and that stand in no line of the list of places."""
    listed = {table for place in PLACES for table in place.tables.split()}
    return {table for table, said in tables.items() if reached(said)} - listed


@pytest.mark.trust(29)
def test_every_table_that_erasing_has_to_reach_stands_in_the_list_of_places() -> None:
    listed = [table for place in PLACES for table in place.tables.split()]

    assert without_an_eraser(TABLES) == set()
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(TABLES)
    assert set(KINDS) <= set(listed)


@pytest.mark.trust(29)
def test_a_new_table_about_people_without_an_eraser_is_noticed() -> None:
    grown = {**TABLES, "press_contact": {"name": {"erasing": "deleted"}}}

    assert without_an_eraser(grown) == {"press_contact"}
    assert without_an_eraser({"towns": {"name": {"erasing": "kept: a town"}}}) == set()
