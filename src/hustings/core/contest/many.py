"""One count over many units: each is counted alone, its ties and steps carry its name, and the totals stand beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.candidates import (
    candidates_of,
    refuse_strangers,
    refuse_twins_among,
)
from hustings.core.contest.count import Count
from hustings.core.contest.lot import Lot, LotRefused, Lots
from hustings.core.contest.tie import Tie
from hustings.core.contest.transcript import Step, Transcript
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Plain = Mapping[str, Any]
    CountOne = Callable[[Plain, Plain, Lots], Count]
    CheckOne = Callable[[Plain, Plain, Lots, Count], list[str]]
    Totals = Callable[[Sequence[Plain], Sequence[Plain]], dict[str, Any]]

MOST_UNITS = 50_000


def named(unit: str, step: str) -> str:
    """The name of a step or a tie of one unit among many."""
    return f"{unit}: {step}"


def counting_many(count: CountOne, totals: Totals) -> CountOne:
    """``count`` for one unit, or for each of ``units``; ``totals`` is given their inputs and their results."""

    def of_one_or_many(said: Plain, rules: Plain, lots: Lots) -> Count:
        units, candidates = units_of(said), candidates_of(said)
        for unit in [said] if units is None else units:
            refuse_strangers(unit, candidates)
        refuse_twins_among([said] if units is None else units)
        if units is None:
            return count(said, rules, lots)
        return _count(count, totals, units, rules, lots)

    return of_one_or_many


def checking_many(check: CheckOne, totals: CheckOne) -> CheckOne:
    """``check`` for one unit, or for each of many; ``totals`` judges what stands beside them."""

    def of_one_or_many(said: Plain, rules: Plain, lots: Lots, count: Count) -> list[str]:
        units = units_of(said)
        if units is None:
            return check(said, rules, lots, count)
        return [*_check(check, units, rules, lots, count), *totals(said, rules, lots, count)]

    return of_one_or_many


def units_of(said: Plain) -> list[Plain] | None:
    """The units of a contest, none twice; nothing where the input is one unit itself."""
    if "units" not in said:
        return None
    if "lots" in said:
        raise BadInput(
            "«lots» beside «units» are not read; hand them in with --lots, or put them into their units."
        )
    plain.refuse_unknown(said, frozenset({"units", "candidates"}), "")
    units = said["units"]
    if not isinstance(units, list) or not units or len(units) > MOST_UNITS:
        raise BadInput(f"«units» must be a list of 1 to {MOST_UNITS} units.")
    seen: set[str] = set()
    for at, unit in enumerate(units, 1):
        if not isinstance(unit, dict):
            raise BadInput("A unit must be values by name.", where=f"unit {at}")
        if "candidates" in unit:
            raise BadInput(
                "«candidates» stand beside «units», not in one of them.", where=f"unit {at}"
            )
        name = plain.name_of(unit.get("unit"), "unit", f"unit {at}")
        if name in seen:
            raise BadInput(f"The unit «{name}» comes twice.", where=f"unit {at}")
        seen.add(name)
    plain.refuse_twins(seen, "units", "")
    return units


def _count(
    count: CountOne, totals: Totals, units: Sequence[Plain], rules: Plain, lots: Lots
) -> Count:
    lots_of = lots_by_unit(units, lots)
    results: list[Mapping[str, Any]] = []
    steps: list[Step] = []
    flags: list[str] = []
    ties: list[Tie] = []
    tied: list[str] = []
    method = ""
    for unit in units:
        name: str = unit["unit"]
        found = count(unit, rules, Lots(lots_of.get(name, ())))
        method = found.method
        results.append(found.result)
        steps += [replace(step, name=named(name, step.name)) for step in found.transcript.steps]
        flags += [named(name, flag) for flag in found.flags]
        if found.tie is not None:
            ties.append(replace(found.tie, step=named(name, found.tie.step)))
            tied.append(name)
    result = {
        "units": [dict(one) for one in results],
        "ties": [{"unit": unit, **tie.as_json()} for unit, tie in zip(tied, ties, strict=True)],
        "totals": totals(units, results),
    }
    return Count(method, result, Transcript(tuple(steps)), ties[0] if ties else None, tuple(flags))


def lots_by_unit(units: Sequence[Plain], lots: Lots) -> dict[str, tuple[Lot, ...]]:
    """The lots of each unit, with the steps as that unit names them."""
    names = sorted((unit["unit"] for unit in units), key=len, reverse=True) if lots.all else []
    found: dict[str, tuple[Lot, ...]] = {}
    for lot in lots.all:
        unit = next((name for name in names if lot.step.startswith(named(name, ""))), None)
        if unit is None:
            raise LotRefused(
                f"The lot for «{lot.step}» is for no unit of this contest; "
                f"its step must begin with the unit: «{named(names[-1], 'STEP')}»."
            )
        step = lot.step.removeprefix(named(unit, ""))
        found[unit] = (*found.get(unit, ()), replace(lot, step=step))
    return found


def _check(
    check: CheckOne, units: Sequence[Plain], rules: Plain, lots: Lots, count: Count
) -> list[str]:
    results = count.result["units"]
    if [one["unit"] for one in results] != [unit["unit"] for unit in units]:
        return ["The units of the result are not those of the input."]
    lots_of = lots_by_unit(units, lots)
    tie_of: dict[str, Tie] = {}
    for said in count.result["ties"]:
        unit = said["unit"]
        step = said["step"].removeprefix(named(unit, ""))
        tie_of[unit] = Tie(step, tuple(said["among"]), said["choose"], said["fate"], said["rule"])
    wrong: list[str] = []
    for unit, result in zip(units, results, strict=True):
        name = unit["unit"]
        one = Count(count.method, result, Transcript(), tie_of.get(name))
        wrong += [
            named(name, sentence)
            for sentence in check(unit, rules, Lots(lots_of.get(name, ())), one)
        ]
    return wrong
