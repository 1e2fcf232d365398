"""Records that come in another order, twice, or with rubbish between them lead to the same states."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.ledger.states import fold
from tests.core.laws.busy import BUSY
from tests.core.laws.words import NOW, conversations

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(conversations(), st.data())
@settings(BUSY)
def test_any_order_and_any_number_of_times(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(records))) if records else []
    shuffled = data.draw(st.permutations([*records, *again]))

    assert fold(shuffled, NOW, us="alder") == fold(records, NOW, us="alder")


@given(conversations(), st.data())
@settings(BUSY)
def test_parts_put_together_are_the_whole(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(records)))

    assert fold([*records[cut:], *records[:cut]], NOW, us="alder") == fold(records, NOW, us="alder")


@given(conversations(most=4), st.lists(JSON, max_size=4))
@settings(BUSY)
def test_no_rubbish_makes_it_fail_or_changes_a_state(
    records: list[dict[str, Any]], rubbish: list[Any]
) -> None:
    standing = fold([*rubbish, *records], NOW, us="alder")
    alone = fold(records, NOW, us="alder")

    assert (standing.heard, standing.statements, standing.claims) == (
        alone.heard,
        alone.statements,
        alone.claims,
    )
    assert bool(standing.passed_over) is bool(rubbish)
