"""
The single transferable vote of Scottish councils: weighted inclusive Gregory, transfer values cut off, never rounded.

Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 46 to 52, kept by SSI 2011/399.
Votes are whole numbers of the smallest transfer value, a hundred-thousandth by the Order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest.count import Count
from hustings.core.contest.ranked.ballots import piles, read_ranked
from hustings.core.contest.ranked.rules import ABOUT, Rules, read_citation
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript, exact
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.lot import Lots
    from hustings.core.contest.ranked.ballots import Pile

PAPERS = Rules(overvotes="exhaustImmediately", max_skipped=0, exhaust_on_duplicate=True)
"""A paper counts as far as its figures follow one another, each beside one candidate (rules 45 and 46)."""

NOBODY = "non-transferable"
NOBODY_STANDS = "Every candidate has withdrawn, so nobody is elected."
LOST = "lost by cutting off"
PLACES = 5
RULE = {
    "first preferences": "SSI 2007/42, Schedule 1, rules 46 and 47",
    "surplus": "SSI 2007/42, Schedule 1, rule 48",
    "equal surpluses": "SSI 2007/42, Schedule 1, rule 49",
    "exclusion": "SSI 2007/42, Schedule 1, rule 50",
    "equal votes": "SSI 2007/42, Schedule 1, rule 51",
    "last seats": "SSI 2007/42, Schedule 1, rule 52",
}
"""Where each step is written, unless a ruleset says otherwise."""


@dataclass(slots=True)
class Stage:
    """What one stage did and what stood after it; numbers are units."""

    number: int
    action: str
    of: int | None
    totals: list[int]
    nobody: int
    lost: int
    transfers: dict[int | str, int]
    elected: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class _LotNeeded(Exception):
    def __init__(self, tie: Tie) -> None:
        self.tie = tie


def count_stv(given: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count ``given`` (see ``ballots``); a tie that no stage and no lot resolves ends the count."""
    ranked = read_ranked(given)
    if ranked.write_ins is not None:
        raise BadInput("Scottish STV knows no undeclared write-ins.", where="candidates")
    if NOBODY in ranked.names:
        raise BadInput(
            f"«{NOBODY}» is what the votes of nobody are called here; name the candidate otherwise.",
            where="candidates",
        )
    places, seats, cited = _read(rules, ranked.seats)
    held, blank, _ = piles(ranked, PAPERS, ranked.excluded)
    valid = [pile for pile in held if pile.items]
    counted = _Election(ranked.names, ranked.excluded, valid, seats, places, lots, cited)
    tie = counted.run()
    papers = sum(pile.count for pile in valid)
    flags = [f"The lot for «{lot.step}» was asked for by no tie." for lot in lots.unused()]
    if len(ranked.excluded) == len(ranked.names):
        flags.append(NOBODY_STANDS)
    names = ranked.names
    result = {
        "elected": [names[place] for place in counted.elected],
        "ballots": ranked.total,
        "valid": papers,
        "void": ranked.total - papers,
        "blank": blank,
        "quota": counted.quota // counted.unit,
        "stages": [_as_json(stage, names, counted) for stage in counted.stages],
    }
    steps = [_as_step(stage, names, counted, cited) for stage in counted.stages]
    return Count("stv", result, Transcript(tuple(steps)), tie, tuple(flags))


def _read(rules: Mapping[str, Any], seats: int | None) -> tuple[int, int, dict[str, str]]:
    """Decimal places, seats and citation."""
    known = {"seats", "decimalPlacesForVoteArithmetic"}
    unknown = sorted(set(rules) - known - ABOUT)
    if unknown:
        raise BadInput(
            f"«{unknown[0][:40]}» is no rule of Scottish STV; known are {', '.join(sorted(known))}.",
            where=f"rules, {unknown[0][:40]}",
        )
    places = rules.get("decimalPlacesForVoteArithmetic", PLACES)
    if type(places) is not int or not 0 <= places <= 20:
        raise BadInput(
            f"{places!r} is no number of decimal places from 0 to 20.",
            where="rules, decimalPlacesForVoteArithmetic",
        )
    found = rules.get("seats", seats)
    if type(found) is not int or not 1 <= found <= 10_000:
        raise BadInput("The ballots and the rules say no number of seats.", where="rules, seats")
    return places, found, RULE | read_citation(rules)


class _Election:
    """One count to the end, or to a tie that no lot resolves."""

    def __init__(
        self,
        names: tuple[str, ...],
        excluded: frozenset[int],
        held: list[Pile],
        seats: int,
        places: int,
        lots: Lots,
        cited: dict[str, str],
    ) -> None:
        self.names = names
        self.piles = held
        self.seats = seats
        self.lots = lots
        self.cited = cited
        self.unit = 10**places
        papers = sum(pile.count for pile in held)
        self.quota = (papers // (seats + 1) + 1) * self.unit
        self.runs = [place not in excluded for place in range(len(names))]
        self.at = [0] * len(held)
        self.value = [self.unit] * len(held)
        self.holds: list[list[int]] = [[] for _ in names]
        self.totals = [0] * len(names)
        self.nobody = 0
        self.lost = 0
        self.elected: list[int] = []
        self.surplus: list[int] = []
        self.stages: list[Stage] = []

    def run(self) -> Tie | None:
        """The tie that stopped the count, if one did."""
        moved: dict[int | str, int] = {}
        self._deal(range(len(self.piles)), moved)
        self._stage("first preferences", None, {}, [])
        try:
            while len(self.elected) < self.seats and any(self.runs):
                said: list[str] = []
                if self.surplus:
                    self._pass_surplus(self._which(self.surplus, "surplus", said), said)
                else:
                    continuing = [place for place, runs in enumerate(self.runs) if runs]
                    self._exclude(self._which(continuing, "exclusion", said), said)
        except _LotNeeded as needed:
            return needed.tie
        return None

    def _deal(self, which: Sequence[int], moved: dict[int | str, int]) -> None:
        """Each of these piles to the next available preference."""
        for number in which:
            pile = self.piles[number]
            votes = self.value[number] * pile.count
            for place in range(self.at[number], len(pile.items)):
                to = pile.items[place]
                if type(to) is int and self.runs[to]:
                    self.at[number] = place
                    self.holds[to].append(number)
                    self.totals[to] += votes
                    moved[to] = moved.get(to, 0) + votes
                    break
            else:
                self.nobody += votes
                moved[NOBODY] = moved.get(NOBODY, 0) + votes

    def _pass_surplus(self, place: int, said: list[str]) -> None:
        """Rule 48: every paper that the candidate has goes on at its share of the surplus."""
        self.surplus.remove(place)
        votes = self.totals[place]
        surplus = votes - self.quota
        held, self.holds[place] = self.holds[place], []
        for number in held:
            self.value[number] = surplus * self.value[number] // votes
        moved: dict[int | str, int] = {}
        self._deal(held, moved)
        self.totals[place] = self.quota
        self.lost += surplus - sum(moved.values())
        self._stage("surplus", place, moved, said)

    def _exclude(self, place: int, said: list[str]) -> None:
        """Rule 50: the papers go on at the value at which they came."""
        self.runs[place] = False
        held, self.holds[place] = self.holds[place], []
        moved: dict[int | str, int] = {}
        self.totals[place] = 0
        self._deal(held, moved)
        self._stage("exclusion", place, moved, said)

    def _stage(
        self,
        action: str,
        of: int | None,
        moved: dict[int | str, int],
        said: list[str],
    ) -> None:
        """Set down what stands now; elect who has the quota, and whoever is left when seats and candidates match."""
        stage = Stage(
            len(self.stages) + 1,
            action,
            of,
            list(self.totals),
            self.nobody,
            self.lost,
            moved,
            said=said,
        )
        self.stages.append(stage)
        reached = [
            place
            for place, runs in enumerate(self.runs)
            if runs and self.totals[place] >= self.quota
        ]
        self._elect(stage, reached)
        left = [place for place, runs in enumerate(self.runs) if runs]
        if 0 < len(left) <= self.seats - len(self.elected):
            stage.said.append(
                f"There are no more candidates left than seats ({self.cited['last seats']})."
            )
            self._elect(stage, left)

    def _elect(self, stage: Stage, places: list[int]) -> None:
        for place in sorted(places, key=lambda place: (-self.totals[place], place)):
            self.runs[place] = False
            self.elected.append(place)
            stage.elected.append(place)
            if self.totals[place] > self.quota:
                self.surplus.append(place)

    def _which(self, places: list[int], what: str, said: list[str]) -> int:
        """The largest surplus or the fewest votes; equal ones by the latest stage at which they were not, or by lot."""
        best = max if what == "surplus" else min
        wanted = best(self.totals[place] for place in places)
        equal = [place for place in places if self.totals[place] == wanted]
        for stage in reversed(self.stages[:-1]):
            if len(equal) == 1:
                break
            then = best(stage.totals[place] for place in equal)
            left = [place for place in equal if stage.totals[place] == then]
            if len(left) < len(equal):
                said.append(
                    f"{self._list(equal)} are equal; stage {stage.number} leaves {self._list(left)}."
                )
            equal = left
        if len(equal) == 1:
            return equal[0]
        tie = Tie(
            f"stage {len(self.stages) + 1}: {what}",
            tuple(self.names[place] for place in sorted(equal)),
            1,
            "has the surplus that is passed on first" if what == "surplus" else "is excluded",
            self.cited["equal surpluses" if what == "surplus" else "equal votes"],
        )
        lot = self.lots.for_tie(tie)
        if lot is None:
            self.stages[-1].said.append(tie.sentence())
            raise _LotNeeded(tie)
        said.append(
            f"{self._list(equal)} are equal at every stage; the lot ({lot.how}) fell on {lot.chosen[0]}."
        )
        return self.names.index(lot.chosen[0])

    def _list(self, places: list[int]) -> str:
        return ", ".join(self.names[place] for place in places)


def _as_json(stage: Stage, names: Sequence[str], counted: _Election) -> dict[str, Any]:
    def number(units: int) -> int | str:
        return exact(Fraction(units, counted.unit))

    return {
        "stage": stage.number,
        "action": stage.action,
        "candidate": None if stage.of is None else names[stage.of],
        "totals": {name: number(votes) for name, votes in zip(names, stage.totals, strict=True)},
        NOBODY: number(stage.nobody),
        LOST: number(stage.lost),
        "transfers": {
            to if isinstance(to, str) else names[to]: number(votes)
            for to, votes in stage.transfers.items()
        },
        "elected": [names[place] for place in stage.elected],
    }


def _as_step(stage: Stage, names: Sequence[str], counted: _Election, cited: dict[str, str]) -> Step:
    said = [f"The quota is {counted.quota // counted.unit}."] if stage.of is None else []
    if stage.of is not None:
        said.append(
            f"The surplus of {names[stage.of]} is passed on."
            if stage.action == "surplus"
            else f"{names[stage.of]} is excluded."
        )
    said += stage.said
    if stage.elected:
        said.append(f"Elected: {', '.join(names[place] for place in stage.elected)}.")
    unit = counted.unit
    return Step(
        f"Stage {stage.number}",
        " ".join(said),
        (
            *(
                (name, Fraction(votes, unit))
                for name, votes in zip(names, stage.totals, strict=True)
            ),
            (NOBODY, Fraction(stage.nobody, unit)),
            (LOST, Fraction(stage.lost, unit)),
        ),
        cited[stage.action],
    )
