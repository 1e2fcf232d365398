"""
More than half, or the last one out; what the next preferences are is in the rounds that are handed in.

Sections are counted together, or each is worth its weight whatever the number of its votes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.count import Count
from hustings.core.contest.percent import written
from hustings.core.contest.plurality.count import turnout
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript, exact
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.lot import Lots

METHOD = "omov"
PLACES = 2
MOST_ROUNDS = 100
Sections = dict[str, dict[str, int]]


def count(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots) -> Count:
    """Count ``sections`` (votes by candidate in each), or the ``rounds`` of such tables where votes went on."""
    where = plain.text(said, "unit", "")
    plain.refuse_unknown(rules, frozenset({"sections", "weights"}), "rules")
    plain.refuse_unknown(
        said, frozenset({"unit", "sections", "rounds", "spoilt", "issued", "parties"}), where
    )
    rounds = _rounds(said, where)
    weights = _weights(rules, rounds[0], where)
    counting = _Counting(rounds, weights, plain.texts(rules, "citation", "rules"), where)
    tie = counting.run(lots)
    counting.flags += lots.left_over(tie, where)
    spoilt = plain.whole_or_none(said, "spoilt", where)
    issued = plain.whole_or_none(said, "issued", where)
    valid = sum(sum(votes.values()) for votes in rounds[0].values())
    if issued is not None and valid + (spoilt or 0) > issued:
        raise BadInput(
            f"{valid + (spoilt or 0)} votes were cast, but only {issued} papers issued.",
            where=where,
        )
    result = {
        "unit": where,
        "elected": counting.elected,
        "round": counting.round,
        "totals": {name: exact(number) for name, number in counting.totals.items()},
        "percent": {
            name: written(number * 100 / counting.whole, PLACES)
            for name, number in counting.totals.items()
        },
        "by_section": {
            section: dict(votes) for section, votes in rounds[counting.round - 1].items()
        },
        "valid": valid,
        "spoilt": spoilt,
        "issued": issued,
        "turnout": turnout(valid, spoilt, issued),
        "open": int(counting.elected is None),
    }
    return Count(METHOD, result, Transcript(tuple(counting.steps)), tie, tuple(counting.flags))


class _Counting:
    def __init__(
        self, rounds: Sequence[Sections], weights: Mapping[str, Fraction] | None,
        citation: Mapping[str, str], where: str,
    ) -> None:  # fmt: skip
        self.rounds, self.weights, self.citation, self.where = rounds, weights, citation, where
        self.steps: list[Step] = []
        self.flags: list[str] = []
        self.elected: str | None = None
        self.round = 0
        self.totals: dict[str, Fraction] = {}
        self.whole = Fraction(1)

    def run(self, lots: Lots) -> Tie | None:
        gone: str | None = None
        before: Sections = {}
        for number, sections in enumerate(self.rounds, 1):
            self.round = number
            if gone is not None:
                self._who_stands(sections, gone, number)
                self._went_on(before, sections, number)
            self.totals = self._totals(sections)
            self.whole = sum(self.totals.values(), Fraction(0))
            if not self.whole:
                raise BadInput("There is not one vote.", where=self.where)
            most = max(self.totals.values())
            first = [name for name, votes in self.totals.items() if votes == most]
            self.steps.append(
                Step(
                    f"round {number}",
                    f"More than half of {exact(self.whole)} is needed.",
                    tuple(self.totals.items()),
                    self.citation.get("half", ""),
                )
            )
            if most * 2 > self.whole:
                self.elected = first[0]
                self._nothing_after(number)
                self.steps.append(
                    Step(
                        "elected",
                        f"{first[0]} has more than half.",
                        (),
                        self.citation.get("half", ""),
                    )
                )
                return None
            found = self._last_one_out(number, lots)
            if isinstance(found, Tie):
                return found
            if self.elected is not None:
                self._nothing_after(number)
                return None
            gone = found
            before = sections
        self.flags.append(
            f"Nobody has more than half after round {self.round}; {gone} goes out, and where those votes go next is "
            "not in this file. Count ranked ballots, or add the next round."
        )
        return None

    def _totals(self, sections: Sections) -> dict[str, Fraction]:
        totals: dict[str, Fraction] = {}
        for section, votes in sections.items():
            cast = sum(votes.values())
            if self.weights is not None and not cast:
                raise BadInput(
                    f"The section {section} has not one vote, so that its weight goes nowhere.",
                    where=self.where,
                )
            each = Fraction(1) if self.weights is None else self.weights[section] / cast
            for name, number in votes.items():
                totals[name] = totals.get(name, Fraction(0)) + number * each
        return totals

    def _last_one_out(self, number: int, lots: Lots) -> str | Tie:
        least = min(self.totals.values())
        last = tuple(name for name, votes in self.totals.items() if votes == least)
        if len(last) == 1:
            return last[0]
        if len(self.totals) == 2:
            tie = Tie(
                f"round {number}: the election", last, 1, "is elected", self.citation.get("lot", "")
            )
        else:
            tie = Tie(
                f"round {number}: the last", last, 1, "goes out", self.citation.get("lot", "")
            )
        lot = lots.for_tie(tie)
        self.steps.append(
            Step(
                "lot",
                tie.sentence() if lot is None else f"The lot fell on {lot.chosen[0]}: {tie.fate}.",
                (),
                tie.rule,
            )
        )
        if lot is None:
            return tie
        if len(self.totals) == 2:
            self.elected = lot.chosen[0]
        return lot.chosen[0]

    def _who_stands(self, sections: Sections, gone: str, number: int) -> None:
        """Those of the round before, without the one who went out."""
        standing = {name for votes in sections.values() for name in votes}
        expected = set(self.totals) - {gone}
        if standing != expected:
            raise BadInput(
                f"Round {number} must be among {', '.join(sorted(expected))}, since {gone} went out; "
                f"it is among {', '.join(sorted(standing))}.",
                where=self.where,
            )

    def _went_on(self, before: Sections, sections: Sections, number: int) -> None:
        """Whoever stays keeps what they had, and no vote is added: only those of the one who went out go on."""
        for section, votes in sections.items():
            had = before[section]
            if lost := [name for name, now in votes.items() if now < had[name]]:
                raise BadInput(
                    f"{lost[0]} has {votes[lost[0]]} in «{section}» in round {number}, and had {had[lost[0]]} before; "
                    "whoever stays keeps their votes.",
                    where=self.where,
                )
            if sum(votes.values()) > sum(had.values()):
                raise BadInput(
                    f"Round {number} has {sum(votes.values())} votes in «{section}», more than the "
                    f"{sum(had.values())} of the round before.",
                    where=self.where,
                )

    def _nothing_after(self, number: int) -> None:
        if len(self.rounds) > number:
            raise BadInput(
                f"Round {number} decides, but there are {len(self.rounds)} rounds; take out what stands after it.",
                where=self.where,
            )


def _rounds(said: Mapping[str, Any], where: str) -> list[Sections]:
    if ("sections" in said) == ("rounds" in said):
        raise BadInput("Either «sections» or «rounds» must be there.", where=where)
    given = said["rounds"] if "rounds" in said else [said["sections"]]
    if not isinstance(given, list) or not 0 < len(given) <= MOST_ROUNDS:
        raise BadInput(f"«rounds» must be a list of 1 to {MOST_ROUNDS} rounds.", where=where)
    rounds = [_sections(one, where) for one in given]
    if any(set(one) != set(rounds[0]) for one in rounds):
        raise BadInput("Every round must have the same sections.", where=where)
    return rounds


def _sections(given: Any, where: str) -> Sections:
    if not isinstance(given, dict) or not given:
        raise BadInput("«sections» must be tables of votes by name.", where=where)
    plain.refuse_twins(given, "sections", where)
    sections = {
        plain.name_of(name, "sections", where): plain.numbers(
            given, name, f"{where}, {name}".removeprefix(", ")
        )
        for name in given
    }
    names = [set(votes) for votes in sections.values()]
    if not names[0] or any(one != names[0] for one in names):
        raise BadInput("Every section must have the same candidates.", where=where)
    return sections


def _weights(
    rules: Mapping[str, Any], sections: Sections, where: str
) -> dict[str, Fraction] | None:
    """What each section is worth; equal parts, or the parts that the rules name; nothing where all count together."""
    kind = plain.one_of(rules, "sections", ("together", "equal parts", "by weight"), "rules")
    if kind == "together":
        return None
    if kind == "equal parts":
        return dict.fromkeys(sections, Fraction(1, len(sections)))
    table = rules.get("weights", {})
    if not isinstance(table, dict):
        raise BadInput("«weights» must be shares by section.", where="rules")
    if set(table) != set(sections):
        raise BadInput(
            f"The rules weigh {', '.join(table)}; the sections are {', '.join(sections)}.",
            where=where,
        )
    weights = {
        name: plain.fraction(weight, f"weights of {name}", "rules")
        for name, weight in table.items()
    }
    if sum(weights.values()) != 1:
        raise BadInput("«weights» must add up to 1.", where="rules")
    return weights
