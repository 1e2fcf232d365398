"""
Who is being erased, and the two things that every room does with texts about them.

A room's own eraser stands in its ``erasing.py``; ``hustings.apps.erasure.places`` names them all.
"""

# ruff: noqa: S608  # names of tables and columns are our own; values are parameters
from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from hustings.core.named import Named

NOBODY = "—"
"""What stands where the name of an erased member or volunteer stood."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """
    One person who is being erased, in the transaction that does it.

    Parameters
    ----------
    person_id, household_id
        Numbers of rows.
    named
        What a text may call them.
    members, phones
        Numbers of the memberships and the phones that are this person.
    public_ids
        The phones' ids as audit lines name them.
    labels
        How they stand as member or volunteer: exact texts, of those memberships and phones.
    files
        Uploads to remove when everything else is done; erasers add to it.
    """

    campaign_id: UUID
    person_id: int
    household_id: int | None
    named: Named
    members: tuple[int, ...] = ()
    phones: tuple[int, ...] = ()
    public_ids: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    files: list[Path] = field(default_factory=list)


def empty_labels(who: Leaving, table: str, *columns: str) -> int:
    """Take the names of erased members and volunteers out of these columns; how many cells."""
    emptied = 0
    if who.labels:
        with connection.cursor() as cursor:
            for column in columns:
                cursor.execute(
                    f'update {table} set "{column}" = %s '
                    f'where campaign_id = %s and "{column}" = any(%s)',
                    [NOBODY, who.campaign_id, list(who.labels)],
                )
                emptied += cursor.rowcount
    return emptied


def empty_mentions(who: Leaving, table: str, *columns: str) -> int:
    """Empty these columns (text or JSON) wherever they name the person; how many rows."""
    found = rows_that_name(who, table, *columns)
    if found:
        emptied = ", ".join(f'"{column}" = {_nothing(table, column)}' for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"update {table} set {emptied} where campaign_id = %s and id = any(%s)",
                [who.campaign_id, found],
            )
    return len(found)


def rows_that_name(who: Leaving, table: str, *columns: str, hints: bool = False) -> list[int]:
    """Numbers of the campaign's rows in which one of these columns names the person."""
    named = who.named.is_hinted_in if hints else who.named.is_in
    cells = ", ".join(f'"{column}"' for column in columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select id, {cells} from {table} where campaign_id = %s", [who.campaign_id])
        return [
            row[0]
            for row in iter(cursor.fetchone, None)
            if any(named(text) for cell in row[1:] for text in _texts(cell))
        ]


def _texts(cell: Any) -> Iterator[str]:
    """Every text within a cell; JSON comes as it is written, and is read."""
    if isinstance(cell, str) and cell[:1] in {"{", "["}:
        with contextlib.suppress(ValueError):
            cell = json.loads(cell)
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, dict):
        # A name may be parted into its own members: together they name somebody.
        yield " ".join(str(value) for value in cell.values() if not isinstance(value, dict | list))
        for key, value in cell.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(cell, list):
        for value in cell:
            yield from _texts(value)


def _nothing(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        described = {
            each.name: each
            for each in connection.introspection.get_table_description(cursor, table)
        }[column]
    if described.null_ok:
        return "null"
    is_json = connection.introspection.get_field_type(described.type_code, described) == "JSONField"
    return "'{}'" if is_json else "''"
