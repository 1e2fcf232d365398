"""Roots and proofs made out of stored hashes are those of the definitions, and every one verifies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.ledger.check_tree import audit_path, consistency_proof, tree_head
from hustings.core.ledger.merkle import (
    CompactRange,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from hustings.core.ledger.tree import consistency_path, inclusion_path, root_at
from tests.core.laws.busy import BUSY

RECORDS = st.lists(st.binary(max_size=6), min_size=1, max_size=70)


def stored(records: list[bytes]) -> tuple[dict[tuple[int, int], bytes], list[CompactRange]]:
    hashes: dict[tuple[int, int], bytes] = {}
    logs = [CompactRange()]
    for record in records:
        log, made = logs[-1].append(leaf_hash(record))
        hashes |= {(level, index): hash_ for level, index, hash_ in made}
        logs.append(log)
    return hashes, logs


@given(RECORDS)
@settings(BUSY)
def test_every_root_on_the_way_is_the_textbook_root(records: list[bytes]) -> None:
    hashes, logs = stored(records)

    for size, log in enumerate(logs):
        assert log.size == size
        assert log.root == tree_head(records[:size])
        assert log.root == root_at(size, lambda level, index: hashes[level, index])
    assert root_of([leaf_hash(record) for record in records]) == logs[-1].root
    assert len(hashes) < 2 * len(records)


@given(RECORDS, st.data())
@settings(BUSY)
def test_a_path_is_the_textbook_path_and_proves_this_record_alone(
    records: list[bytes], data: st.DataObject
) -> None:
    hashes, logs = stored(records)
    size = data.draw(st.integers(1, len(records)))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, lambda *place: hashes[place])
    root = logs[size].root

    assert path == audit_path(index, records[:size])
    verify_inclusion(leaf_hash(records[index]), index, size, path, root)
    other = data.draw(st.binary(max_size=6).filter(lambda one: one != records[index]))
    with pytest.raises(BadInput):
        verify_inclusion(leaf_hash(other), index, size, path, root)


@given(RECORDS, st.data())
@settings(BUSY)
def test_a_consistency_proof_is_the_textbook_one(records: list[bytes], data: st.DataObject) -> None:
    hashes, logs = stored(records)
    size = data.draw(st.integers(1, len(records)))
    old = data.draw(st.integers(1, size))
    path = consistency_path(old, size, lambda *place: hashes[place])

    assert path == consistency_proof(old, records[:size])
    verify_consistency(old, logs[old].root, size, logs[size].root, path)


@given(RECORDS, st.data())
@settings(BUSY, max_examples=200)
def test_a_proof_with_one_bit_or_one_hash_changed_is_refused(
    records: list[bytes], data: st.DataObject
) -> None:
    hashes, logs = stored(records)
    size = len(records)
    old = data.draw(st.integers(1, size))
    path = consistency_path(old, size, lambda *place: hashes[place])
    change = data.draw(st.sampled_from(["bit", "drop", "double"])) if path else "more"
    at = data.draw(st.integers(0, max(0, len(path) - 1)))
    if change == "bit":
        broken = bytearray(path[at])
        broken[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
        path[at] = bytes(broken)
    elif change == "drop":
        del path[at]
    elif change == "double":
        path.insert(at, path[at])
    else:
        path = [b"\0" * 32]

    with pytest.raises(BadInput):
        verify_consistency(old, logs[old].root, size, logs[size].root, path)
