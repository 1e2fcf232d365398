"""However a log grows, forks or goes back: all heads that one witness co-signed are parts of one log."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.ledger.check_tree import consistency_proof, tree_head
from hustings.core.ledger.checkpoint import Checkpoint, cosigned_at
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.note import COSIGNATURE, Note, Verifier
from hustings.core.ledger.witness import Equivocation, Witness
from tests.core.laws.busy import BUSY

LOG, WATCHER = SecretKey(b"l" * 32), SecretKey(b"w" * 32)
NAME = "birch.example/log"
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 9), st.sampled_from(["right", "none", "wrong", "other"])
    ),
    max_size=8,
)


def prefix(shorter: list[bytes], longer: list[bytes]) -> bool:
    return longer[: len(shorter)] == shorter


@given(st.lists(st.lists(st.binary(max_size=2), max_size=9), min_size=3, max_size=3), STEPS)
@settings(BUSY, max_examples=200)
def test_no_two_of_its_heads_contradict_each_other(
    branches: list[list[bytes]], steps: list[tuple[int, int, str]]
) -> None:
    watcher, log = Witness("alder", WATCHER), Verifier(NAME, LOG.public)
    last: Note | None = None
    signed: list[list[bytes]] = []
    accused: list[tuple[bool, Note, Note]] = []
    for branch, size, proof in steps:
        records = branches[branch][:size]
        shown = Checkpoint(NAME, len(records), tree_head(records)).sign(LOG)
        before = len(signed[-1]) if signed else 0
        path: list[bytes] = []
        if proof == "right" and 0 < before < len(records):
            path = consistency_proof(before, records)
        elif proof == "wrong":
            path = [b"x" * 32]
        elif proof == "other" and 0 < before < len(branches[branch - 1]):
            path = consistency_proof(before, branches[branch - 1])
        honest = not signed or prefix(signed[-1], records)
        try:
            line = watcher.consider(shown, path, log=log, last=last, time=7)
        except Equivocation as refused:
            accused.append((honest, refused.seen, refused.shown))
            continue
        except BadInput:
            assert proof != "right" or not honest
            continue
        seen = shown.with_lines([line])
        assert cosigned_at(seen, Verifier("alder", WATCHER.public, COSIGNATURE)) == 7
        last = shown
        signed.append(records)

    assert all(prefix(earlier, later) for earlier, later in pairwise(signed))
    for honest, seen, shown in accused:
        assert not honest
        assert seen.signed_by(log)
        assert shown.signed_by(log)
