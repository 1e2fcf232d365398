"""The totals of many units: delegates, and state delegates where the worth of a delegate is known."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest.percent import both_roundings
from hustings.core.contest.transcript import exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.contest.count import Count
    from hustings.core.contest.lot import Lots

PLACES = 2


def totals(
    _units: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """
    What the units add up to, satellites and tele-caucuses among them.

    Delegates of two counties are not worth the same, so shares are of state delegates alone. A unit whose rate is
    not known, as of a satellite whose formula is in no source, adds none and is counted in ``units_without_rate``.
    """
    delegates: dict[str, int] = {}
    state: dict[str, Fraction] = {}
    for one in results:
        for group, number in one["awarded"].items():
            delegates[group] = delegates.get(group, 0) + number
        for group, number in one.get("sde", {}).items():
            state[group] = state.get(group, Fraction(0)) + Fraction(number)
    return {
        "units": len(results),
        "attendance": sum(one["attendance"] for one in results),
        "delegates": delegates,
        "open": sum(one["open"] for one in results),
        "sde": {group: exact(number) for group, number in state.items()},
        "sde_percent": both_roundings(state, PLACES),
        "units_without_rate": sum("sde" not in one for one in results),
    }


def check_totals(
    said: Mapping[str, Any], _rules: Mapping[str, Any], _lots: Lots, count: Count
) -> list[str]:
    """Whether the totals are the sums of the units, added up once more from the other side."""
    found, units = count.result["totals"], count.result["units"]
    names = {group for one in units for group in one["awarded"]}
    state = {
        name: sum((Fraction(one.get("sde", {}).get(name, 0)) for one in units), Fraction(0))
        for name in sorted({group for one in units for group in one.get("sde", {})})
    }
    wrong = [
        f"The delegates of {name} do not add up."
        for name in sorted(names | set(found["delegates"]))
        if found["delegates"].get(name, 0) != sum(one["awarded"].get(name, 0) for one in units)
    ]
    wrong += [
        f"The state delegates of {name} do not add up."
        for name in sorted({*state, *found["sde"]})
        if name not in state or Fraction(found["sde"].get(name, -1)) != state[name]
    ]
    if found["sde_percent"] != _both_shares(state):
        wrong.append("The shares of the state delegates are not theirs.")
    wrong += [
        f"{title} of the units do not add up."
        for field, title in (("attendance", "Those who attended"), ("open", "The open delegates"))
        if found[field] != sum(one[field] for one in units)
    ]
    if found["units_without_rate"] != len([one for one in units if one.get("sde") is None]):
        wrong.append("The number of units without a rate is another.")
    if found["units"] != len(said["units"]):
        wrong.append("The number of units is not that of the input.")
    return wrong


def _both_shares(state: Mapping[str, Fraction]) -> dict[str, dict[str, str | None]]:
    """In percent, worked out in whole hundredths: from the numbers, and from whole ones."""
    return {
        "from exact numbers": _shares(state),
        "rounded before dividing": _shares(
            {name: Fraction((2 * number + 1) // 2) for name, number in state.items()}
        ),
    }


def _shares(numbers: Mapping[str, Fraction]) -> dict[str, str | None]:
    whole = sum(numbers.values())
    if not whole:
        return dict.fromkeys(numbers)
    hundredths = {
        name: (number * 20_000 + whole) // (2 * whole) for name, number in numbers.items()
    }
    return {name: f"{parts // 100}.{parts % 100:02}" for name, parts in hundredths.items()}
