"""Canonical JSON: the same value gives the same bytes, other values give others, and reading gives the value back."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.ledger.canonical import LARGEST_WHOLE, canonical, read_canonical, read_json
from hustings.core.ledger.multibase import from_multibase, to_multibase
from tests.core.laws.busy import BUSY

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_WHOLE, LARGEST_WHOLE) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def turned(value: Any) -> Any:
    """The same value, with the members of every object the other way round."""
    if isinstance(value, dict):
        return {key: turned(part) for key, part in reversed(value.items())}
    return [turned(part) for part in value] if isinstance(value, list) else value


@given(VALUES)
@settings(BUSY)
def test_bytes_read_back_to_the_value_whatever_its_order_and_writing(value: Any) -> None:
    written = canonical(value)

    assert read_canonical(written) == value
    assert canonical(turned(value)) == written
    assert canonical(read_json(json.dumps(turned(value), indent=2))) == written


@given(VALUES, VALUES)
@settings(BUSY)
def test_two_values_share_no_bytes(one: Any, other: Any) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (canonical(one) == canonical(other)) is same


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(BUSY)
def test_a_number_is_written_so_that_it_reads_back_to_itself(number: float) -> None:
    written = canonical(number)

    assert float(written) == number
    assert canonical(float(written)) == written


@given(st.binary(max_size=64))
@settings(BUSY)
def test_base58_text_is_one_for_each_sequence_of_bytes(data: bytes) -> None:
    text = to_multibase(data)

    if data:
        assert from_multibase(text) == data
    assert to_multibase(data + b"\1") != text
