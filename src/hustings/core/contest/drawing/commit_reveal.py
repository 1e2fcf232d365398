"""Each side commits to a nonce, all reveal, and the outcome follows from all of them together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hustings.core.contest.drawing.choosing import chosen
from hustings.core.contest.drawing.context import context_hash, context_of
from hustings.core.contest.lot import Lot
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.tie import Tie

LEAST_BYTES = 16
"""A shorter nonce could be found by trying all of them."""
LEAST_SIDES = 2


def commitment(nonce: bytes, context: bytes) -> str:
    """What a side puts on record before anyone reveals: SHA-256(nonce‖context)."""
    if len(nonce) < LEAST_BYTES:
        raise BadInput(f"A nonce needs {LEAST_BYTES} bytes or more; this one has {len(nonce)}.")
    return hashlib.sha256(nonce + context).hexdigest()


def missing(commitments: Mapping[str, str], nonces: Mapping[str, bytes]) -> tuple[str, ...]:
    """Who committed and has not revealed; then the named beacon decides instead."""
    return tuple(side for side in commitments if side not in nonces)


def reveal(
    contest: str, tie: Tie, commitments: Mapping[str, str], nonces: Mapping[str, bytes]
) -> Lot:
    """
    The lot that follows from every side's nonce: seed = context ‖ nonces in their own order.

    ``BadInput`` where a side has not revealed, revealed another nonce than it committed to, or never committed.
    """
    context = context_of(contest, tie)
    if len(commitments) < LEAST_SIDES:
        raise BadInput("One side alone decides nothing by commit and reveal; two must commit.")
    if strangers := [side for side in nonces if side not in commitments]:
        raise BadInput(f"{strangers[0]} reveals without having committed.")
    if absent := missing(commitments, nonces):
        raise BadInput(f"{', '.join(absent)} did not reveal; the beacon that was named decides.")
    for side, nonce in nonces.items():
        if commitment(nonce, context) != commitments[side]:
            raise BadInput(f"{side} reveals another nonce than it committed to.")
    if len(set(nonces.values())) != len(nonces):
        raise BadInput("Two sides reveal the same nonce; one copied the other.")
    seed = context + b"".join(sorted(nonces.values()))
    return Lot(
        tie.step,
        tie.among,
        chosen(tie.among, tie.choose, seed),
        "commit-reveal",
        {
            "contest": contest,
            "context": context_hash(context),
            "commitments": dict(commitments),
            "nonces": {side: nonce.hex() for side, nonce in nonces.items()},
        },
    )
