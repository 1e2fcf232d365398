"""Judges a members' ballot: sums, who has more than half, who went out and by which lot, and what stands beside."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots

Points = dict[str, Fraction]


def check(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count) -> list[str]:
    """A sentence for each thing that is wrong."""
    result = count.result
    rounds = said.get("rounds") or [said["sections"]]
    number = result["round"]
    if not 1 <= number <= len(rounds):
        return [f"There is no round {number} in the input."]
    points = [_points(sections, rules) for sections in rounds]
    wrong = []
    for nth in range(1, number):
        wrong += [*_went_out(nth, points[nth - 1], points[nth], lots)]
        wrong += [*_went_on(nth, rounds[nth - 1], rounds[nth])]
    wrong += _ended(points[number - 1], number, len(rounds), lots, count)
    wrong += _beside(said, rounds, points[number - 1], result)
    return wrong


def _went_out(number: int, points: Points, after: Points, lots: Lots) -> Iterator[str]:
    if 2 * max(points.values()) > sum(points.values()):
        yield f"Round {number} was decided, and the count went on."
    gone = set(points) - set(after)
    if len(gone) != 1 or set(after) - set(points):
        yield f"After round {number} not exactly one went out."
        return
    (out,) = gone
    last = {name for name, held in points.items() if held == min(points.values())}
    if out not in last:
        yield f"{out} went out in round {number} and was not last."
    elif len(last) > 1 and not _drawn(lots, last, out):
        yield f"{out} went out in round {number} among equals without a lot."


def _went_on(
    number: int, one: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    for section, votes in after.items():
        if any(held < one[section][name] for name, held in votes.items()):
            yield f"Somebody who stayed has fewer votes after round {number} than in it."
        if sum(votes.values()) > sum(one[section].values()):
            yield f"There are more votes after round {number} than in it."


def _ended(points: Points, number: int, rounds: int, lots: Lots, count: Count) -> Iterator[str]:
    """How the last round that was looked at ended: decided, by lot, at a tie, or for want of another round."""
    elected, most = count.result["elected"], max(points.values())
    leader = next(name for name, held in points.items() if held == most)
    last = {name for name, held in points.items() if held == min(points.values())}
    decided = 2 * most > sum(points.values())
    by_lot = len(points) == 2 and len(last) == 2
    if decided and elected != leader:
        yield f"{leader} has more than half and is not elected."
    if not decided and elected is not None and not (by_lot and _drawn(lots, last, elected)):
        yield f"{elected} is elected without more than half."
    if number < rounds and count.tie is None:
        yield f"There are {rounds} rounds, and only {number} were counted."
    if count.tie is None:
        if not decided and elected is None and len(last) > 1 and not _drawn(lots, last):
            yield f"Several are last in round {number}, and no lot is asked for."
        return
    expected = (
        (f"round {number}: the election", "is elected")
        if len(points) == 2
        else (f"round {number}: the last", "goes out")
    )
    if (
        decided
        or elected is not None
        or len(last) < 2
        or set(count.tie.among) != last
        or count.tie.choose != 1
        or (count.tie.step, count.tie.fate) != expected
    ):
        yield f"The tie is not among those who are last in round {number}."


def _beside(
    said: Mapping[str, Any], rounds: list[Any], points: Points, result: Mapping[str, Any]
) -> Iterator[str]:
    """Totals, shares, sections, papers and turnout by both definitions."""
    if {name: Fraction(held) for name, held in result["totals"].items()} != points:
        yield "The totals are not the sums of the sections."
    whole = sum(points.values())
    if result["percent"] != {name: _share(held, whole) for name, held in points.items()}:
        yield "The shares are not those of the totals."
    if result["by_section"] != rounds[result["round"] - 1]:
        yield "The sections are not those of the input."
    valid = sum(number for votes in rounds[0].values() for number in votes.values())
    if result["valid"] != valid:
        yield "The valid votes are not the sum of the first round."
    spoilt, issued = said.get("spoilt"), said.get("issued")
    if (result["spoilt"], result["issued"]) != (spoilt, issued):
        yield "The spoilt or the issued papers are not those of the input."
    turnout = {
        "valid votes": _share(valid, issued),
        "valid and invalid votes": None if spoilt is None else _share(valid + spoilt, issued),
    }
    if result["turnout"] != turnout:
        yield "The turnout is not the votes over the papers issued."
    if result["open"] != (1 if result["elected"] is None else 0):
        yield "What is open is said wrongly."


def _drawn(lots: Lots, among: set[str], chosen: str | None = None) -> bool:
    return any(
        set(lot.among) == among and (chosen is None or lot.chosen == (chosen,)) for lot in lots.all
    )


def _share(part: Fraction | int, whole: Fraction | int | None) -> str | None:
    """In percent, to the nearest hundredth, the upper one where two are as near."""
    if not whole:
        return None
    hundredths = Fraction(part) * 10_000 / Fraction(whole)
    nearest = hundredths.__floor__() + (hundredths % 1 >= Fraction(1, 2))
    return f"{nearest // 100}.{nearest % 100:02}"


def _points(sections: Mapping[str, Mapping[str, int]], rules: Mapping[str, Any]) -> Points:
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
