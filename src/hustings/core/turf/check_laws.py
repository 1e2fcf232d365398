"""The laws every plan obeys, each with the sentence that says how it was broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hustings.core.turf.plan import Plan

DOORS_OVER, MINUTES_OVER = 1.10, 1.15
"""How much larger than asked a walk may be."""

LAWS = (
    "every-door-once",
    "stops-in-order",
    "size",
    "connected",
    "barriers",
    "districts",
    "buildings",
    "streets",
    "locked",
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that is broken, one of :data:`LAWS`, and how."""

    law: str
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What the laws look at; arrays have one entry a turf, in the order of ``turf``."""

    doors: int
    plan: Plan
    previous: Plan | None
    asked_doors: int | None
    asked_minutes: float | None
    locked: tuple[int, ...]
    turf: NDArray[np.int32]
    each: NDArray[np.int64]
    minutes: NDArray[np.float64]
    """Without the way to the start."""
    connected: NDArray[np.bool_]
    barrier_crossings: int
    across_districts: int
    buildings_split: int
    streets_split_though_forbidden: int
    repeated: tuple[str, ...]
    unknown: tuple[str, ...]


def broken_laws(facts: Facts) -> tuple[Broken, ...]:
    """Every law that is broken."""
    return tuple(
        Broken(law, message)
        for law, messages in (
            ("every-door-once", _once(facts)),
            ("stops-in-order", _stops(facts)),
            ("size", _size(facts)),
            ("connected", _connected(facts)),
            (
                "barriers",
                _count(
                    facts.barrier_crossings, "legs cross a barrier where there is no crossing near"
                ),
            ),
            ("districts", _count(facts.across_districts, "walks cross the border of a district")),
            (
                "buildings",
                _count(facts.buildings_split, "buildings that fit into one walk are split"),
            ),
            (
                "streets",
                _count(
                    facts.streets_split_though_forbidden,
                    "streets shorter than a walk are split though that was forbidden",
                ),
            ),
            ("locked", _locked(facts)),
        )
        for message in messages
    )


def _count(number: int, what: str) -> Iterator[str]:
    if number:
        yield f"{number} {what}."


def _once(facts: Facts) -> Iterator[str]:
    missing = int((facts.plan.turf <= 0).sum())
    if missing:
        yield f"{missing} of {facts.doors} doors are in no walk."
    if facts.repeated:
        yield f"{len(facts.repeated)} doors come more than once, {facts.repeated[0]} first."
    if facts.unknown:
        yield f"{len(facts.unknown)} doors of the plan are not among the doors, {facts.unknown[0]} first."


def _stops(facts: Facts) -> Iterator[str]:
    order = np.lexsort((facts.plan.stop, facts.plan.turf))
    order = order[facts.plan.turf[order] > 0]
    turf, stop = facts.plan.turf[order], facts.plan.stop[order]
    first = np.searchsorted(turf, turf)
    wrong = np.unique(turf[stop != np.arange(len(turf)) - first + 1])
    if len(wrong):
        yield f"The stops of {len(wrong)} walks do not run 1, 2, 3 … ({_some(wrong)})."


def _size(facts: Facts) -> Iterator[str]:
    if facts.asked_doors is not None:
        limit = np.ceil(DOORS_OVER * facts.asked_doors)
        over = facts.turf[facts.each > limit]
        if len(over):
            yield f"{len(over)} walks have more than {limit:.0f} doors ({_some(over)})."
    if facts.asked_minutes is not None:
        most = MINUTES_OVER * facts.asked_minutes
        over = facts.turf[(facts.minutes > most) & (facts.each > 1)]
        if len(over):
            yield f"{len(over)} walks take more than {most:.0f} minutes ({_some(over)})."


def _connected(facts: Facts) -> Iterator[str]:
    apart = facts.turf[~facts.connected]
    if len(apart):
        yield (
            f"{len(apart)} of {len(facts.turf)} walks are not connected: somebody would pass doors of "
            f"another walk on the same side ({_some(apart)})."
        )


def _locked(facts: Facts) -> Iterator[str]:
    if not facts.locked:
        return
    if facts.previous is None:
        yield "Walks are locked, but there is no previous plan to keep them as they were."
        return
    now, then = facts.plan, facts.previous
    for turf in facts.locked:
        ours = np.flatnonzero((now.turf == turf) | (then.turf == turf))
        kept = np.array_equal(
            ours[np.lexsort((now.stop[ours], now.turf[ours] != turf))],
            ours[np.lexsort((then.stop[ours], then.turf[ours] != turf))],
        )
        if not (then.turf == turf).any():
            yield f"Walk {turf} is locked, but the previous plan has no such walk."
        elif (now.turf[ours] != then.turf[ours]).any() or not kept:
            yield f"Walk {turf} is locked, and was changed."


def _some(turfs: NDArray[np.int32]) -> str:
    """A few turf numbers in words."""
    text = ", ".join(str(turf) for turf in turfs[:5])
    return f"walk {text}" + (" …" if len(turfs) > 5 else "")
