"""A public beacon's round, named before it is published: drand's rounds, and what follows from one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.contest.drawing.choosing import chosen
from hustings.core.contest.drawing.context import context_hash, context_of
from hustings.core.contest.lot import Lot
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.core.contest.tie import Tie


@dataclass(frozen=True, slots=True)
class Chain:
    """One beacon: when its first round was, and how many seconds there are from round to round."""

    name: str
    genesis: int
    period: int

    def round_at(self, moment: int) -> int:
        """The newest round at a moment, in seconds since 1970."""
        if moment < self.genesis:
            raise BadInput(f"The beacon {self.name} did not run yet at {moment}.")
        return (moment - self.genesis) // self.period + 1

    def moment_of(self, number: int) -> int:
        """When a round is published."""
        if number < 1:
            raise BadInput(f"The beacon {self.name} has no round {number}.")
        return self.genesis + (number - 1) * self.period

    def first_after(self, logged_at: int) -> int:
        """The round to name in a record that is logged now: nobody can know it yet."""
        return self.round_at(logged_at) + 1


QUICKNET = Chain("drand quicknet", 1_692_803_367, 3)
DEFAULT = Chain("drand default", 1_595_431_050, 30)
CHAINS = {chain.name: chain for chain in (QUICKNET, DEFAULT)}


def randomness(signature: bytes) -> bytes:
    """What a round gives: SHA-256 of its signature."""
    return hashlib.sha256(signature).digest()


def drawn_by_beacon(
    contest: str, tie: Tie, chain: Chain, number: int, signature: bytes, *, logged_at: int
) -> Lot:
    """
    The lot that follows from a round: seed = context ‖ randomness.

    ``BadInput`` where the round could be known when it was named. The signature itself is verified only where the
    optional library is; ``verified`` in the record says so, and is «no» until somebody has.
    """
    if chain.moment_of(number) <= logged_at:
        raise BadInput(
            f"Round {number} of {chain.name} was published before it was named; name a later one."
        )
    context = context_of(contest, tie)
    return Lot(
        tie.step,
        tie.among,
        chosen(tie.among, tie.choose, context + randomness(signature)),
        "beacon",
        {
            "contest": contest,
            "context": context_hash(context),
            "beacon": chain.name,
            "round": number,
            "logged_at": logged_at,
            "signature": signature.hex(),
            "verified": "no",
        },
    )
