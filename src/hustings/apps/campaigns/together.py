"""
Several lists in one question: a page that shows seven of them need not go to the database seven times.

Each is asked for as it would be alone, behind the same wall; the database hands all of them over as JSON,
and what comes back is what Django would have made of it. Meant for lists of a page, not for thousands of rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BinaryField

# ruff: noqa: S608  # what is put together here are statements that Django wrote; values are parameters

if TYPE_CHECKING:
    from django.db.models import QuerySet


def together(*lists: QuerySet[Any, Any]) -> list[list[Any]]:
    """
    The rows of each of these, in the order in which they were given; one question for all.

    ``select_related``, annotations and ``values_list`` are as ever; what is prefetched has a question of its own,
    so prefetch nothing.
    """
    asked: list[Any] = []
    said: list[str] = []
    parameters: list[Any] = []
    for rows in lists:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # Django knows without asking that there is none
            asked.append(None)
            continue
        columns = ", ".join(f"c{n}" for n in range(len(compiler.select)))
        said.append(
            f"(select coalesce(json_agg(row_to_json(t)), '[]') from ({sql}) as t({columns}))::text"
        )
        asked.append(compiler)
        parameters += values
    if not said:
        return [[] for _ in lists]
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(said)}", parameters)
        answers = iter(cursor.fetchone())
    return [
        [] if compiler is None else _made(rows, compiler, json.loads(next(answers)))
        for rows, compiler in zip(lists, asked, strict=True)
    ]


def _made(rows: QuerySet[Any, Any], compiler: Any, answer: list[dict[str, Any]]) -> list[Any]:
    fields = [expression.output_field for expression, _sql, _alias in compiler.select]
    read = [_read_binary if isinstance(one, BinaryField) else one.to_python for one in fields]
    found = [
        tuple(
            None if value is None else as_python(value)
            for as_python, value in zip(read, one.values(), strict=True)
        )
        for one in answer
    ]
    # Django makes what it would have made of these rows had its own compiler fetched them.
    compiler.execute_sql = lambda *_arguments, **_options: None
    compiler.results_iter = lambda *_arguments, **_options: iter(found)
    here: Any = rows.all()
    here.query.get_compiler = lambda *_arguments, **_options: compiler
    return list(here)


def _read_binary(value: str) -> bytes:
    return bytes.fromhex(value[2:])
