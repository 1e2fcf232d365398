"""
The statements that every batch sends: planned once for a connection, their lists sent as one text each.

Django writes values out into the statement, so that a hundred events are parsed and planned anew each time;
and a list goes through a Python function for each of its members.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.types.numeric import Int8

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def answered(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """
    Run a statement as it stands and return its rows; lists become arrays, to be cast where they are used.

    Every value needs a cast in the statement, unless where it stands says what it is: ``%(turfs)s::bigint[]``.
    """
    connection.ensure_connection()
    server = connection.connection
    if server.prepare_threshold is None:  # Django's own cursors prepare nothing, whatever this says
        server.prepare_threshold = 0
    raw: Any = ServerBindingCursor(server)  # type: ignore[call-arg]  # it takes a connection, as psycopg's
    with connection.make_cursor(raw) as cursor:
        cursor.execute(statement, {name: _sent(value) for name, value in values.items()})
        return cursor.fetchall() if cursor.description else []


def _sent(value: Any) -> Any:
    if isinstance(value, list | tuple | set):
        return array(value)
    # One type for whole numbers, whatever their size: a statement is planned for types.
    return Int8(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _plain(value: Any) -> str:
    return "\\" if isinstance(value, bytes) else str(value)


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def array(values: Iterable[Any]) -> str:
    """PostgreSQL's own way to write a list down: JSON's, but for brackets, backslashes and objects."""
    members = list(values)
    written = _AS_JSON.encode(members)
    if "\\" not in written and "{" not in written:
        return "{" + written[1:-1] + "}"
    return "{" + ",".join([_written(member) for member in members]) + "}"


def _written(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    said = json.dumps(value) if isinstance(value, dict) else str(value)
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
