"""The gap a linter of imports leaves: in the database, too, no room points at a room above it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.db import connection

PROJECT = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
)


def order() -> list[str]:
    """The apps from the top down, as the contract says."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (layers,) = [c["layers"] for c in contracts if c["id"] == "apps-order"]
    return [layer.strip("()") for layer in layers]


def upward(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those (table, table) that point from an app at one above it."""
    place = {app: number for number, app in enumerate(order())}
    return [(a, b) for a, b in keys if place[b.split("_")[0]] < place[a.split("_")[0]]]


@pytest.mark.django_db
def test_no_foreign_key_points_at_a_room_above() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint "
            "where contype = 'f' and connamespace = 'public'::regnamespace"
        )
        ours = [key for key in cursor.fetchall() if {t.split("_")[0] for t in key} <= {*order()}]

    assert len(ours) > 20
    assert upward(ours) == []


def test_a_key_that_points_up_is_found() -> None:
    assert upward([("people_person", "canvass_canvassevent")]) != []
    assert upward([("canvass_canvassevent", "people_person")]) == []
