"""A field holds what its word says and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger import fields as f

HASH, ID = "0a" * 32, "urn:uuid:0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a"
GOOD: list[tuple[f.Field, list[Any]]] = [
    (f.TEXT, ["a", "x" * 20_000, "\U0001f33f" * 20_000]),
    (f.TIME, ["2016-02-29T23:59:59Z", "0001-01-01T00:00:00Z"]),
    (f.HASH, [HASH]),
    (f.ID, [ID]),
    (f.WHOLE, [0, 2**53 - 1]),
    (f.FLAG, [True, False]),
    (f.LOG_NAME, ["birch.example/log", "x"]),
    (f.ANYTHING, [None, {}, 1.5]),
    (f.one_of("a", "b"), ["a", "b"]),
    (f.several(f.FLAG, least=1, most=2), [[True], [True, False]]),
    (f.by_name(f.WHOLE), [{}, {"a": 1}]),
    (f.parts({"a": f.WHOLE}, {"b": f.TEXT}), [{"a": 1}, {"a": 1, "b": "x"}]),
]
BAD: list[tuple[f.Field, list[Any]]] = [
    (f.TEXT, ["", "x" * 20_001, None, 5, ["a"]]),
    (f.TIME, [5, None, "", "2016-08-24", "2016-08-24T10:00:00", "2016-08-24T10:00:00+00:00",
              "2015-02-29T00:00:00Z", "2016-08-24T24:00:00Z", "2016-08-24T10:00:60Z",
              "0000-01-01T00:00:00Z", "2016-08-24t10:00:00Z", "٢016-08-24T10:00:00Z"]),
    (f.HASH, [HASH.upper(), HASH[1:], HASH + "0", 5, HASH + "\n"]),
    (f.ID, [ID.upper(), ID[9:], ID + "0", None]),
    (f.WHOLE, [-1, 2**53, 1.0, "1", True, None]),
    (f.FLAG, [0, 1, "true", None]),
    (f.LOG_NAME, ["", "a b", "a+b", "a\n", "é", "x" * 201, 5]),
    (f.one_of("a", "b"), ["c", "", None, ["a"]]),
    (f.several(f.FLAG, least=1, most=2), [[], [True] * 3, [1], True]),
    (f.by_name(f.WHOLE), [{"": 1}, {"a": -1}, []]),
    (f.parts({"a": f.WHOLE}, {"b": f.TEXT}), [{}, {"a": 1, "c": 1}, {"a": -1}, {"a": 1, "b": ""}, []]),
]  # fmt: skip


def each(table: list[tuple[f.Field, list[Any]]]) -> list[tuple[f.Field, Any]]:
    return [(field, value) for field, values in table for value in values]


@pytest.mark.parametrize(("field", "value"), each(GOOD))
def test_it_holds(field: f.Field, value: Any) -> None:
    assert f.holds(field, value)


@pytest.mark.parametrize(("field", "value"), each(BAD))
def test_it_does_not_hold(field: f.Field, value: Any) -> None:
    assert not f.holds(field, value)


def test_seconds_and_times_are_each_others_writing() -> None:
    assert f.moment_of(f.posix_seconds("2016-08-24T12:00:00Z")) == "2016-08-24T12:00:00Z"
    assert f.moment_of(0) == "1970-01-01T00:00:00Z"
    assert f.moment_of(253_402_300_799) == "9999-12-31T23:59:59Z"
    with pytest.raises(BadInput, match="no time of our calendar"):
        f.moment_of(253_402_300_800)
