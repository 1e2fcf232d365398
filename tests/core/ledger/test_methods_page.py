"""The worked example of ``docs/methods/ledger.md`` is worked out here again, hash by hash."""

from __future__ import annotations

import re
from pathlib import Path

from hustings.core.ledger.check_tree import audit_path, consistency_proof, tree_head
from hustings.core.ledger.merkle import CompactRange, leaf_hash, node_hash
from hustings.core.ledger.tree import consistency_path, inclusion_path

PAGE = (Path(__file__).resolve().parents[3] / "docs/methods/ledger.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.split("## A worked example\n")[1].split("\n## ")[0]
LINES = [b"alder", b"birch", b"cedar", b"dogwood", b"elm"]


def short(hash_: bytes) -> str:
    return hash_.hex()[:8]


def test_every_hash_of_the_table_is_the_one_that_is_worked_out() -> None:
    leaves = [leaf_hash(line) for line in LINES]
    left, right = node_hash(leaves[0], leaves[1]), node_hash(leaves[2], leaves[3])
    wanted = {
        f"leaf {n}, {line.decode()}": short(leaves[n]) for n, line in enumerate(LINES)
    } | {
        "node over leaves 0 to 1": short(left),
        "node over leaves 2 to 3": short(right),
        "node over leaves 0 to 3": short(node_hash(left, right)),
        "root of 5": short(tree_head(LINES)),
        "root of 3": short(tree_head(LINES[:3])),
    }  # fmt: skip

    assert dict(re.findall(r"^\| ([^|]+?) \| ([0-9a-f]{8}) \|$", EXAMPLE, re.MULTILINE)) == wanted


def test_both_proofs_and_the_compact_log_are_the_ones_that_are_told() -> None:
    log, hashes = CompactRange(), {}
    peaks: dict[int, list[str]] = {}
    for line in LINES:
        log, made = log.append(leaf_hash(line))
        hashes |= {(level, index): hash_ for level, index, hash_ in made}
        peaks[log.size] = [short(peak) for peak in log.peaks]

    def told(sentence: str) -> list[str]:
        (line,) = [line for line in EXAMPLE.splitlines() if line.startswith(sentence)]
        return re.findall(r"\b[0-9a-f]{8}\b", line)

    inclusion = inclusion_path(2, 5, lambda *at: hashes[at])
    consistency = consistency_path(3, 5, lambda *at: hashes[at])
    assert told("That cedar is in the log") == [*map(short, inclusion)]
    assert inclusion == audit_path(2, LINES)
    assert told("That the log of three") == [*map(short, consistency)]
    assert consistency == consistency_proof(3, LINES)
    assert told("After three appends") == peaks[3]
