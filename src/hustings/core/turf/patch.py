"""
One walk from here, within a time, out of the free doors of a patch.

What a cut does for a whole town is too slow for somebody who stands there and waits. Among some hundreds of
doors every distance fits into one table, and plain array arithmetic finds a walk in hundredths of a second:
begin at one of the doors near by, go on to the nearest until the time is used up, put the walk into a better
order, fill what time is left with the doors that cost least on the way; from several beginnings, and the walk
with the fewest minutes a door is taken. No kernels are compiled or loaded here.

The minutes are those of a cut (``measures.py``), and the way from here to the first door counts among them.
See ``docs/methods/ninety-minutes.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput
from hustings.core.turf.gather import gather
from hustings.core.turf.patch_table import table_of
from hustings.core.walk.line import walk_line
from hustings.core.walk.nearby import nearby

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.patch_table import Table
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork

MOST_DOORS = 400
"""Doors of one patch: several walks of ninety minutes, so that there is something to choose."""
STREETS_M = 300.0
"""Streets this far beyond the outermost doors may be part of the way."""
BEGINNINGS, BETTERED = 8, 2
"""Walks that are begun, and how many of them, the best so far, are put into a better order and filled."""
ROUNDS = 3
"""How often the dearest stops of a walk are given up for others."""
CLOSE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """
    A walk out of a patch.

    Parameters
    ----------
    doors
        Indices of its doors, in walking order.
    minutes, walk_m
        Talking, stairs and walking from the first door to the last; without the way there.
    approach_m
        Metres from the start to the first door; 0 where there is no start.
    line
        The way along the streets, as (lon, lat).
    """

    doors: NDArray[np.int64]
    minutes: float
    walk_m: float
    approach_m: float
    line: list[tuple[float, float]]


def walk_from_here(doors: Doors, streets: StreetNetwork | None, wishes: Wishes) -> Walk | None:
    """
    The walk with the fewest minutes a door that fits into ``wishes.minutes_each`` from ``wishes.start``.

    Parameters
    ----------
    doors
        Free doors near by, at most :data:`MOST_DOORS`.
    streets
        The walkable network, of any size; None where there is no map.
    wishes
        With ``minutes_each``; ``loop`` and ``never_split_streets`` are not looked at.

    Returns
    -------
    Walk or None
        None where not even one door fits into the time.

    Raises
    ------
    BadInput
        When it is asked for doors instead of minutes, or of too many doors.
    """
    if wishes.minutes_each is None:
        raise BadInput("A walk from here is told in minutes; say how many.")
    if len(doors) > MOST_DOORS:
        raise BadInput(f"A patch has at most {MOST_DOORS} doors; these are {len(doors)}.")
    if len(doors) == 0:
        return None
    around = None
    if streets is not None and streets.edge_count:
        around = nearby(streets, doors.lon, doors.lat, STREETS_M)
    gathered = gather(doors, around, wishes)
    table = table_of(gathered, around, wishes)
    begun = [
        walk
        for first in _beginnings(table)
        if (walk := _nearest_first(table, gathered, first, wishes.minutes_each))
    ]
    begun.sort(key=lambda walk: _each(table, walk))
    best: list[int] = []
    for walk in begun[:BETTERED]:
        made = _bettered(table, gathered, walk, wishes)
        if not best or _each(table, made) < _each(table, best) - CLOSE:
            best = made
    if not best:
        return None
    order = np.array(best, np.int64)
    walk_m = float(table.metres[order[:-1], order[1:]].sum())
    first_doors = gathered.order[gathered.start[order]]
    stops = gathered.stops
    return Walk(
        doors=gathered.doors_of(order),
        minutes=float(table.minutes_at[order].sum()) + walk_m / table.pace,
        walk_m=walk_m,
        approach_m=float(table.approach[order[0]]),
        line=walk_line(
            doors.lon[first_doors],
            doors.lat[first_doors],
            stops.edge[order],
            stops.along[order].astype(np.float64),
            around,
        ),
    )


def _beginnings(table: Table) -> list[int]:
    """The stops nearest to here, no two of them side by side while there are others."""
    order = np.argsort(table.approach, kind="stable")
    first: list[int] = []
    for stop in order.tolist():
        if len(first) == BEGINNINGS:
            break
        if all(table.metres[stop, other] > table.apart for other in first):
            first.append(stop)
    return first or order[:1].tolist()


def _minutes(table: Table, walk: list[int]) -> float:
    """All of it, with the way there."""
    order = np.array(walk, np.int64)
    metres = table.metres[order[:-1], order[1:]].sum() + table.approach[order[0]]
    return float(table.minutes_at[order].sum() + metres / table.pace)


def _each(table: Table, walk: list[int]) -> float:
    """Minutes a door, with the way there."""
    return _minutes(table, walk) / float(table.doors_at[walk].sum())


def _nearest_first(table: Table, gathered: Gathered, first: int, minutes: float) -> list[int]:
    """On to the nearest that still fits, until none does; in the district of the first."""
    free = table.may_follow(gathered, first)
    free[first] = False
    used = float(table.minutes_at[first] + table.approach[first] / table.pace)
    if used > minutes:
        return []
    walk = [first]
    while True:
        here = walk[-1]
        fits = free & (table.minutes_at + table.metres[here] / table.pace <= minutes - used)
        if not fits.any():
            return walk
        following = int(np.argmin(np.where(fits, table.price[here, :-2], np.inf)))
        used += float(table.minutes_at[following] + table.metres[here, following] / table.pace)
        free[following] = False
        walk.append(following)


def _bettered(table: Table, gathered: Gathered, walk: list[int], wishes: Wishes) -> list[int]:
    """A better order, the time filled up, and the dearest stops given up for others while that helps."""
    minutes = wishes.minutes_each or 0.0
    allowed = table.may_follow(gathered, walk[0])
    best = _filled(table, _ordered(table, walk), allowed, minutes)
    given_up: set[int] = set()
    for _round in range(ROUNDS):
        dearest = _dearest(table, best, given_up)
        if dearest < 0 or len(best) < 2:
            break
        given_up.add(dearest)
        tried = allowed.copy()
        tried[dearest] = False
        fewer = [stop for stop in best if stop != dearest]
        other = _ordered(table, _filled(table, fewer, tried, minutes))
        other = _filled(table, other, allowed, minutes)
        if _minutes(table, other) <= minutes and _each(table, other) < _each(table, best) - CLOSE:
            best = other
    return best


def _dearest(table: Table, walk: list[int], given_up: set[int]) -> int:
    """The stop without which the walk would be shortest for each of its doors; -1 where all were tried."""
    line = table.line(walk)
    saved = table.price[line[:-2], line[1:-1]] + table.price[line[1:-1], line[2:]]
    saved -= table.price[line[:-2], line[2:]]
    order = np.array(walk, np.int64)
    each = (saved / table.pace + table.minutes_at[order]) / table.doors_at[order]
    for at in np.argsort(-each, kind="stable").tolist():
        stop = int(walk[at])
        if stop not in given_up:
            return stop
    return -1


def _filled(table: Table, walk: list[int], allowed: NDArray[np.bool_], minutes: float) -> list[int]:
    """With the doors that cost least on the way, while there is time."""
    walk = list(walk)
    free = allowed.copy()
    free[walk] = False
    used = _minutes(table, walk)
    while free.any():
        line = table.line(walk)
        others = np.flatnonzero(free)
        detour = (
            table.price[np.ix_(line[:-1], others)]
            + table.price[np.ix_(line[1:], others)]
            - table.price[line[:-1], line[1:]][:, None]
        )
        place = np.argmin(detour, axis=0)
        more = table.minutes_at[others] + detour[place, np.arange(len(others))] / table.pace
        fits = more <= minutes - used
        if not fits.any():
            return walk
        chosen = int(np.argmin(np.where(fits, more / table.doors_at[others], np.inf)))
        walk.insert(int(place[chosen]), int(others[chosen]))
        free[others[chosen]] = False
        used = _minutes(table, walk)
        if used > minutes + CLOSE:  # prices may be below metres only by rounding
            walk.remove(int(others[chosen]))
            return walk
    return walk


def _ordered(table: Table, walk: list[int]) -> list[int]:
    """Turn pieces round and move short ones elsewhere while that shortens the walk (2-opt, Or-opt)."""
    line = table.line(walk)
    for _turn in range(4 * len(walk)):
        between = table.price[np.ix_(line, line)]
        step = np.diagonal(between, 1)
        turned = _best_turn(between, step)
        moved = _best_move(between, step)
        if min(turned[0], moved[0]) > -CLOSE:
            break
        if turned[0] <= moved[0]:
            _gain, i, j = turned
            line[i + 1 : j + 1] = line[i + 1 : j + 1][::-1]
            continue
        _gain, begin, length, after, back = moved
        piece = line[begin : begin + length]
        rest = np.concatenate([line[:begin], line[begin + length :]])
        at = after + 1 if after < begin else after + 1 - length
        line = np.concatenate([rest[:at], piece[::-1] if back else piece, rest[at:]])
    return [int(stop) for stop in line[1:-1]]


def _best_turn(between: NDArray[np.float64], step: NDArray[np.float64]) -> tuple[float, int, int]:
    """What turning the piece from i + 1 to j round changes, for the best i and j."""
    change = between[:-1, :-1] + between[1:, 1:] - step[:, None] - step[None, :]
    change[np.tril_indices(len(step), 1)] = 0.0
    i, j = divmod(int(np.argmin(change)), len(step))
    return float(change[i, j]), i, j


def _best_move(
    between: NDArray[np.float64], step: NDArray[np.float64]
) -> tuple[float, int, int, int, bool]:
    """What moving a piece of one to three stops changes, for the best of them: where to, and turned or not."""
    best = (0.0, 0, 0, 0, False)
    count = len(step)
    for length in (1, 2, 3):
        begin = np.arange(1, count - length + 1)
        if not len(begin):
            continue
        last = begin + length - 1
        out = step[begin - 1] + step[last] - between[begin - 1, last + 1]
        ahead = between[:-1, begin] + between[1:, last]
        back = between[:-1, last] + between[1:, begin]
        change = np.minimum(ahead, back) - step[:, None] - out[None, :]
        gap = np.arange(count)[:, None]
        change[(gap >= begin[None, :] - 1) & (gap <= last[None, :])] = 0.0
        after, which = divmod(int(np.argmin(change)), len(begin))
        if change[after, which] < best[0]:
            turned = bool(back[after, which] < ahead[after, which])
            best = (float(change[after, which]), int(begin[which]), length, after, turned)
    return best
