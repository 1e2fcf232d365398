"""The rules of an instant run-off under RCTab's names, read from plain values and refused where they disagree."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Overvotes = Literal["exhaustImmediately", "alwaysSkipToNextRank", "exhaustIfMultipleContinuing"]
Mode = Literal[
    "singleWinnerMajority",
    "multiWinnerAllowMultipleWinnersPerRound",
    "multiWinnerAllowOnlyOneWinnerPerRound",
    "bottomsUp",
    "bottomsUpUsingPercentageThreshold",
    "multiPassIrv",
]
Ties = Literal[
    "random",
    "stopCountingAndAsk",
    "previousRoundCountsThenRandom",
    "previousRoundCountsThenAsk",
    "useCandidateOrder",
    "generatePermutation",
]

ABOUT = frozenset(
    {
        "name",
        "title",
        "method",
        "jurisdiction",
        "citation",
        "source",
        "not_known",
        "rulesDescription",
    }
)
"""What a file of rules says about itself."""

IGNORED = frozenset({"randomSeed"})
"""Nothing here draws: where RCTab would seed a generator, a lot is asked for."""


@dataclass(frozen=True, slots=True)
class Rules:
    """RCTab's parameters; ``None`` is "no limit" or "not said"."""

    mode: Mode = "singleWinnerMajority"
    winners: int = 1
    ties: Ties = "stopCountingAndAsk"
    order: tuple[str, ...] | None = None
    overvotes: Overvotes = "exhaustImmediately"
    max_skipped: int | None = None
    max_rankings: int | None = None
    exhaust_on_duplicate: bool = False
    batch: bool = False
    until_two: bool = False
    first_round_threshold: bool = False
    minimum_votes: int = 0
    stop_after_round: int | None = None
    blank_is_write_in: bool = False
    decimal_places: int = 4
    fractional_threshold: bool = False
    hare: bool = False
    percentage: Fraction | None = None
    cutoff: bool = False
    citation: Mapping[str, str] = field(default_factory=dict)

    def cited(self, what: str) -> str:
        """Where ``what`` (election, elimination, round, tie) is written."""
        return self.citation.get(what) or f"RCTab, winnerElectionMode {self.mode}"

    @property
    def surpluses(self) -> bool:
        """Whether what a winner has above the threshold moves on."""
        return self.mode in (
            "multiWinnerAllowMultipleWinnersPerRound",
            "multiWinnerAllowOnlyOneWinnerPerRound",
        )


def read_rules(given: Mapping[str, Any], *, seats: int | None = None) -> Rules:
    """``given`` under RCTab's names, numbers as numbers or as text; ``seats`` are those that the ballots' file says."""
    unknown = sorted(set(given) - set(_FIELDS) - ABOUT - IGNORED)
    if unknown:
        raise BadInput(
            f"«{unknown[0][:40]}» is no rule of an instant run-off; known are {', '.join(sorted(_FIELDS))}.",
            where=f"rules, {unknown[0][:40]}",
        )
    values: dict[str, Any] = {}
    for name, (meant, read) in _FIELDS.items():
        if name in given and given[name] not in ("", None):
            values[meant] = read(given[name], f"rules, {name}")
    if "winners" not in values and seats is not None:
        values["winners"] = seats
    # By a percentage as many win as reach it, whatever the file says.
    if seats is not None and values["winners"] not in (0, seats):
        raise BadInput(
            f"The rules elect {values['winners']}, but the ballots say that there are seats for {seats}; "
            "name the rules that hold, or mend the file.",
            where="rules, numberOfWinners",
        )
    rules = Rules(**values, citation=read_citation(given))
    _agree(rules, "winners" in values)
    return rules


def read_citation(given: Mapping[str, Any]) -> dict[str, str]:
    """Where the rules are written, by what they are about."""
    citation = given.get("citation", {})
    if not isinstance(citation, dict) or not all(isinstance(v, str) for v in citation.values()):
        raise BadInput("The citations are texts by what they are about.", where="rules, citation")
    return dict(citation)


def _agree(rules: Rules, winners_said: bool) -> None:
    """Rules that cannot hold together are refused, in RCTab's sense."""

    def refuse(name: str, sentence: str) -> None:
        raise BadInput(sentence, where=f"rules, {name}")

    single = rules.mode in ("singleWinnerMajority", "multiPassIrv")
    by_share = rules.mode == "bottomsUpUsingPercentageThreshold"
    if by_share and winners_said and rules.winners != 0:
        refuse(
            "numberOfWinners", "By a percentage as many win as reach it: numberOfWinners must be 0."
        )
    if not by_share and rules.winners < 1:
        refuse("numberOfWinners", "Nobody would be elected: numberOfWinners must be 1 or more.")
    if rules.mode == "singleWinnerMajority" and rules.winners != 1:
        refuse("numberOfWinners", f"{rules.winners} winners need another winnerElectionMode.")
    if rules.surpluses and rules.winners < 2:
        refuse("winnerElectionMode", "One winner is elected with singleWinnerMajority.")
    if by_share != (rules.percentage is not None):
        refuse(
            "multiSeatBottomsUpPercentageThreshold",
            "A percentage is needed with bottomsUpUsingPercentageThreshold, and only there.",
        )
    if rules.cutoff and not by_share:
        refuse("cutoffElimination", "A cut-off needs bottomsUpUsingPercentageThreshold.")
    if rules.batch and not single:
        refuse("batchElimination", "Batches are eliminated only where one is elected at a time.")
    if rules.until_two and rules.mode != "singleWinnerMajority":
        refuse("continueUntilTwoCandidatesRemain", "This needs singleWinnerMajority.")
    if rules.first_round_threshold and not (single or by_share):
        refuse(
            "doesFirstRoundDetermineThreshold",
            "With several winners the first round always sets the threshold; leave this out.",
        )
    if (rules.hare or rules.fractional_threshold) and not rules.surpluses:
        refuse("hareQuota", "hareQuota and nonIntegerWinningThreshold need a multiWinner mode.")


def _one_of(words: tuple[str, ...]) -> Callable[[Any, str], str]:
    def read(value: Any, where: str) -> str:
        if value not in words:
            raise BadInput(f"«{str(value)[:40]}» is none of {', '.join(words)}.", where=where)
        return str(value)

    return read


def _yes(value: Any, where: str) -> bool:
    if type(value) is not bool:
        raise BadInput(f"«{str(value)[:40]}» is neither true nor false.", where=where)
    return value


def _whole(least: int, most: int, *no_limit: str) -> Callable[[Any, str], int | None]:
    def read(value: Any, where: str) -> int | None:
        if value in no_limit and isinstance(value, str):
            return None
        text = str(value)
        is_whole = (
            type(value) in (int, str) and text.isascii() and text.isdigit() and len(text) < 12
        )
        if not is_whole or not least <= int(text) <= most:
            words = "".join(f" or {word}" for word in no_limit)
            raise BadInput(
                f"«{text[:40]}» is no whole number from {least} to {most}{words}.", where=where
            )
        return int(text)

    return read


def _percent(value: Any, where: str) -> Fraction:
    text = str(value)
    whole, _, part = text.partition(".")
    digits = whole + part
    if (
        type(value) not in (int, str)
        or not digits.isascii()
        or not digits.isdigit()
        or len(text) > 12
    ):
        raise BadInput(f'«{text[:40]}» is no percentage; write it like "15".', where=where)
    share = Fraction(int(digits), 10 ** len(part) * 100)
    if not 0 < share <= 1:
        raise BadInput(f"{text} % is not above 0 and at most 100.", where=where)
    return share


def _order(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadInput("The order of candidates is a list of names.", where=where)
    if len(set(value)) != len(value):
        raise BadInput("The order of candidates names somebody twice.", where=where)
    return tuple(value)


_FIELDS: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "winnerElectionMode": ("mode", _one_of(get_args(Mode))),
    "numberOfWinners": ("winners", _whole(0, 10_000)),
    "tiebreakMode": ("ties", _one_of(get_args(Ties))),
    "candidateOrder": ("order", _order),
    "overvoteRule": ("overvotes", _one_of(get_args(Overvotes))),
    "maxSkippedRanksAllowed": ("max_skipped", _whole(0, 1_000_000, "unlimited")),
    "maxRankingsAllowed": ("max_rankings", _whole(1, 1_000_000, "max")),
    "exhaustOnDuplicateCandidate": ("exhaust_on_duplicate", _yes),
    "batchElimination": ("batch", _yes),
    "continueUntilTwoCandidatesRemain": ("until_two", _yes),
    "doesFirstRoundDetermineThreshold": ("first_round_threshold", _yes),
    "minimumVoteThreshold": ("minimum_votes", _whole(0, 10**9)),
    "stopTabulationEarlyAfterRound": ("stop_after_round", _whole(1, 1_000_000)),
    "treatBlankAsUndeclaredWriteIn": ("blank_is_write_in", _yes),
    "decimalPlacesForVoteArithmetic": ("decimal_places", _whole(1, 20)),
    "nonIntegerWinningThreshold": ("fractional_threshold", _yes),
    "hareQuota": ("hare", _yes),
    "multiSeatBottomsUpPercentageThreshold": ("percentage", _percent),
    "cutoffElimination": ("cutoff", _yes),
}
