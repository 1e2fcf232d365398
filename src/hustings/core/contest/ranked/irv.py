"""
Instant run-off and its multi-seat kin, by RCTab's parameters.

Votes are whole numbers of the smallest unit that the rules' decimal places allow, so that nothing is rounded but
where the rule rounds: transfers are cut off, never rounded up.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest.count import Count
from hustings.core.contest.ranked.ballots import WRITE_INS, piles, read_ranked
from hustings.core.contest.ranked.irv_round import (
    EXHAUSTED,
    REASONS,
    RESIDUAL,
    Round,
    as_json,
    as_step,
)
from hustings.core.contest.ranked.rules import read_rules
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Transcript
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.core.contest.lot import Lots
    from hustings.core.contest.ranked.ballots import Pile, Ranked
    from hustings.core.contest.ranked.rules import Rules
    from hustings.core.contest.transcript import Step

OUT = -1
"""Where a ballot goes that offers nobody who is still in the count."""


class _LotNeeded(Exception):
    def __init__(self, tie: Tie) -> None:
        self.tie = tie


def count_irv(given: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count ``given`` (see ``ballots``) by ``rules`` (see ``rules``); a tie that no lot resolves ends the count."""
    seats = given.get("seats")
    read = read_rules(rules, seats=seats if type(seats) is int and seats > 0 else None)
    ranked = read_ranked(given, blank_is_write_in=read.blank_is_write_in)
    for nobody in (EXHAUSTED, RESIDUAL):
        if nobody in ranked.names:
            raise BadInput(
                f"«{nobody}» is what the votes of nobody are called here; name the candidate otherwise.",
                where="candidates",
            )
    order = _order(ranked, read)
    in_passes = read.mode == "multiPassIrv"
    passes = read.winners if in_passes else 1
    out = set(ranked.excluded)
    elected: list[int] = []
    rounds: list[dict[str, Any]] = []
    steps: list[Step] = []
    flags: list[str] = []
    tie: Tie | None = None
    undervotes = 0
    for number in range(1, passes + 1):
        held, undervotes, cut = piles(ranked, read, out)
        if number == 1 and cut:
            flags.append(
                f"{cut} ballots rank further down than the {read.max_rankings} ranks that are counted; "
                "those ranks were not read."
            )
        one = _Tabulation(
            ranked, held, read, lots, out, order, f"pass {number}, " if in_passes else ""
        )
        tie = one.run()
        flags += one.flags
        elected += one.elected
        out.update(one.elected)
        about = {"pass": number} if in_passes else {}
        rounds += [about | as_json(each, ranked.names, one.unit) for each in one.rounds]
        steps += [as_step(each, ranked.names, one.unit, one.prefix, read) for each in one.rounds]
        if tie or not one.elected:
            break
    flags += [f"The lot for «{lot.step}» was asked for by no tie." for lot in lots.unused()]
    result: dict[str, Any] = {
        "elected": [ranked.names[place] for place in elected],
        "ballots": ranked.total,
        "undervotes": undervotes,
        "rounds": rounds,
    }
    return Count("irv", result, Transcript(tuple(steps)), tie, tuple(flags))


class _Tabulation:
    """One run to the end, or to a tie that no lot resolves."""

    def __init__(
        self,
        ranked: Ranked,
        held: list[Pile],
        rules: Rules,
        lots: Lots,
        out: Iterable[int],
        order: list[int] | None,
        prefix: str,
    ) -> None:
        self.names = ranked.names
        self.write_ins = ranked.write_ins
        self.rules = rules
        self.lots = lots
        self.order = order
        self.prefix = prefix
        self.unit = 10**rules.decimal_places if rules.surpluses else 1
        self.winners = 1 if rules.mode == "multiPassIrv" else rules.winners
        if rules.percentage is not None:
            self.winners = 0
        self.piles = held
        self.at = [0] * len(held)
        self.value = [self.unit] * len(held)
        excluded = set(out)
        self.runs = [place not in excluded for place in range(len(self.names))]
        self.candidates = sum(self.runs)
        self.holds: dict[int, list[int]] = {
            place: [] for place, runs in enumerate(self.runs) if runs
        }
        self.tally: dict[int, int] = dict.fromkeys(self.holds, 0)
        self.inactive = dict.fromkeys(REASONS, 0)
        self.residual = 0
        self.fixed: dict[int, int] = {}
        self.elected: list[int] = []
        self.out: list[int] = []
        self.rounds: list[Round] = []
        self.flags: list[str] = []

    def run(self) -> Tie | None:
        """The tie that stopped the count, if one did."""
        self._deal(range(len(self.piles)), None)
        try:
            while self._round():
                pass
        except _LotNeeded as needed:
            return needed.tie
        return None

    # ---- the ballots

    def _deal(self, which: Iterable[int], transfers: dict[int | str, int] | None) -> None:
        """Give each of these piles to whom it offers next."""
        runs, tally, value, at = self.runs, self.tally, self.value, self.at
        for number in which:
            pile = self.piles[number]
            votes = value[number] * pile.count
            to, end = OUT, pile.end
            items = pile.items
            for place in range(at[number], len(items)):
                item = items[place]
                if type(item) is int:
                    if runs[item]:
                        to = item
                        at[number] = place
                        break
                    continue
                left = [candidate for candidate in item if runs[candidate]]  # type: ignore[union-attr]  # a tuple
                if len(left) == 1:
                    to = left[0]
                    at[number] = place
                    break
                if left:
                    end = "overvotes"
                    break
            if to == OUT:
                self.inactive[end] += votes
            else:
                tally[to] += votes
                self.holds[to].append(number)
            if transfers is not None and votes:
                target = to if to != OUT else EXHAUSTED
                transfers[target] = transfers.get(target, 0) + votes

    def _pass_on(self, last: Round) -> None:
        """What the candidates who left in the ``last`` round held goes on."""
        for place in last.eliminated:
            del self.tally[place]
            last.transfers[place] = {}
            self._deal(self.holds.pop(place), last.transfers[place])
        if not self.rules.surpluses:
            return
        ends = len(self.elected) == self.winners
        for place in last.elected:
            held = self.holds.pop(place)
            moved = last.transfers[place] = {}
            kept = self._keep(held, self.tally[place], last.threshold)
            too_much = kept - int(last.threshold)
            if too_much > 0:
                self.residual += too_much
                kept -= too_much
            self.tally[place] = kept
            if ends:
                rest = sum(self.value[number] * self.piles[number].count for number in held)
                self.inactive["final surplus"] += rest
                if rest:
                    moved[EXHAUSTED] = rest
            else:
                self._deal(held, moved)
            if too_much > 0:
                moved[RESIDUAL] = too_much

    def _keep(self, held: list[int], votes: int, threshold: Fraction) -> int:
        """Leave with a winner what each ballot may not pass on; the ballots keep only what they may."""
        surplus = votes - int(threshold)
        share = surplus * self.unit // votes if surplus > 0 else 0
        kept = 0
        for number in held:
            value = self.value[number]
            passes = value * share // self.unit
            self.value[number] = passes
            kept += (value - passes) * self.piles[number].count
        return kept

    # ---- the rounds

    def _round(self) -> bool:
        """One round; whether another is to follow."""
        last = self.rounds[-1] if self.rounds else None
        if last:
            self._pass_on(last)
        now = Round(
            len(self.rounds) + 1,
            self._threshold(last),
            dict(self.tally),
            dict(self.inactive),
            self.residual,
        )
        self.rounds.append(now)
        now.elected = self._winners(now)
        if now.elected:
            self.elected += now.elected
            if not self.rules.until_two:
                for place in now.elected:
                    self.runs[place] = False
        elif self._must_eliminate():
            now.eliminated = self._losers(now)
            for place in now.eliminated:
                self.runs[place] = False
            self.out += now.eliminated
        return self._goes_on(now)

    def _active(self) -> dict[int, int]:
        return {place: votes for place, votes in self.tally.items() if self.runs[place]}

    def _threshold(self, last: Round | None) -> Fraction:
        rules = self.rules
        if last and (self.winners > 1 or rules.first_round_threshold or self.elected):
            return last.threshold
        votes = sum(self._active().values())
        if rules.percentage is not None:
            threshold = votes * rules.percentage
        else:
            smallest = 1 if rules.fractional_threshold else self.unit
            parts = self.winners if rules.hare else self.winners + 1
            if rules.hare:
                threshold = Fraction(-(-votes // (parts * smallest)) * smallest)
            else:
                threshold = Fraction((votes // (parts * smallest) + 1) * smallest)
        return max(threshold, Fraction(rules.minimum_votes * self.unit))

    def _winners(self, now: Round) -> list[int]:
        rules, active = self.rules, self._active()
        if self.write_ins is not None and active.get(self.write_ins):
            return []
        if rules.percentage is not None:
            reached = [place for place in active if active[place] >= now.threshold]
            if active and len(reached) == len(active):
                now.said.append("Everybody left has reached the threshold.")
                return reached
            return []
        open_seats = self.winners - len(self.elected)
        people = [place for place in active if place != self.write_ins]
        if open_seats <= 0 or not people:
            return []
        most = max(active.values())
        first = [place for place in people if active[place] == most]
        winners: list[int] = []
        if len(active) <= open_seats:
            winners = people
            now.said.append("There are as many seats as candidates left.")
        elif rules.first_round_threshold and len(active) - 1 == self.winners:
            winners = first
        elif rules.mode != "bottomsUp":
            winners = [place for place in people if active[place] >= now.threshold]
        one_only = len(winners) > 1 and (
            rules.mode == "multiWinnerAllowOnlyOneWinnerPerRound" or rules.first_round_threshold
        )
        two_left = (
            self.winners == 1
            and not winners
            and len(active) == 2
            and min(active.values()) >= rules.minimum_votes * self.unit
        )
        if one_only or two_left:
            return [self._tied(now, first, wins=True)] if len(first) > 1 else first
        return winners

    def _must_eliminate(self) -> bool:
        return (
            len(self.elected) < self.winners
            or self.rules.percentage is not None
            or (self.rules.until_two and len(self.out) < self.candidates - 2)
        )

    def _losers(self, now: Round) -> list[int]:
        rules, active = self.rules, self._active()
        if not active:
            return []
        if self.write_ins is not None and active.get(self.write_ins):
            now.said.append("Write-ins for nobody who stands are dropped first.")
            return [self.write_ins]
        floor: int | Fraction = rules.minimum_votes * self.unit
        if rules.cutoff:
            floor = max(floor, now.threshold)
        below = [place for place in active if active[place] < floor]
        if below:
            now.said.append("All below the least number of votes are out together.")
            return below
        if rules.batch and len(batch := self._batch(active)) > 1:
            now.said.append("Together they have fewer votes than the next one above them.")
            return batch
        fewest = min(active.values())
        last = [place for place in active if active[place] == fewest]
        return [self._tied(now, last, wins=False)] if len(last) > 1 else last

    def _batch(self, active: dict[int, int]) -> list[int]:
        """Everybody who, even with all votes of those below, stays below the next one."""
        below: list[int] = []
        safe: list[list[int]] = [[]]
        total = 0
        for votes in sorted(set(active.values())):
            if total < votes and len(below) > len(safe[-1]):
                safe.append(list(below))
            here = [place for place in active if active[place] == votes]
            below += here
            total += votes * len(here)
        if self.rules.until_two and len(safe[-1]) + len(self.out) == self.candidates - 1:
            safe.pop()
        return sorted(safe[-1])

    def _goes_on(self, now: Round) -> bool:
        rules = self.rules
        if rules.stop_after_round is not None and now.number >= rules.stop_after_round:
            return False
        standing = [
            place for place, runs in enumerate(self.runs) if runs and place != self.write_ins
        ]
        if not standing and len(self.elected) < self.winners:
            if not now.elected:
                self.flags.append(
                    f"{self.prefix}round {now.number}: nobody is left who reaches what the rules ask for; "
                    f"{len(self.elected)} of {self.winners} seats are filled."
                )
            return False
        if rules.percentage is not None and not self.elected:
            if not standing:
                self.flags.append("Nobody reaches the percentage; nobody is elected.")
            return bool(standing)
        if rules.until_two:
            gone = len(self.out) + len(self.elected)
            return gone + 1 < self.candidates or bool(now.eliminated)
        if len(self.elected) < self.winners:
            return True
        return rules.surpluses and bool(now.elected)

    # ---- ties

    def _tied(self, now: Round, equal: list[int], *, wins: bool) -> int:
        """Who of those ``equal`` is elected (``wins``) or eliminated."""
        mode = self.rules.ties
        if mode.startswith("previousRoundCounts"):
            equal = self._looked_back(now, equal, wins=wins)
            if len(equal) == 1:
                return equal[0]
        if self.order is not None and mode in ("useCandidateOrder", "generatePermutation"):
            chosen = min(equal, key=self.order.index) if wins else max(equal, key=self.order.index)
            now.said.append(
                f"{self._list(equal)} are equal; the order of candidates decides for "
                f"{self.names[chosen]}."
            )
            return chosen
        among = tuple(self.names[place] for place in sorted(equal))
        tie = Tie(
            f"{self.prefix}round {now.number}: {'election' if wins else 'elimination'}",
            among,
            1,
            "is elected" if wins else "is eliminated",
            self.rules.citation.get("tie") or f"RCTab, tiebreakMode {mode}",
        )
        lot = self.lots.for_tie(tie)
        if lot is None:
            now.said.append(tie.sentence())
            raise _LotNeeded(tie)
        now.said.append(
            f"{self._list(equal)} are equal; the lot ({lot.how}) fell on {lot.chosen[0]}."
        )
        return self.names.index(lot.chosen[0])

    def _looked_back(self, now: Round, equal: list[int], *, wins: bool) -> list[int]:
        """Those who are still equal when each round before is asked, the latest first."""
        for before in reversed(self.rounds[:-1]):
            votes = [before.tally[place] for place in equal]
            wanted = max(votes) if wins else min(votes)
            left = [place for place, had in zip(equal, votes, strict=True) if had == wanted]
            if len(left) < len(equal):
                now.said.append(
                    f"{self._list(equal)} are equal; round {before.number} leaves {self._list(left)}."
                )
            equal = left
            if len(equal) == 1:
                break
        return equal

    def _list(self, places: Iterable[int]) -> str:
        return ", ".join(self.names[place] for place in places)


def _order(ranked: Ranked, rules: Rules) -> list[int] | None:
    """The order that breaks ties, by place; write-ins are last."""
    stand = [place for place in range(len(ranked.names)) if place != ranked.write_ins]
    last = [] if ranked.write_ins is None else [ranked.write_ins]
    if rules.order is None:
        return stand + last if rules.ties == "useCandidateOrder" else None
    places = {ranked.names[place]: place for place in stand}
    if set(rules.order) - {WRITE_INS} != set(places):
        odd = sorted(set(rules.order) ^ set(places))
        raise BadInput(
            f"The order must name each candidate once; «{odd[0][:60]}» is missing or unknown.",
            where="rules, candidateOrder",
        )
    return [places[name] for name in rules.order if name != WRITE_INS] + last
