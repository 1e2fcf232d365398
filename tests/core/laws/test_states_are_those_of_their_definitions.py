"""The fold finds for every record the state that the plain judge finds for it alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from hustings.core.ledger.canonical import digest
from hustings.core.ledger.check_states import Plain, name
from hustings.core.ledger.states import Standing, fold
from tests.core.laws.busy import BUSY
from tests.core.laws.words import NOW, conversations


def state_of(standing: Standing, record: dict[str, Any]) -> str:
    for kind in (standing.drafts, standing.statements, standing.claims, standing.expectations):
        if digest(record) in kind:
            return str(kind[digest(record)].state)
    return ""


@given(conversations())
@settings(BUSY, max_examples=300)
def test_both_find_the_same_state(records: list[dict[str, Any]]) -> None:
    standing = fold(records, NOW, us="alder")
    plain = Plain(records, "alder", NOW)

    assert standing.passed_over == ()
    for record in records:
        assert name(record) == digest(record)
        assert state_of(standing, record) == plain.state(record), record
