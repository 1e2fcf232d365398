"""
Five things that are worth a question: pace, contacts, runs, one minute, and the clock.

Each has a limit that is met by an honest shift about once in a thousand or never, and each says nothing while the
figures are few. What the limits are and where they come from stands in ``docs/methods/quality.md``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from math import hypot, sqrt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.core.quality.shift import Arrival, Heard, Others, Shift

type About = Literal["pace", "contacts", "run", "minute", "clock"]

QUICKEST_DOOR_S = 15.0
"""Ringing, waiting until somebody could have come, and tapping; nobody is asked who took longer."""
FASTEST_M_PER_S = 2.0
"""Half as fast again as people walk: a trot."""
DOORS_FOR_PACE = 10
ONE_TAP_S = 2.0
"""«No answer» for a whole floor makes one event a door, all within this time."""
DOORS_FOR_CONTACTS, OTHERS_FOR_CONTACTS = 30, 300
Z = 3.29
"""Of a normal distribution, one in a thousand lies further out."""
SHORTEST_RUN, OTHERS_FOR_RUN = 8, 100
CHANCE = 1000
"""One in so many."""
DOORS_IN_A_MINUTE = 5
MINUTE_S = 60.0
CLOCK_FAR_OFF_S = 30 * 60


@dataclass(frozen=True, slots=True)
class Signal:
    """
    Something worth a question, with the figures that the question names.

    ``first_at`` and ``last_at`` are the first and last moment that it is about; None where it is about the whole shift.
    """

    about: About
    figures: Mapping[str, int | str] = field(default_factory=dict)
    first_at: float | None = None
    last_at: float | None = None


def signals(shift: Shift, others: Others) -> list[Signal]:
    """What is worth a question about this shift, at most one of each kind."""
    found = (
        pace(shift.arrivals, shift.people),
        contacts(shift, others),
        run(shift.heard, others),
        minute(shift.heard, shift.people),
        clock(shift.ahead_s),
    )
    return [signal for signal in found if signal is not None]


def interval(part: int, whole: int) -> tuple[float, float]:
    """Between which shares the true one lies, but for one in a thousand: Wilson's interval for ``part`` of ``whole``."""
    share, square = part / whole, Z * Z / whole
    middle = (share + square / 2) / (1 + square)
    reach = sqrt(share * (1 - share) * square + square * square / 4) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def as_one(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals, where a floor that was recorded in one tap is one of them."""
    kept: list[Arrival] = []
    for arrival in arrivals:
        last = kept[-1] if kept else None
        if (
            last is None
            or arrival.spoken
            or last.spoken
            or arrival.building is None
            or arrival.building != last.building
            or arrival.at - last.at > ONE_TAP_S
        ):
            kept.append(arrival)
    return kept


def needed_s(before: Arrival, arrival: Arrival) -> float:
    """The least time from one door to the next: the straight way at a trot, and the door itself."""
    if before.east is None or before.north is None or arrival.east is None or arrival.north is None:
        return QUICKEST_DOOR_S
    way_m = hypot(arrival.east - before.east, arrival.north - before.north)
    return QUICKEST_DOOR_S + way_m / FASTEST_M_PER_S


def pace(arrivals: Sequence[Arrival], people: int = 1) -> Signal | None:
    """The longest stretch of doors that was quicker than ways and doors allow; the first of several."""
    doors = as_one(arrivals)
    spare = [0.0]
    """Time that went by since the first door, less what was needed: it falls over a stretch that was too quick."""
    for before, arrival in pairwise(doors):
        spare.append(spare[-1] + (arrival.at - before.at) - needed_s(before, arrival) / people)
    # Later than the last place whose least spare from there on is below another, nothing is below it.
    least = list(accumulate(reversed(spare), min))[::-1]
    best: tuple[int, int] | None = None
    for start in range(len(doors)):
        last = bisect_left(least, spare[start]) - 1
        if last > start and (best is None or last - start > best[1] - best[0]):
            best = (start, last)
    if best is None or best[1] - best[0] + 1 < DOORS_FOR_PACE:
        return None
    first, end = doors[best[0]], doors[best[1]]
    figures = {"doors": best[1] - best[0] + 1, "seconds": round(end.at - first.at)}
    return Signal("pace", figures, first.at, end.at)


def contacts(shift: Shift, others: Others) -> Signal | None:
    """Far more or far fewer people met than elsewhere in the campaign, beyond the uncertainty of both."""
    doors = len(shift.arrivals)
    if doors < DOORS_FOR_CONTACTS or others.doors < OTHERS_FOR_CONTACTS:
        return None
    low, high = interval(shift.contacts, doors)
    others_low, others_high = interval(others.contacts, others.doors)
    if low <= others_high and others_low <= high:
        return None
    figures = {
        "contacts": shift.contacts,
        "doors": doors,
        "low_percent": int(others_low * 100),
        "high_percent": -int(-others_high * 100 // 1),
    }
    return Signal("contacts", figures)


def run(heard: Sequence[Heard], others: Others) -> Signal | None:
    """
    The same answer so often in a row that chance gives it less than once in a thousand shifts; the longest.

    Neighbours are alike, so an answer is taken to be no rarer than every second one.
    """
    known = sum(others.answers.values())
    if known < OTHERS_FOR_RUN:
        return None
    best: Signal | None = None
    longest = SHORTEST_RUN - 1
    for answer, group in groupby(heard, key=lambda each: each.answer):
        row = list(group)
        often, of = others.answers.get(answer, 0) + 1, known + 1
        if 2 * often < of:
            often, of = 1, 2
        # The chance of such a run is at most the number of its places times the chance at one.
        places = len(heard) - len(row) + 1
        if len(row) > longest and CHANCE * places * often ** len(row) < of ** len(row):
            longest = len(row)
            best = Signal("run", {"answers": len(row), "answer": answer}, row[0].at, row[-1].at)
    return best


def minute(heard: Sequence[Heard], people: int = 1) -> Signal | None:
    """The most doors at which answers were recorded within one minute; the first of several."""
    best: tuple[int, int, int] | None = None
    start = 0
    for end in range(len(heard)):
        while heard[end].at - heard[start].at >= MINUTE_S:
            start += 1
        doors = len({each.door for each in heard[start : end + 1]})
        if doors >= DOORS_IN_A_MINUTE * people and (best is None or doors > best[0]):
            best = (doors, start, end)
    if best is None:
        return None
    doors, start, end = best
    return Signal("minute", {"doors": doors}, heard[start].at, heard[end].at)


def clock(ahead_s: int | None) -> Signal | None:
    """A clock half an hour off or more: positive minutes are ahead."""
    if ahead_s is None or abs(ahead_s) < CLOCK_FAR_OFF_S:
        return None
    return Signal("clock", {"minutes": round(ahead_s / 60)})
