"""The log's hashes and proofs: every published case, good and tampered."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from hustings.core.errors import BadInput
from hustings.core.ledger.merkle import (
    EMPTY_ROOT,
    CompactRange,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from hustings.core.ledger.tree import consistency_path, inclusion_path
from tests.core.conftest import Vectors


def verdict(verify: Any, *arguments: Any) -> bool:
    try:
        verify(*arguments)
    except BadInput:
        return False
    return True


def path_of(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(text) for text in case["proof"] or []]


def test_the_published_hashes_are_reached(vectors: Vectors) -> None:
    hashes = vectors.json("merkle_rfc6962/hashes.json")
    leaf, node = hashes["leaf"], hashes["node"]

    assert EMPTY_ROOT.hex() == hashes["empty_root"] == CompactRange().root.hex()
    assert leaf_hash(b"").hex() == hashes["empty_leaf"]
    assert leaf_hash(leaf["data_ascii"].encode()).hex() == leaf["hash"]
    assert (
        node_hash(node["left_ascii"].encode(), node["right_ascii"].encode()).hex() == node["hash"]
    )


def test_every_published_inclusion_is_judged_as_published(vectors: Vectors) -> None:
    cases = vectors.json("merkle_rfc6962/inclusion.json")
    for case in cases:
        good = verdict(
            verify_inclusion,
            b64decode(case["leafHash"] or ""), case["leafIdx"], case["treeSize"], path_of(case),
            b64decode(case["root"] or ""),
        )  # fmt: skip
        assert good is not case["wantErr"], case["_src"]

    assert len({case["desc"] for case in cases}) > 9
    assert {case["wantErr"] for case in cases} == {True, False}


def test_every_published_consistency_is_judged_as_published(vectors: Vectors) -> None:
    cases = vectors.json("merkle_rfc6962/consistency.json")
    for case in cases:
        good = verdict(
            verify_consistency,
            case["size1"], b64decode(case["root1"] or ""), case["size2"],
            b64decode(case["root2"] or ""), path_of(case),
        )  # fmt: skip
        assert good is not case["wantErr"], case["_src"]

    assert len({case["desc"] for case in cases}) > 9
    assert {case["wantErr"] for case in cases} == {True, False}


def test_an_empty_log_proves_nothing() -> None:
    with pytest.raises(BadInput, match="would prove nothing"):
        verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])


def test_a_log_that_shrank_or_forked_is_told_apart() -> None:
    with pytest.raises(BadInput, match="it shrank"):
        verify_consistency(3, b"a" * 32, 2, b"b" * 32, [])
    with pytest.raises(BadInput, match="forked"):
        verify_consistency(3, b"a" * 32, 3, b"b" * 32, [])


def test_peaks_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(BadInput, match="has 2 peaks"):
        CompactRange(3, (b"x" * 32,))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (4, 3), (-1, 3)])
def test_no_path_is_made_to_a_place_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(BadInput, match="cannot be in a log"):
        inclusion_path(index, size, lambda *_: b"x" * 32)


@pytest.mark.parametrize(("old_size", "size"), [(0, 3), (4, 3), (-1, 3)])
def test_no_proof_is_made_from_a_log_that_is_no_beginning(old_size: int, size: int) -> None:
    with pytest.raises(BadInput, match="cannot go on"):
        consistency_path(old_size, size, lambda *_: b"x" * 32)
