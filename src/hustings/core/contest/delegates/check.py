"""Judges delegates by what must hold: they add up, each has its whole number or one more, higher fractions first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots


def check(said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots, count: Count) -> list[str]:
    """A sentence for each thing that is wrong."""
    votes = {name: Fraction(number) for name, number in said["votes"].items()}
    steps = 10 ** rules["percent_places"]
    least = Fraction(rules.get("threshold", "3/20")) * 100 * steps
    share = _thousandths(votes, steps)
    reached = {name for name in votes if share[name] >= least}
    awarded: Mapping[str, int] = count.result["awarded"]
    wrong = []
    if count.result["open"] != said["delegates"] - sum(awarded.values()):
        wrong.append("What is open is not what nobody is awarded.")
    as_said = {
        "unit": said.get("unit", ""), "delegates": said["delegates"], "votes": votes,
        "pool": str(said.get("pool", "")).casefold(),
    }  # fmt: skip
    found = {**count.result, "votes": {n: Fraction(v) for n, v in count.result["votes"].items()}}
    wrong += [
        f"«{field}» is not what was handed in."
        for field, value in as_said.items()
        if found[field] != value
    ]
    if not reached:
        below = ["Somebody below the threshold has a delegate."] if any(awarded.values()) else []
        return [*wrong, *below]
    again = _thousandths({name: votes[name] for name in reached}, steps)
    raw = {name: Fraction(again[name] * said["delegates"], 100 * steps) for name in reached}
    return [*wrong, *_wrong(raw, awarded, said["delegates"], lots, count)]


def _thousandths(votes: Mapping[str, Fraction], steps: int) -> dict[str, int]:
    """The nearest number of parts of a percent; the upper one where two are as near."""
    total = sum(votes.values())
    shares: dict[str, int] = {}
    for name, number in votes.items():
        exact = number * 100 * steps / total
        low = exact.numerator // exact.denominator
        shares[name] = low if exact - low < low + 1 - exact else low + 1
    return shares


def _wrong(
    raw: Mapping[str, Fraction],
    awarded: Mapping[str, int],
    delegates: int,
    lots: Lots,
    count: Count,
) -> Iterator[str]:
    for name, number in awarded.items():
        if number and name not in raw:
            yield f"{name} is below the threshold and has {number}."
    extra = {name for name in raw if awarded.get(name, 0) == raw[name].__floor__() + 1}
    if any(awarded.get(name, 0) != raw[name].__floor__() for name in set(raw) - extra):
        yield "Somebody has neither the whole number nor one more."
        return
    hanging = count.tie.choose if count.tie else 0
    rest = delegates - sum(number.__floor__() for number in raw.values())
    # Where rounding the percents twice left a number that the rule does not place, whole delegates alone.
    expected = delegates - (hanging if 0 <= rest <= len(raw) else rest)
    if sum(awarded.values()) != expected:
        yield f"{sum(awarded.values())} delegates are awarded of {delegates}."
    among = set(count.tie.among) if count.tie else set()
    if among & extra or len({raw[name] % 1 for name in among}) > 1:
        yield "The tie is among those who are not equal."
    drawn = [set(lot.among) - set(lot.chosen) for lot in lots.all]
    for more in extra:
        for less in set(raw) - extra - among:
            if raw[more] % 1 < raw[less] % 1:
                yield f"{more} has one more before {less}, whose fraction is higher."
            elif raw[more] % 1 == raw[less] % 1 and not any(less in losers for losers in drawn):
                yield f"{more} and {less} are equal, and no ruling is on record."
    for name in among:
        if any(raw[other] % 1 < raw[name] % 1 for other in extra):
            yield f"{name} draws, though a lower fraction has one more already."
        if any(raw[other] % 1 >= raw[name] % 1 for other in set(raw) - extra - among):
            yield f"{name} draws, but somebody as high does not."


def check_totals(
    _said: Mapping[str, Any], _rules: Mapping[str, Any], _lots: Lots, count: Count
) -> list[str]:
    """Whether each pool, and all together, are the sums of the units."""
    found, units = count.result["totals"], count.result["units"]
    names = {name for one in units for name in one["awarded"]}
    pools = {one["pool"] or "other" for one in units}
    wrong = [
        f"The delegates of {name} do not add up."
        for name in sorted(names | set(found["delegates"]))
        if found["delegates"].get(name) != sum(one["awarded"].get(name, 0) for one in units)
    ]
    for pool in sorted(pools | set(found["by_pool"])):
        of_pool = [one["awarded"] for one in units if (one["pool"] or "other") == pool]
        added = {name: sum(one.get(name, 0) for one in of_pool) for one in of_pool for name in one}
        if found["by_pool"].get(pool) != added:
            wrong.append(f"The delegates of the pool {pool} do not add up.")
    if found["open"] != sum(one["open"] for one in units):
        wrong.append("The open delegates do not add up.")
    return wrong
