"""
Percent of each preference, drop who is below the threshold, percent again, whole delegates, the rest by fractions.

Where two fractions are equal the rule is silent: the count stops and asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.count import Count
from hustings.core.contest.percent import half_up
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript, exact
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.lot import Lots

METHOD = "delegates"
POOLS = ("", "district", "at-large", "pleo")
MOST_DELEGATES = 10_000
REST = "the remaining delegates"
NOBODY_REACHES = (
    "Nobody reaches the threshold. What follows then was not found in a source that could be read, "
    "so nothing is awarded; ask the party for its ruling."
)


@dataclass(frozen=True, slots=True)
class _Rules:
    threshold: Fraction
    places: int
    citation: Mapping[str, str]

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> _Rules:
        where = f"rules {said.get('name', '')}".strip()
        plain.refuse_unknown(said, frozenset({"threshold", "percent_places"}), where)
        threshold = plain.fraction(said.get("threshold", "3/20"), "threshold", where)
        places = plain.whole(said, "percent_places", where)
        if threshold >= 1 or places > 12:
            raise BadInput(
                "«threshold» must be below 1 and «percent_places» at most 12.", where=where
            )
        return cls(threshold, places, plain.texts(said, "citation", where))

    def percents(self, votes: Mapping[str, Fraction]) -> dict[str, Fraction]:
        total = sum(votes.values(), Fraction(0))
        return {name: half_up(number * 100 / total, self.places) for name, number in votes.items()}


def count(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count one pool: a district, the at-large delegates, or the party leaders and elected officials."""
    where = plain.text(said, "unit", "")
    plain.refuse_unknown(said, frozenset({"unit", "pool", "delegates", "votes", "parties"}), where)
    by = _Rules.read(rules)
    pool = plain.one_of(said, "pool", POOLS, where)
    delegates = plain.whole(said, "delegates", where)
    if delegates > MOST_DELEGATES:
        raise BadInput(f"«delegates» is more than {MOST_DELEGATES}: {delegates}.", where=where)
    votes = _votes(said, where)
    counting = _Counting(votes, delegates, by)
    tie = counting.run(lots)
    counting.flags += lots.left_over(tie, where)
    result = {
        "unit": where,
        "pool": pool,
        "delegates": delegates,
        "votes": {name: exact(number) for name, number in votes.items()},
        "awarded": counting.awarded,
        "open": delegates - sum(counting.awarded.values()),
    }
    return Count(METHOD, result, Transcript(tuple(counting.steps)), tie, tuple(counting.flags))


def _votes(said: Mapping[str, Any], where: str) -> dict[str, Fraction]:
    """Votes, or state delegates as text: "700.47"."""
    table = said.get("votes")
    if not isinstance(table, dict) or not table:
        raise BadInput("«votes» must be numbers by name.", where=where)
    plain.refuse_twins(table, "votes", where)
    votes = {
        plain.name_of(name, "votes", where): plain.fraction(number, f"votes of {name}", where)
        for name, number in table.items()
    }
    if not any(votes.values()):
        raise BadInput("«votes» are all 0.", where=where)
    return votes


class _Counting:
    def __init__(self, votes: Mapping[str, Fraction], delegates: int, by: _Rules) -> None:
        self.votes, self.delegates, self.by = votes, delegates, by
        self.steps: list[Step] = []
        self.flags: list[str] = []
        self.awarded: dict[str, int] = dict.fromkeys(votes, 0)

    def run(self, lots: Lots) -> Tie | None:
        by, votes = self.by, self.votes
        shares = by.percents(votes)
        self._step("percent", f"Percent of all, to {by.places} decimals.", shares)
        standing = {name: votes[name] for name in votes if shares[name] >= by.threshold * 100}
        if not standing:
            self.flags.append(NOBODY_REACHES)
            return None
        total = sum(votes.values(), Fraction(0))
        self.flags += [
            f"{name} is below the threshold exactly and reaches it only as its percent is rounded."
            for name in standing
            if votes[name] / total < by.threshold
        ]
        again = by.percents(standing)
        self._step(
            "qualified",
            f"{', '.join(standing)}: {as_percent(by.threshold)} % and more; percent again.",
            again,
        )
        raw = {name: share * self.delegates / 100 for name, share in again.items()}
        self._step("fractions", f"Percent × {self.delegates} delegates.", raw)
        self.awarded.update({name: number.__floor__() for name, number in raw.items()})
        self._step(
            "whole",
            "The whole delegates of each.",
            {n: Fraction(a) for n, a in self.awarded.items()},
        )
        return self._rest({name: number % 1 for name, number in raw.items()}, lots)

    def _rest(self, fractions: dict[str, Fraction], lots: Lots) -> Tie | None:
        """The remaining delegates go to the highest fractions, one to each."""
        left = self.delegates - sum(self.awarded.values())
        if left > len(fractions) or left < 0:
            self.flags.append(
                "Rounding the percents twice leaves a number of delegates that the rule does not place."
            )
            return None
        order = sorted(fractions, key=lambda name: -fractions[name])
        if left == 0:
            return None
        last = fractions[order[left - 1]]
        sure = [name for name in order if fractions[name] > last]
        equal = tuple(name for name in fractions if fractions[name] == last)
        for name in sure:
            self.awarded[name] += 1
        chosen = equal
        if len(sure) + len(equal) > left:
            tie = Tie(
                REST,
                equal,
                left - len(sure),
                "gets one of the remaining delegates",
                self.by.citation.get("equal", ""),
            )
            lot = lots.for_tie(tie)
            if lot is None:
                self.steps.append(
                    Step(REST, f"The rule does not say who: {tie.sentence()}", (), tie.rule)
                )
                return tie
            chosen = tuple(name for name in equal if name in lot.chosen)
        for name in chosen:
            self.awarded[name] += 1
        self._step(
            REST,
            f"To the highest fractions: {', '.join([*sure, *chosen])}.",
            {n: Fraction(a) for n, a in self.awarded.items()},
        )
        return None

    def _step(self, name: str, sentence: str, numbers: Mapping[str, Fraction]) -> None:
        self.steps.append(
            Step(name, sentence, tuple(numbers.items()), self.by.citation.get(name, ""))
        )


def as_percent(share: Fraction) -> str:
    """A share as percent: "15", "12.5"."""
    whole = share * 100
    return (
        str(whole.numerator) if whole.denominator == 1 else f"{whole.numerator}/{whole.denominator}"
    )


def totals(units: Any, results: Any) -> dict[str, Any]:
    """Delegates by pool and together; a pool is never worked out from the votes of another."""
    del units
    pools: dict[str, dict[str, int]] = {}
    together: dict[str, int] = {}
    for one in results:
        table = pools.setdefault(one["pool"] or "other", {})
        for name, number in one["awarded"].items():
            table[name] = table.get(name, 0) + number
            together[name] = together.get(name, 0) + number
    return {
        "by_pool": pools,
        "delegates": together,
        "open": sum(one["open"] for one in results),
    }
