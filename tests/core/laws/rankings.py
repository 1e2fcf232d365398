"""Rankings and rules of any shape, for the laws of ranked counting."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from hustings.core.contest.lot import Lot, Lots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.count import Count

NAMES = ("Ann", "Ben", "Cat", "Dan", "Eve")
WRITE_INS = "Undeclared Write-ins"
Counting = Any
"""A method that counts."""


@st.composite
def contests(draw: st.DrawFn, *, plain: bool = False) -> dict[str, Any]:
    """Two to five candidates and up to a dozen rankings; ``plain`` ones have no write-ins and nobody excluded."""
    names = NAMES[: draw(st.integers(2, 5))]
    excluded = set() if plain else draw(st.sets(st.sampled_from(names), max_size=len(names) - 2))
    who = st.sampled_from(names if plain else (*names, WRITE_INS))
    several = st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True)
    rank = st.one_of(who, who, who, st.just(""), several)
    ballots = draw(
        st.lists(
            st.tuples(st.integers(1, 6), st.lists(rank, max_size=6)).map(list),
            min_size=1,
            max_size=12,
        )
    )
    return {
        "candidates": [{"name": name, "excluded": name in excluded} for name in names],
        "ballots": ballots,
    }


MARKS = {
    "overvoteRule": st.sampled_from(
        ["exhaustImmediately", "alwaysSkipToNextRank", "exhaustIfMultipleContinuing"]
    ),
    "maxSkippedRanksAllowed": st.sampled_from([0, 1, "unlimited"]),
    "maxRankingsAllowed": st.sampled_from([2, 6, "max"]),
    "exhaustOnDuplicateCandidate": st.booleans(),
    "treatBlankAsUndeclaredWriteIn": st.booleans(),
}
TIES = st.sampled_from(["random", "previousRoundCountsThenRandom", "generatePermutation"])
ONE = st.fixed_dictionaries(
    MARKS
    | {
        "tiebreakMode": TIES,
        "batchElimination": st.booleans(),
        "continueUntilTwoCandidatesRemain": st.booleans(),
        "doesFirstRoundDetermineThreshold": st.booleans(),
        "minimumVoteThreshold": st.sampled_from([0, 0, 2, 5]),
    }
)
SEVERAL = st.fixed_dictionaries(
    MARKS
    | {
        "tiebreakMode": TIES,
        "winnerElectionMode": st.sampled_from(
            ["multiWinnerAllowMultipleWinnersPerRound", "multiWinnerAllowOnlyOneWinnerPerRound"]
        ),
        "numberOfWinners": st.integers(2, 4),
        "hareQuota": st.booleans(),
        "nonIntegerWinningThreshold": st.booleans(),
        "decimalPlacesForVoteArithmetic": st.sampled_from([1, 4, 7]),
    }
)
UP_TO_A_NUMBER = st.fixed_dictionaries(
    MARKS
    | {
        "tiebreakMode": TIES,
        "winnerElectionMode": st.sampled_from(["bottomsUp", "multiPassIrv"]),
        "numberOfWinners": st.integers(1, 4),
    }
)
UP_TO_A_SHARE = st.fixed_dictionaries(
    MARKS
    | {
        "tiebreakMode": TIES,
        "winnerElectionMode": st.just("bottomsUpUsingPercentageThreshold"),
        "multiSeatBottomsUpPercentageThreshold": st.sampled_from(["15", "12.5", "40"]),
        "cutoffElimination": st.booleans(),
        "doesFirstRoundDetermineThreshold": st.booleans(),
    }
)
RULES = st.one_of(ONE, SEVERAL, UP_TO_A_NUMBER, UP_TO_A_SHARE)


def settled(
    counting: Counting, given: Mapping[str, Any], rules: Mapping[str, Any]
) -> tuple[Count, list[Lot]]:
    """The count with every lot drawn for the first in the alphabet, and those lots."""
    lots: list[Lot] = []
    while True:
        count = counting(given, rules, Lots(lots))
        if count.tie is None:
            return count, lots
        assert len(lots) < 60
        chosen = sorted(count.tie.among)[: count.tie.choose]
        lots.append(Lot(count.tie.step, count.tie.among, tuple(chosen)))


def total(numbers: Mapping[str, int | str]) -> Fraction:
    """The sum of numbers as a count writes them."""
    return sum(map(Fraction, numbers.values()), Fraction(0))


def shapes(count: Count) -> list[dict[str, Any]]:
    """The rounds or stages without the order in which names stand in them."""
    rounds = count.result.get("rounds") or count.result["stages"]
    return [
        {key: sorted(v) if isinstance(v, list) else v for key, v in round_.items()}
        for round_ in rounds
    ]
