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


@pytest.mark.django_db
def test_no_foreign_key_points_at_a_room_above() -> None:
    apps = order()
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint "
            "where contype = 'f' and connamespace = 'public'::regnamespace"
        )
        keys = [(a.split("_")[0], b.split("_")[0], f"{a} → {b}") for a, b in cursor.fetchall()]

    ours = [(a, b, key) for a, b, key in keys if a in apps and b in apps]
    assert len(ours) > 20
    assert [key for a, b, key in ours if apps.index(b) < apps.index(a)] == []
