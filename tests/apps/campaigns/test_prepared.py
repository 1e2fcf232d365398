"""Lists on their way to the database, and statements that are planned once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.apps.campaigns.prepared import answered

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
AWKWARD = st.sampled_from(
    ['"', "\\", "{}", "NULL", "null", "", " a ", "a,b", "\n\t\r\x08", "\\x00"]
)
COLUMNS = {
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "boolean": st.booleans(),
    "text": TEXT | AWKWARD,
    "uuid": st.uuids(),
    "bytea": st.binary(max_size=6),
    "timestamptz": st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # the zone is added
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", COLUMNS)
def test_a_list_arrives_as_it_was_sent(kind: str) -> None:
    @given(values=st.lists(COLUMNS[kind] | st.none(), max_size=5))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def arrives(values: list[Any]) -> None:
        rows = answered(f"select v from unnest(%(values)s::{kind}[]) v", {"values": values})  # noqa: S608  # a type
        assert [row[0] for row in rows] == values

    arrives()


@pytest.mark.django_db
def test_objects_arrive_in_a_list_as_json() -> None:
    said = [{"a": 'q"\\{}', "b": ["é", None]}, {}]
    rows = answered("select v->>'a' from unnest(%(values)s::jsonb[]) v", {"values": said})

    assert rows == [('q"\\{}',), (None,)]


@pytest.mark.django_db
def test_a_statement_is_planned_once_whatever_the_size_of_its_numbers() -> None:
    mark = uuid.uuid4().hex
    for number in (1, 40_000, 2**40):
        assert answered(f"select %(n)s::bigint as m{mark}", {"n": number}) == [(number,)]  # a name

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like %s", [f"%{mark}%"]
        )
        assert cursor.fetchone() == (1,)
