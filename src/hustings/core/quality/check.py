"""A judge of the signals of a shift; it shares no code with what finds them, and tries every stretch."""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hustings.core.quality.shift import Arrival, Heard, Others, Shift
    from hustings.core.quality.signals import Signal

ROUNDING = 1e-6
"""Sums of seconds that differ by less are the same."""
GRID = 2000
"""In how many steps shares are tried."""


def broken_laws(shift: Shift, others: Others, found: Sequence[Signal]) -> list[str]:
    """A sentence for each law that the signals break."""
    by_kind = Counter(signal.about for signal in found)
    broken = [f"{about} is asked {times} times." for about, times in by_kind.items() if times > 1]
    one = {signal.about: signal for signal in found}
    broken += _pace(shift, one.get("pace"))
    broken += _contacts(shift, others, one.get("contacts"))
    broken += _run(shift.heard, others, one.get("run"))
    broken += _minute(shift, one.get("minute"))
    far = shift.ahead_s is not None and abs(shift.ahead_s) >= 1800
    if far != ("clock" in one):
        broken.append(f"A clock {shift.ahead_s} seconds ahead is judged wrongly.")
    return broken


def _pace(shift: Shift, said: Signal | None) -> Iterator[str]:
    doors = _without_floors(shift.arrivals)
    times = [(15 + _way_m(a, b) / 2) / shift.people for a, b in itertools.pairwise(doors)]
    longest, sure = 0, 0
    for start in range(len(doors)):
        needed = 0.0
        for end in range(start + 1, len(doors)):
            needed += times[end - 1]
            over = needed - (doors[end].at - doors[start].at)
            if over > -ROUNDING:
                longest = max(longest, end - start + 1)
            if over > ROUNDING:
                sure = max(sure, end - start + 1)
    if said is None:
        if sure >= 10:
            yield f"{sure} doors were quicker than anybody walks, and nobody asks."
        return
    count = said.figures["doors"]
    if not (isinstance(count, int) and count >= 10 and sure <= count <= longest):
        yield f"{count} doors are asked about; the longest stretch has {sure}."
    if said.last_at is None or said.first_at is None or said.last_at < said.first_at:
        yield "A stretch of doors has no beginning and end."
    elif said.figures["seconds"] != round(said.last_at - said.first_at):
        yield "The stretch took another time than the question says."


def _without_floors(arrivals: Sequence[Arrival]) -> list[Arrival]:
    kept: list[Arrival] = []
    for arrival in arrivals:
        silent_again = (
            bool(kept)
            and not kept[-1].spoken
            and not arrival.spoken
            and arrival.building is not None
            and kept[-1].building == arrival.building
            and arrival.at <= kept[-1].at + 2
        )
        if not silent_again:
            kept.append(arrival)
    return kept


def _way_m(one: Arrival, other: Arrival) -> float:
    if None in (one.east, one.north, other.east, other.north):
        return 0.0
    east = (one.east or 0.0) - (other.east or 0.0)
    north = (one.north or 0.0) - (other.north or 0.0)
    return float((east * east + north * north) ** 0.5)


def _contacts(shift: Shift, others: Others, said: Signal | None) -> Iterator[str]:
    doors = len(shift.arrivals)
    enough = doors >= 30 and others.doors >= 300
    if not enough:
        if said is not None:
            yield "Contacts are asked about while the figures are few."
        return
    # A share lies in the interval of a count where the count is within z standard deviations of it.
    shares = range(GRID + 1)
    here = [n for n in shares if _within(Fraction(n, GRID), shift.contacts, doors)]
    there = [n for n in shares if _within(Fraction(n, GRID), others.contacts, others.doors)]
    if said is not None and set(here) & set(there):
        yield "Contacts are asked about though one share fits both."
    if said is None and max(min(here) - max(there), min(there) - max(here)) > 2:
        yield "No share fits both, and nobody asks about contacts."


def _within(share: Fraction, part: int, whole: int) -> bool:
    off = Fraction(part, whole) - share
    return off * off <= Fraction(329, 100) ** 2 * share * (1 - share) / whole


def _run(heard: Sequence[Heard], others: Others, said: Signal | None) -> Iterator[str]:
    known = sum(others.answers.values())
    rare = 0
    for start in range(len(heard)):
        end = start
        while end < len(heard) and heard[end].answer == heard[start].answer:
            end += 1
        length = end - start
        whole_run = start == 0 or heard[start - 1].answer != heard[start].answer
        if not whole_run or length < 8 or known < 100:
            continue
        share = Fraction(others.answers.get(heard[start].answer, 0) + 1, known + 1)
        chance = (len(heard) - length + 1) * max(share, Fraction(1, 2)) ** length
        if chance < Fraction(1, 1000):
            rare = max(rare, length)
    if rare != (said.figures["answers"] if said else 0):
        yield f"The longest run beyond chance has {rare} answers."


def _minute(shift: Shift, said: Signal | None) -> Iterator[str]:
    most = max(
        (
            len({one.door for one in shift.heard if first.at <= one.at < first.at + 60})
            for first in shift.heard
        ),
        default=0,
    )
    if most < 5 * shift.people:
        most = 0
    if most != (said.figures["doors"] if said else 0):
        yield f"The fullest minute has answers of {most} doors."
