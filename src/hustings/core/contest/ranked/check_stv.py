"""
Judges a Scottish STV count stage by stage, from the papers as they were handed in.

Nothing of the counter is used: at every stage each paper is asked anew for whom it stands, numbers are fractions, and
what the stage claims is held against that, given what the stages before it did.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from hustings.core.contest.ranked.check_transfers import wrong_between_stages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


def check_stv(
    given: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count
) -> list[str]:
    """A sentence for each thing that is wrong with the count."""
    return _Judge(given, rules, lots, count).judge()


def _preferences(ranks: list[Any], called: dict[str, str]) -> list[str]:
    """The candidates of a paper as far as its figures follow one another, each beside one candidate and no other."""
    found: list[str] = []
    for rank in ranks:
        name = called.get(rank, "") if isinstance(rank, str) else ""
        if not name or name in found:
            break
        found.append(name)
    return found


class _Judge:
    def __init__(
        self, given: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count
    ) -> None:
        people = [{"name": c} if isinstance(c, str) else c for c in given["candidates"]]
        called = {other: p["name"] for p in people for other in p.get("aliases", [])}
        called |= {person["name"]: person["name"] for person in people}
        self.names = [person["name"] for person in people]
        withdrawn = {person["name"] for person in people if person.get("excluded")}
        self.continuing = [name for name in self.names if name not in withdrawn]
        self.papers: list[list[Any]] = []
        for number, ranks in given["ballots"]:
            order = [name for name in _preferences(ranks, called) if name not in withdrawn]
            if order:
                self.papers.append([number, order, Fraction(1), None])
        self.blank = sum(n for n, ranks in given["ballots"] if all(rank == "" for rank in ranks))
        self.total = sum(number for number, _ in given["ballots"])
        self.valid = sum(paper[0] for paper in self.papers)
        self.seats = rules.get("seats", given.get("seats"))
        self.unit = 10 ** rules.get("decimalPlacesForVoteArithmetic", 5)
        self.quota = floor(Fraction(self.valid, self.seats + 1)) + 1
        self.lots = {lot.step: lot for lot in lots.all}
        self.result = count.result
        self.tie = count.tie
        self.elected: list[str] = []
        self.owing: dict[str, Fraction] = {}
        self.history: list[dict[str, Fraction]] = []
        self.totals: dict[str, Fraction] = {}
        self.nobody = Fraction(0)
        self.lost = Fraction(0)
        self.wrong: list[str] = []

    def judge(self) -> list[str]:
        stages = self.result["stages"]
        for number, stage in enumerate(stages, 1):
            if stage["stage"] != number:
                self._say(number, "the stages are not numbered 1, 2, 3 …")
            self._acted(number, stage)
            self._stands(number, stage)
            self._elects(number, stage)
            self.history.append(dict(self.totals))
        self.wrong += wrong_between_stages(stages)
        open_seats = len(self.elected) < self.seats and bool(self.continuing)
        if self.tie is None and open_seats:
            self.wrong.append("The count ended with a seat open and candidates left.")
        if self.tie is not None:
            equal = self._next_one(len(stages) + 1) if open_seats else []
            if len(equal) < 2 or set(equal) != set(self.tie.among):
                self.wrong.append("The count stopped for a lot that is not needed.")
        said = {
            "elected": self.elected,
            "ballots": self.total,
            "valid": self.valid,
            "void": self.total - self.valid,
            "blank": self.blank,
            "quota": self.quota,
        }
        for what, value in said.items():
            if self.result[what] != value:
                self.wrong.append(f"«{what}» is {value}, not {self.result[what]}.")
        return self.wrong

    def _say(self, number: int, sentence: str) -> None:
        self.wrong.append(f"stage {number}: {sentence}")

    def _acted(self, number: int, stage: Mapping[str, Any]) -> None:
        """Whether this was to be done now; then it is done."""
        who = stage["candidate"]
        if number == 1:
            if stage["action"] != "first preferences" or who is not None:
                self._say(number, "the count does not begin with the first preferences.")
            self.totals = dict.fromkeys(self.names, Fraction(0))
            self._deal(None)
            return
        if len(self.elected) >= self.seats:
            self._say(number, "all seats were filled before.")
        due = "surplus" if self.owing else "exclusion"
        if stage["action"] != due:
            self._say(number, f"here a {due} is due.")
        may = self._may_act(number, due)
        if who not in may:
            self._say(number, f"{who} is not whose {due} it is.")
        if stage["action"] == "surplus":
            votes = self.totals[who]
            surplus = votes - self.quota
            for paper in self.papers:
                if paper[3] == who:
                    paper[2] = Fraction(
                        floor(Fraction(surplus) * paper[2] / votes * self.unit), self.unit
                    )
            self.owing.pop(who, None)
            before = self.nobody + sum(self.totals.values()) - votes
            self._deal(who)
            self.totals[who] = Fraction(self.quota)
            after = self.nobody + sum(self.totals.values()) - self.quota
            self.lost += surplus - (after - before)
        else:
            self.continuing = [name for name in self.continuing if name != who]
            self.totals[who] = Fraction(0)
            self._deal(who)

    def _deal(self, holder: str | None) -> None:
        """The papers of ``holder`` to the first continuing candidate among their preferences."""
        standing = set(self.continuing)
        for paper in self.papers:
            if paper[3] != holder:
                continue
            to = next((name for name in paper[1] if name in standing), "")
            paper[3] = to
            if to:
                self.totals[to] += paper[0] * paper[2]
            else:
                self.nobody += paper[0] * paper[2]

    def _stands(self, number: int, stage: Mapping[str, Any]) -> None:
        for name in self.names:
            if Fraction(stage["totals"].get(name, -1)) != self.totals[name]:
                self._say(
                    number,
                    f"{name} has {self.totals[name]} votes, not {stage['totals'].get(name)}.",
                )
        if Fraction(stage["non-transferable"]) != self.nobody:
            self._say(number, f"{self.nobody} votes are non-transferable.")
        if Fraction(stage["lost by cutting off"]) != self.lost:
            self._say(number, f"{self.lost} votes are lost by cutting off.")
        whole = (
            sum(map(Fraction, stage["totals"].values()), Fraction(0))
            + Fraction(stage["non-transferable"])
            + Fraction(stage["lost by cutting off"])
        )
        if whole != self.valid:
            self._say(number, f"{whole} votes are accounted for, of {self.valid}.")

    def _elects(self, number: int, stage: Mapping[str, Any]) -> None:
        reached = {name for name in self.continuing if self.totals[name] >= self.quota}
        left = [name for name in self.continuing if name not in reached]
        if 0 < len(left) <= self.seats - len(self.elected) - len(reached):
            reached |= set(left)
        if set(stage["elected"]) != reached or len(stage["elected"]) != len(reached):
            self._say(number, f"elected are {', '.join(sorted(reached)) or 'none'}.")
        votes = [self.totals.get(name, Fraction(0)) for name in stage["elected"]]
        with_quota = [each for each in votes if each >= self.quota]
        if with_quota != sorted(with_quota, reverse=True):
            self._say(number, "the elected do not stand in the order of their votes.")
        for name in stage["elected"]:
            self.continuing = [other for other in self.continuing if other != name]
            self.elected.append(name)
            if self.totals.get(name, Fraction(0)) > self.quota:
                self.owing[name] = self.totals[name]

    def _next_one(self, number: int) -> list[str]:
        """Whose turn it may be: more than one where a lot has to say."""
        pick = max if self.owing else min
        names = list(self.owing) if self.owing else self.continuing
        best = pick(self.totals[name] for name in names)
        equal = [name for name in names if self.totals[name] == best]
        for totals in reversed(self.history[: number - 2]):
            then = pick(totals[name] for name in equal)
            equal = [name for name in equal if totals[name] == then]
        return equal

    def _may_act(self, number: int, due: str) -> list[str]:
        if not self.owing and not self.continuing:
            return []
        equal = self._next_one(number)
        if len(equal) < 2:
            return equal
        lot = self.lots.get(f"stage {number}: {due}")
        if lot is None or set(lot.among) != set(equal):
            self._say(number, "equal votes were decided without a lot.")
            return []
        return list(lot.chosen)
