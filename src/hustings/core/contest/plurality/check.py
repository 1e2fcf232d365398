"""Judges a seat: nobody has more votes than who is elected, and equals have a lot."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


def check(
    said: Mapping[str, Any], _rules: Mapping[str, Any], lots: Lots, count: Count
) -> list[str]:
    """A sentence for each thing that is wrong."""
    return [*_wrong(said["votes"], lots, count), *_beside(said, count)]


def _wrong(votes: Mapping[str, int], lots: Lots, count: Count) -> Iterator[str]:
    result = count.result
    most = max(votes.values())
    equal = {name for name, number in votes.items() if number == most}
    elected = result["elected"]
    if dict(result["votes"]) != dict(votes) or result["valid"] != sum(votes.values()):
        yield "The votes of the result are not those of the input."
    if elected is not None and elected not in equal:
        yield f"{elected} is elected, but somebody has more votes."
    if count.tie is not None and (set(count.tie.among) != equal or elected is not None):
        yield "The tie is not among those with the most votes."
    if count.tie is None and equal and elected is None:
        yield "Nobody is elected, and no lot is asked for."
    drawn = any(set(lot.among) == equal and lot.chosen == (elected,) for lot in lots.all)
    if len(equal) > 1 and elected is not None and not drawn:
        yield f"{elected} is elected among equals without a lot."
    others = sorted(votes.values())[:-1]
    if result["majority"] != most - (others[-1] if others else 0):
        yield "The majority is not the distance to the second."


def _beside(said: Mapping[str, Any], count: Count) -> Iterator[str]:
    """What stands beside the seat: whether a lot decided, what is open, and the turnout."""
    result, votes = count.result, said["votes"]
    equal = [number for number in votes.values() if number == max(votes.values())]
    if result["by_lot"] != (len(equal) > 1 and result["elected"] is not None):
        yield "Whether a lot decided is said wrongly."
    if result["open"] != (0 if result["elected"] is not None else 1):
        yield "What is open is said wrongly."
    invalid, whole = said.get("invalid"), said.get("electorate")
    if (result["invalid"], result["electorate"]) != (invalid, whole):
        yield "The invalid votes or the electorate are not those of the input."
    cast = sum(votes.values())
    expected = {
        "valid votes": _share(cast, whole),
        "valid and invalid votes": None if invalid is None else _share(cast + invalid, whole),
    }
    if result["turnout"] != expected:
        yield "The turnout is not the votes over the electorate."


def _share(part: int, whole: int | None) -> str | None:
    """In percent, to the nearest hundredth, the upper one where two are as near."""
    if not whole:
        return None
    low, rest = divmod(part * 10_000, whole)
    nearest = low + (2 * rest >= whole)
    return f"{nearest // 100}.{nearest % 100:02}"


def check_totals(
    said: Mapping[str, Any], _rules: Mapping[str, Any], _lots: Lots, count: Count
) -> list[str]:
    """Whether seats and votes add up."""
    found, units = count.result["totals"], count.result["units"]
    seats: Counter[str] = Counter()
    votes: Counter[str] = Counter()
    for unit, one in zip(said["units"], units, strict=True):
        party = unit.get("parties") or {}
        seats.update([party.get(name, name) for name in [one["elected"]] if name is not None])
        for name, number in unit["votes"].items():
            votes[party.get(name, name)] += number
    wrong = []
    if found["seats"] != dict(seats):
        wrong.append("The seats do not add up.")
    if found["votes"] != dict(votes):
        wrong.append("The votes do not add up.")
    if found["percent"] != {name: _share(votes[name], votes.total()) for name in votes}:
        wrong.append("The shares are not those of the votes.")
    for field in ("valid", "invalid", "electorate", "open"):
        numbers = [one[field] for one in units]
        if found[field] != (None if None in numbers else sum(numbers)):
            wrong.append(f"«{field}» of the units does not add up.")
    return wrong
