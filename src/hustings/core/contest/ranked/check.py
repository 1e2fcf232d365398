"""
Judges an instant run-off round by round, from the ballots and the rules as they were handed in.

Nothing of the counter is used: each ballot is walked rank by rank as the rule is written, numbers are fractions, and
what each round claims is held against what the judge finds, given what the rounds before it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from hustings.core.contest.ranked.check_transfers import wrong_between_rounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots

WRITE_INS = "Undeclared Write-ins"
SURPLUS_MODES = (
    "multiWinnerAllowMultipleWinnersPerRound",
    "multiWinnerAllowOnlyOneWinnerPerRound",
)

Votes = Fraction | int
"""Exact either way; whole numbers are faster."""


def check_irv(
    given: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count
) -> list[str]:
    """A sentence for each thing that is wrong with the count."""
    asked = _Asked(given, rules)
    rounds: Sequence[Mapping[str, Any]] = count.result["rounds"]
    broken: list[str] = []
    out: list[str] = []
    equal: list[str] = []
    passes = sorted({round_.get("pass", 1) for round_ in rounds})
    in_passes = asked.mode == "multiPassIrv"
    if passes != list(range(1, len(passes) + 1)) or any(("pass" in r) != in_passes for r in rounds):
        return ["The passes are not numbered 1, 2, 3 …"]
    for number in passes:
        own = [round_ for round_ in rounds if round_.get("pass", 1) == number]
        one = _Pass(asked, lots, out, f"pass {number}, " if "pass" in own[0] else "")
        is_last = number == passes[-1]
        broken += one.judge(own, stopped=is_last and count.tie is not None)
        broken += wrong_between_rounds(own)
        equal = one.open
        out += [name for round_ in own for name in round_["elected"]]
    if count.tie is not None and set(count.tie.among) != set(equal):
        broken.append(
            f"Equal are {', '.join(equal) or 'none'}, not those whom the lot is asked about."
        )
    if out != list(count.result["elected"]):
        broken.append("The elected are not those whom the rounds elect, in their order.")
    if count.result["ballots"] != sum(row.count for row in asked.rows):
        broken.append("The number of ballots is not that of the file.")
    if count.result["undervotes"] != asked.undervotes:
        broken.append("The number of undervotes is not that of the file.")
    if in_passes and count.tie is None:
        standing = [n for n in asked.names if n not in asked.excluded and n not in out]
        if len(out) < asked.seats and set(standing) - {WRITE_INS} and rounds[-1]["elected"]:
            broken.append("Seats are open and candidates are left, but no further pass was held.")
    return broken


@dataclass(slots=True)
class _Row:
    """Ballots with one ranking: who has them, what they are worth, or why they count for nobody."""

    count: int
    ranks: list[list[str] | None]
    holder: str | None = None
    value: Votes = 1
    why: str = ""


class _Asked:
    """The input and the rules, read by the judge itself."""

    def __init__(self, given: Mapping[str, Any], rules: Mapping[str, Any]) -> None:
        self.rules = rules
        people = [{"name": c} if isinstance(c, str) else c for c in given["candidates"]]
        self.names = [person["name"] for person in people]
        self.excluded = {person["name"] for person in people if person.get("excluded")}
        called = {other: p["name"] for p in people for other in p.get("aliases", [])}
        called |= {name: name for name in self.names}
        self.mode = self._text("winnerElectionMode", "singleWinnerMajority")
        seats = self._number("numberOfWinners", given.get("seats") or 1)
        self.seats = 1 if seats is None else seats
        blank = WRITE_INS if rules.get("treatBlankAsUndeclaredWriteIn") else None
        most = self._number("maxRankingsAllowed", None)
        self.rows: list[_Row] = []
        self.undervotes = 0
        for number, ranks in given["ballots"]:
            marks: list[list[str] | None] = []
            for rank in ranks:
                if rank == "":
                    marks.append([blank] if blank else None)
                else:
                    marked = [rank] if isinstance(rank, str) else rank
                    marks.append([called.get(name, name) for name in marked])
            if WRITE_INS not in self.names and any(WRITE_INS in (mark or ()) for mark in marks):
                self.names.append(WRITE_INS)
            row = _Row(number, marks[:most])
            if not any(mark is not None for mark in row.ranks):
                self.undervotes += number
                row.why = "undervote"
            self.rows.append(row)
        self.places = self._number("decimalPlacesForVoteArithmetic", 4) or 4
        self.surpluses = self.mode in SURPLUS_MODES
        self.minimum = self._number("minimumVoteThreshold", 0) or 0
        share = rules.get("multiSeatBottomsUpPercentageThreshold") or None
        self.share = None if share is None else Fraction(str(share)) / 100
        self.ties = self._text("tiebreakMode", "stopCountingAndAsk")
        self.gap = self._number("maxSkippedRanksAllowed", None)
        self.overvotes = self._text("overvoteRule", "exhaustImmediately")

    def yes(self, name: str) -> bool:
        return self.rules.get(name) is True

    def _text(self, name: str, default: str) -> str:
        return self.rules.get(name) or default

    def _number(self, name: str, default: int | None) -> int | None:
        value = self.rules.get(name)
        return int(value) if value not in (None, "", "max", "unlimited") else default

    def order(self) -> list[str] | None:
        """The order that decides, if one does."""
        if self.ties == "useCandidateOrder":
            return list(self.rules.get("candidateOrder") or self.names)
        if self.ties == "generatePermutation":
            return self.rules.get("candidateOrder") or None
        return None

    def walk(self, row: _Row, continuing: set[str]) -> tuple[str | None, str]:
        """Rank by rank: whom the ballots count for, or why for nobody."""
        before = 0
        seen: set[str] = set()
        for rank, mark in enumerate(row.ranks, 1):
            if mark is None:
                continue
            if self.gap is not None and rank - before - 1 > self.gap:
                return None, "skipped"
            before = rank
            if self.yes("exhaustOnDuplicateCandidate") and seen & set(mark):
                return None, "repeated"
            seen |= set(mark)
            left = [name for name in dict.fromkeys(mark) if name in continuing]
            if len(set(mark)) != 1:
                if self.overvotes == "exhaustImmediately":
                    return None, "overvotes"
                if self.overvotes == "alwaysSkipToNextRank":
                    continue
                if len(left) > 1:
                    return None, "overvotes"
            if left:
                return left[0], ""
        return None, "exhausted"


class _Pass:
    """One run through the rounds."""

    def __init__(self, asked: _Asked, lots: Lots, out: Sequence[str], prefix: str) -> None:
        self.asked = asked
        self.prefix = prefix
        self.lots = {lot.step: lot for lot in lots.all}
        self.single = asked.mode in ("singleWinnerMajority", "multiPassIrv")
        self.seats = 1 if self.single else asked.seats
        self.rows = [_Row(row.count, row.ranks, why=row.why) for row in asked.rows]
        self.continuing = [n for n in asked.names if n not in asked.excluded and n not in out]
        self.all = len(self.continuing)
        self.elected: list[str] = []
        self.eliminated: list[str] = []
        self.kept: dict[str, Votes] = {}
        self.residual = Fraction(0)
        self.threshold = Fraction(0)
        self.tallies: list[dict[str, Votes]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []

    def judge(self, rounds: Sequence[Mapping[str, Any]], *, stopped: bool) -> list[str]:
        for number, claimed in enumerate(rounds, 1):
            last = number == len(rounds)
            if claimed["round"] != number:
                self._say(number, "the rounds are not numbered 1, 2, 3 …")
            tally = self._tally(number, claimed)
            self.tallies.append(tally)
            self._threshold(number, claimed, tally)
            self._decided(number, claimed, tally, stopped=stopped and last)
            self._leave(claimed, tally)
            if stopped and last:
                break
            if not last and self._over(number, claimed):
                self._say(number, "the count should have ended here.")
            if last and not self._over(number, claimed):
                self._say(number, "the count ended too early.")
        return self.wrong

    def _say(self, number: int, sentence: str) -> None:
        self.wrong.append(f"{self.prefix}round {number}: {sentence}")

    # ---- what the ballots say

    def _tally(self, number: int, claimed: Mapping[str, Any]) -> dict[str, Votes]:
        final = self.asked.surpluses and len(self.elected) >= self.seats
        standing = set(self.continuing)
        tally: dict[str, Votes] = dict(self.kept)
        tally.update(dict.fromkeys(self.continuing, 0))
        inactive: dict[str, Votes] = {}
        for row in self.rows:
            if row.holder not in standing and not row.why:
                if final:
                    row.holder, row.why = None, "final surplus"
                else:
                    row.holder, row.why = self.asked.walk(row, standing)
            if row.holder is not None:
                tally[row.holder] += row.count * row.value
            elif row.why != "undervote":
                inactive[row.why] = inactive.get(row.why, 0) + row.count * row.value
        for name in tally.keys() | claimed["tally"].keys():
            if Fraction(claimed["tally"].get(name, -1)) != tally.get(name, -1):
                self._say(
                    number, f"{name} has {tally.get(name)}, not {claimed['tally'].get(name)}."
                )
        for why in sorted(inactive.keys() | claimed["inactive"].keys()):
            if Fraction(claimed["inactive"].get(why, 0)) != inactive.get(why, 0):
                self._say(number, f"{inactive.get(why, 0)} ballots are {why}.")
        if Fraction(claimed["residual surplus"]) != self.residual:
            self._say(number, f"the residual surplus is {self.residual}.")
        everything = (
            sum(map(Fraction, claimed["tally"].values()), Fraction(0))
            + sum(map(Fraction, claimed["inactive"].values()), Fraction(0))
            + Fraction(claimed["residual surplus"])
            + self.asked.undervotes
        )
        if everything != sum(row.count for row in self.rows):
            self._say(number, "ballots were lost or won.")
        return tally

    def _leave(self, claimed: Mapping[str, Any], tally: dict[str, Votes]) -> None:
        """Carry out what the round claims, so that the next one can be judged."""
        self.eliminated += claimed["eliminated"]
        self.elected += claimed["elected"]
        stay = claimed["elected"] if self.asked.yes("continueUntilTwoCandidatesRemain") else ()
        gone = {*claimed["eliminated"], *claimed["elected"]} - set(stay)
        self.continuing = [name for name in self.continuing if name not in gone]
        if not self.asked.surpluses:
            return
        for winner in claimed["elected"]:
            votes = tally.get(winner, 0)
            surplus = votes - self.threshold
            share = self._cut(surplus / votes) if surplus > 0 else Fraction(0)
            kept = Fraction(0)
            for row in self.rows:
                if row.holder == winner:
                    moves = self._cut(row.value * share)
                    kept += row.count * (row.value - moves)
                    row.value, row.holder = moves, None
            more = max(Fraction(0), kept - self.threshold)
            self.residual += more
            self.kept[winner] = kept - more

    def _cut(self, value: Votes) -> Fraction:
        unit = 10**self.asked.places
        return Fraction(floor(value * unit), unit)

    # ---- what the rules say

    def _threshold(self, number: int, claimed: Mapping[str, Any], tally: dict[str, Votes]) -> None:
        asked = self.asked
        keeps = asked.yes("doesFirstRoundDetermineThreshold") or (
            self.seats > 1 and asked.share is None
        )
        if number == 1 or not (keeps or self.elected):
            votes = sum((tally[name] for name in self.continuing), Fraction(0))
            if asked.share is not None:
                found = votes * asked.share
            else:
                unit = 10**asked.places if asked.yes("nonIntegerWinningThreshold") else 1
                if asked.yes("hareQuota"):
                    found = Fraction(ceil(votes * unit / self.seats), unit)
                else:
                    found = Fraction(floor(votes * unit / (self.seats + 1)) + 1, unit)
            self.threshold = max(found, Fraction(asked.minimum))
        if Fraction(claimed["threshold"]) != self.threshold:
            self._say(number, f"the threshold is {self.threshold}, not {claimed['threshold']}.")

    def _decided(
        self,
        number: int,
        claimed: Mapping[str, Any],
        tally: dict[str, Votes],
        *,
        stopped: bool,
    ) -> None:
        """Hold who was elected and eliminated against who may have been."""
        won, lost = sorted(claimed["elected"]), sorted(claimed["eliminated"])
        self.open = []
        may_win = [sorted(each) for each in self._may_win(number, tally)]
        if not may_win and not self.open:
            may_lose = [sorted(each) for each in self._may_lose(number, tally)]
        else:
            may_lose = []
        if stopped:
            if won or lost or not self.open:
                self._say(number, "the count stopped for a lot that is not needed.")
            return
        if self.open:
            self._say(number, "equal votes were decided without a lot.")
        elif may_win:
            if lost or won not in may_win:
                self._say(number, f"{', '.join(won) or 'nobody'} cannot be who is elected.")
        elif won:
            self._say(number, f"{', '.join(won)} cannot be elected here.")
        elif lost not in (may_lose or [[]]):
            self._say(number, f"{', '.join(lost) or 'nobody'} cannot be who is eliminated.")

    def _may_win(self, number: int, tally: dict[str, Votes]) -> list[list[str]]:
        asked, left = self.asked, self.continuing
        if WRITE_INS in left and tally[WRITE_INS] > 0:
            return []
        reached = [name for name in left if tally[name] >= self.threshold]
        if asked.share is not None:
            return [reached] if left and len(reached) == len(left) else []
        open_seats = self.seats - len(self.elected)
        people = [name for name in left if name != WRITE_INS]
        if open_seats <= 0 or not people:
            return []
        first = asked.yes("doesFirstRoundDetermineThreshold")
        one_a_round = asked.mode == "multiWinnerAllowOnlyOneWinnerPerRound" or first
        if len(left) <= open_seats:
            winners = people
        elif first and len(left) == self.seats + 1:
            winners = self._top(left, tally)
        elif asked.mode == "bottomsUp":
            winners = []
        else:
            winners = [name for name in reached if name != WRITE_INS]
        if len(winners) > 1 and one_a_round:
            return [[name] for name in self._after_tie(number, self._top(left, tally), win=True)]
        if winners:
            return [winners]
        enough = all(tally[name] >= asked.minimum for name in left)
        if self.seats == 1 and len(left) == 2 and enough:
            return [[name] for name in self._after_tie(number, self._top(left, tally), win=True)]
        return []

    def _may_lose(self, number: int, tally: dict[str, Votes]) -> list[list[str]]:
        asked, left = self.asked, self.continuing
        until_two = asked.yes("continueUntilTwoCandidatesRemain")
        enough = not until_two or len(self.eliminated) >= self.all - 2
        if len(self.elected) >= self.seats and asked.share is None and enough:
            return []
        if not left:
            return []
        if WRITE_INS in left and tally[WRITE_INS] > 0:
            return [[WRITE_INS]]
        least = Fraction(asked.minimum)
        if asked.yes("cutoffElimination"):
            least = max(least, self.threshold)
        below = [name for name in left if tally[name] < least]
        if below:
            return [below]
        if asked.yes("batchElimination"):
            batch = self._largest_batch(tally, until_two=until_two)
            if len(batch) > 1:
                return [batch]
        fewest = min(tally[name] for name in left)
        return [
            [name]
            for name in self._after_tie(
                number, [name for name in left if tally[name] == fewest], win=False
            )
        ]

    def _largest_batch(self, tally: dict[str, Votes], *, until_two: bool) -> list[str]:
        """The largest set of those lowest whose votes together are fewer than those of anybody above."""
        ranked = sorted(self.continuing, key=lambda name: tally[name])
        for size in range(len(ranked) - 1, 0, -1):
            together = sum((tally[name] for name in ranked[:size]), Fraction(0))
            if together >= tally[ranked[size]]:
                continue
            if until_two and size + len(self.eliminated) == self.all - 1:
                continue
            return ranked[:size]
        return []

    def _top(self, left: Sequence[str], tally: dict[str, Votes]) -> list[str]:
        most = max(tally[name] for name in left)
        return [name for name in left if tally[name] == most and name != WRITE_INS]

    def _looked_back(self, number: int, equal: list[str], *, win: bool) -> list[str]:
        if not self.asked.ties.startswith("previousRoundCounts"):
            return equal
        for tally in reversed(self.tallies[: number - 1]):
            best = (max if win else min)(tally[name] for name in equal)
            equal = [name for name in equal if tally[name] == best]
        return equal

    def _after_tie(self, number: int, equal: list[str], *, win: bool) -> list[str]:
        """Who may be taken of those equal: the one of the rule or of the lot."""
        equal = self._looked_back(number, equal, win=win)
        if len(equal) < 2:
            return equal
        order = self.asked.order()
        if order is not None:
            listed = [name for name in [*order, WRITE_INS] if name in equal]
            return listed[:1] if win else listed[-1:]
        lot = self.lots.get(f"{self.prefix}round {number}: {'election' if win else 'elimination'}")
        if lot is None or set(lot.among) != set(equal):
            self.open = equal
            return []
        return list(lot.chosen)

    # ---- when it ends

    def _over(self, number: int, claimed: Mapping[str, Any]) -> bool:
        asked = self.asked
        stop = asked.rules.get("stopTabulationEarlyAfterRound")
        if stop not in (None, "") and number >= int(stop):
            return True
        people = [name for name in self.continuing if name != WRITE_INS]
        if asked.share is not None:
            return bool(self.elected) or not people
        if not people and len(self.elected) < self.seats:
            return True
        if asked.yes("continueUntilTwoCandidatesRemain"):
            two = len(self.eliminated) + len(self.elected) + 1 >= self.all
            return two and not claimed["eliminated"]
        if len(self.elected) < self.seats:
            return False
        return not (asked.surpluses and claimed["elected"])
