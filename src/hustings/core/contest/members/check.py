"""Judges a members' ballot: sums, who has more than half, and who went out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


def check(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count) -> list[str]:
    """A sentence for each thing that is wrong."""
    result = count.result
    rounds = said.get("rounds") or [said["sections"]]
    wrong = []
    for number, sections in enumerate(rounds[: result["round"]], 1):
        points = _points(sections, rules)
        last = number == result["round"]
        leader = max(points, key=lambda name: points[name])
        decided = 2 * points[leader] > sum(points.values())
        if decided and not last:
            wrong.append(f"Round {number} was decided, and the count went on.")
        if last and decided and result["elected"] != leader:
            wrong.append(f"{leader} has more than half and is not elected.")
        if last and not decided and result["elected"] is not None:
            equal = set(points)
            drawn = [
                lot for lot in lots.all if set(lot.among) == equal == {result["elected"], *equal}
            ]
            if len(points) != 2 or len(set(points.values())) != 1 or not drawn:
                wrong.append(f"{result['elected']} is elected without more than half.")
        if last and {name: Fraction(n) for name, n in result["totals"].items()} != points:
            wrong.append("The totals are not the sums of the sections.")
        if not last:
            after = {name for votes in rounds[number].values() for name in votes}
            (gone,) = set(points) - after
            if points[gone] > min(points.values()):
                wrong.append(f"{gone} went out in round {number} and was not last.")
    valid = sum(number for votes in rounds[0].values() for number in votes.values())
    if result["valid"] != valid:
        wrong.append("The valid votes are not the sum of the first round.")
    return wrong


def _points(
    sections: Mapping[str, Mapping[str, int]], rules: Mapping[str, Any]
) -> dict[str, Fraction]:
    kind = rules.get("sections", "together")
    names = list(next(iter(sections.values())))
    points = {}
    for name in names:
        parts = []
        for section, votes in sections.items():
            share = Fraction(votes[name], sum(votes.values()) or 1)
            if kind == "together":
                parts.append(Fraction(votes[name]))
            elif kind == "equal parts":
                parts.append(share / len(sections))
            else:
                parts.append(share * Fraction(rules["weights"][section]))
        points[name] = sum(parts, Fraction(0))
    return points
