"""
The judge: what any plan is worth and which laws it breaks.

Written without looking at the code that cuts, plain rather than fast, by the definitions below.
Distances follow the walking model of :mod:`hustings.core.turf.check_ground`, connection that of
:mod:`hustings.core.turf.check_connected`.

- A *street* is the doors of one name that lie in touching squares of 400 m; where districts are not
  crossed, its parts in two districts are two streets. Doors without a street take the name of the
  street they stand on.
- A street is *shorter than a walk* when its doors, or its minutes there and back, fit into one.
- *Minutes* are talking, stairs and walking: ``minutes_per_door`` a door, ``seconds_per_floor`` a floor
  (within a building from floor to floor, otherwise down and up again), metres at ``metres_per_minute``.
- *Balance* is the largest walk over the mean one; where districts are not crossed, the worst of the parts of
  districts that hang together, each by itself: what others' doors cut off can share no load with the rest.
- A walk is *rural* when more than 50 m are walked for each of its doors.
- A leg *crosses a barrier without a crossing* when the straight line between its doors meets a river,
  railway or motorway and the way round is more than 2.5 times that line and 400 m.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hustings.core.geo import LocalPlane
from hustings.core.turf.check_connected import hanging_together, reached
from hustings.core.turf.check_ground import (
    OTHER_STREET,
    Legs,
    Standing,
    legs_on_streets,
    legs_without_streets,
    names_on_streets,
    stand,
)
from hustings.core.turf.check_laws import Broken, Facts, broken_laws
from hustings.core.turf.problem import Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hustings.core.turf.plan import Plan
    from hustings.core.turf.problem import Doors
    from hustings.core.walk.network import StreetNetwork

STREET_CELL_M = 400.0
RURAL_M_A_DOOR = 50.0
DETOUR, DETOUR_M = 2.5, 400.0


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What was asked of the plan; see :class:`hustings.core.turf.problem.Wishes` for the meaning.

    Without ``doors_each`` and ``minutes_each`` no walk is too large.
    """

    doors_each: int | None = None
    minutes_each: float | None = None
    pace: Pace = field(default_factory=Pace)
    cross_districts: bool = False
    never_split_streets: bool = False
    loop: bool = False
    start: tuple[float, float] | None = None
    locked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """
    What the judge found. Metres and minutes are sums over all walks; shares are 0…1.

    ``connected``, ``barrier_crossings`` and ``no_way`` are None without streets; what compares with a
    previous plan is None without one.
    """

    doors: int
    turfs: int
    walk_m: float
    minutes: float
    doors_mean: float
    doors_max: int
    doors_balance: float
    minutes_mean: float
    minutes_max: float
    minutes_balance: float
    minutes_balance_not_rural: float
    rural_turfs: int
    connected: float | None
    streets: int
    streets_split: int
    short_streets: int
    short_streets_whole: float
    street_changes: int
    mid_block_crossings: int
    barrier_crossings: int | None
    no_way: int | None
    districts_crossed: int
    buildings_split: int
    doors_moved: int | None
    doors_moved_share: float | None
    numbers_changed: int | None
    broken: tuple[Broken, ...]

    @property
    def good(self) -> bool:
        """Whether no law is broken."""
        return not self.broken


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Each walk by itself; one entry a turf, turf numbers ascending."""

    turf: NDArray[np.int32]
    doors: NDArray[np.int64]
    metres: NDArray[np.float64]
    minutes: NDArray[np.float64]
    connected: NDArray[np.bool_]


def check_plan(
    doors: Doors,
    plan: Plan,
    asked: Asked | None = None,
    *,
    streets: StreetNetwork | None = None,
    previous: Plan | None = None,
    repeated: Sequence[str] = (),
    unknown: Sequence[str] = (),
) -> Report:
    """
    Judge a plan.

    Parameters
    ----------
    plan, previous
        In the order of the doors; turf 0 for a door that the plan does not name.
    repeated, unknown
        Ids that a plan's file names twice, or that no door has.
    """
    return judge(doors, plan, asked, streets, previous, repeated, unknown)[0]


def judge(
    doors: Doors,
    plan: Plan,
    asked: Asked | None = None,
    streets: StreetNetwork | None = None,
    previous: Plan | None = None,
    repeated: Sequence[str] = (),
    unknown: Sequence[str] = (),
) -> tuple[Report, Walks]:
    """As :func:`check_plan`, and each walk by itself."""
    asked = asked or Asked()
    plane = LocalPlane.around(doors.lon, doors.lat)
    x, y = plane.metres(doors.lon, doors.lat)
    order = np.lexsort((plan.stop, plan.turf))
    order = order[plan.turf[order] > 0]
    inside = plan.turf[order[1:]] == plan.turf[order[:-1]]
    a, b = order[:-1][inside], order[1:][inside]
    straight = np.hypot(x[a] - x[b], y[a] - y[b])
    numbers, of = np.unique(plan.turf[order], return_inverse=True)
    turf_of = np.full(len(doors), -1, np.int64)
    turf_of[order] = of
    standing: Standing | None = None
    street = doors.street.astype(np.int64)
    connected = np.ones(len(numbers), bool)
    barriers: int | None = None
    no_way: int | None = None
    if streets is not None and streets.edge_count:
        standing = stand(x, y, names_on_streets(doors, streets), streets, plane)
        legs = legs_on_streets(_of(standing, a), _of(standing, b), streets, straight)
        step = reached(standing, plan.turf, a, b, streets)
        np.logical_and.at(connected, turf_of[a], step)
        barriers = _barrier_crossings(x, y, a, b, legs, straight, streets, plane)
        no_way = int(legs.no_way.sum())
        unnamed = street < 0
        on_edge = streets.edge_street[standing.edge[unnamed]]
        street[unnamed] = np.where(on_edge >= 0, len(doors.street_names) + on_edge, -1)
    else:
        legs = legs_without_streets(doors, a, b, straight)
    count = len(numbers)
    metres = np.bincount(turf_of[a], legs.metres, minlength=count)
    extra, approach = _start_and_loop(doors, plan, order, of, asked, standing, streets, plane)
    metres = metres + extra
    each = np.bincount(of, minlength=count)
    minutes = (
        each * asked.pace.minutes_per_door
        + _stairs(doors, order, of, count) * asked.pace.seconds_per_floor / 60
        + metres / asked.pace.metres_per_minute
    )
    walks = Walks(numbers.astype(np.int32), each, metres, minutes, connected)
    district = _district_of_walks(doors, order, of, count)
    streets_of_doors = _streets(street, x, y, doors.district, crossed=asked.cross_districts)
    split = _split(streets_of_doors, turf_of, doors, x, y, asked)
    size, walks_of = _spread(doors.building.astype(np.int64), turf_of)
    rural = metres > RURAL_M_A_DOOR * each
    changes = (street[a] != street[b]) & (street[a] >= 0) & (street[b] >= 0)
    moved, moved_share, renamed = _compare(plan, previous)
    within = _within(doors, order, of, district, asked, standing, streets)
    facts = Facts(
        doors=len(doors),
        plan=plan,
        previous=previous,
        asked_doors=asked.doors_each,
        asked_minutes=asked.minutes_each,
        locked=asked.locked,
        turf=walks.turf,
        each=each,
        minutes=minutes - approach / asked.pace.metres_per_minute,
        connected=connected,
        barrier_crossings=barriers or 0,
        across_districts=0 if asked.cross_districts else int((district == -2).sum()),
        buildings_split=int(((walks_of > 1) & (size <= _fits(asked)) & (size > 0)).sum()),
        streets_split_though_forbidden=split[3] if asked.never_split_streets else 0,
        repeated=tuple(repeated),
        unknown=tuple(unknown),
    )
    report = Report(
        doors=len(doors),
        turfs=count,
        walk_m=round(float(metres.sum()), 1),
        minutes=round(float(minutes.sum()), 1),
        doors_mean=_rounded(each.mean()) if count else 0.0,
        doors_max=int(each.max(initial=0)),
        doors_balance=_balance(each.astype(float), within),
        minutes_mean=_rounded(minutes.mean()) if count else 0.0,
        minutes_max=_rounded(minutes.max(initial=0)),
        minutes_balance=_balance(minutes, within),
        minutes_balance_not_rural=_balance(minutes[~rural], within[~rural]),
        rural_turfs=int(rural.sum()),
        connected=None if standing is None else _rounded(connected.mean() if count else 1.0),
        streets=split[0],
        streets_split=split[1],
        short_streets=split[2],
        short_streets_whole=_rounded(1 - split[3] / split[2]) if split[2] else 1.0,
        street_changes=int(changes.sum()),
        mid_block_crossings=int(legs.mid_block.sum()),
        barrier_crossings=barriers,
        no_way=no_way,
        districts_crossed=int((district == -2).sum()),
        buildings_split=int((walks_of > 1).sum()),
        doors_moved=moved,
        doors_moved_share=moved_share,
        numbers_changed=renamed,
        broken=broken_laws(facts),
    )
    return report, walks


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _of(standing: Standing, at: NDArray[np.int64]) -> Standing:
    return Standing(standing.edge[at], standing.along[at], standing.left[at])


def _fits(asked: Asked) -> float:
    """Doors that fit into one walk."""
    if asked.doors_each is not None:
        return float(asked.doors_each)
    if asked.minutes_each is not None:
        return asked.minutes_each / asked.pace.minutes_per_door
    return np.inf


def _stairs(
    doors: Doors, order: NDArray[np.int64], of: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Floors climbed up and down in each walk."""
    floor = doors.floor[order].astype(np.float64)
    if not len(order):
        return np.zeros(count)
    together = (
        (of[1:] == of[:-1])
        & (doors.building[order[1:]] == doors.building[order[:-1]])
        & (doors.staircase[order[1:]] == doors.staircase[order[:-1]])
    )
    floors = np.zeros(len(order))
    floors += np.append(np.where(together, np.abs(np.diff(floor)), floor[:-1]), floor[-1])
    floors[1:] += np.where(together, 0.0, floor[1:])
    floors[0] += floor[0]
    return np.bincount(of, np.abs(floors), minlength=count)


def _start_and_loop(
    doors: Doors,
    plan: Plan,
    order: NDArray[np.int64],
    of: NDArray[np.int64],
    asked: Asked,
    standing: Standing | None,
    streets: StreetNetwork | None,
    plane: LocalPlane,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres that each walk has besides its legs, and those of them to and from the start."""
    count = int(of.max()) + 1 if len(of) else 0
    none = np.zeros(count)
    if not count or (asked.start is None and not asked.loop):
        return none, none
    first = order[np.searchsorted(of, np.arange(count))]
    last = order[np.searchsorted(of, np.arange(count), side="right") - 1]
    x, y = plane.metres(doors.lon, doors.lat)

    def ways(
        ax: NDArray[np.float64], ay: NDArray[np.float64], sa: Standing | None, b: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        straight = np.hypot(ax - x[b], ay - y[b])
        if standing is None or streets is None or sa is None:
            return OTHER_STREET * straight
        return legs_on_streets(sa, _of(standing, b), streets, straight).metres

    if asked.start is None:
        there = None if standing is None else _of(standing, last)
        return ways(x[last], y[last], there, first), none
    start_x, start_y = plane.metres(np.full(count, asked.start[0]), np.full(count, asked.start[1]))
    stands = None
    if standing is not None and streets is not None:
        stands = stand(start_x, start_y, np.full(count, -1, np.int64), streets, plane)
    approach = ways(start_x, start_y, stands, first)
    if asked.loop:
        approach = approach + ways(start_x, start_y, stands, last)
    return approach, approach


def _barrier_crossings(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    legs: Legs,
    straight: NDArray[np.float64],
    streets: StreetNetwork,
    plane: LocalPlane,
) -> int:
    """Legs over a barrier without a crossing near."""
    long = np.flatnonzero((legs.metres > DETOUR * straight + DETOUR_M) & (straight > 0))
    lines = np.diff(streets.barrier_start)
    if not len(long) or not len(lines):
        return 0
    bx, by = plane.metres(streets.barrier_lon, streets.barrier_lat)
    barriers = np.asarray(
        shapely.linestrings(
            np.column_stack([bx, by]), indices=np.repeat(np.arange(len(lines)), lines)
        )
    )
    ends = np.stack(
        [np.column_stack([x[a[long]], y[a[long]]]), np.column_stack([x[b[long]], y[b[long]]])],
        axis=1,
    )
    hit = shapely.STRtree(barriers).query(shapely.linestrings(ends), predicate="intersects")[0]
    return len(np.unique(hit))


def _district_of_walks(
    doors: Doors, order: NDArray[np.int64], of: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """The district of each walk, -1 where none is known, -2 where there are several."""
    known = doors.district[order] >= 0
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1, np.int64)
    np.minimum.at(low, of[known], doors.district[order][known])
    np.maximum.at(high, of[known], doors.district[order][known])
    return np.asarray(np.where(high < 0, -1, np.where(low == high, high, -2)))


def _within(
    doors: Doors,
    order: NDArray[np.int64],
    of: NDArray[np.int64],
    district: NDArray[np.int64],
    asked: Asked,
    standing: Standing | None,
    streets: StreetNetwork | None,
) -> NDArray[np.int64]:
    """
    Among which walks the size of each is compared: all, or those of its district.

    What is cut off of a district by the doors of others can share no walk with the rest of it, and no load.
    """
    if asked.cross_districts:
        return np.zeros(len(district), np.int64)
    if standing is None or streets is None:
        return np.maximum(district, -1)
    part = hanging_together(standing, doors.district + np.int32(2), streets)
    result = np.full(len(district), -1, np.int64)
    result[of] = part[order]
    return np.where(district == -2, -1, result)


def _balance(size: NDArray[np.float64], group: NDArray[np.int64]) -> float:
    """The largest over the mean, the worst of the groups."""
    if not len(size):
        return 1.0
    of = np.unique(group, return_inverse=True)[1]
    largest = np.zeros(of.max() + 1)
    np.maximum.at(largest, of, size)
    return _rounded((largest * np.bincount(of) / np.bincount(of, size)).max())


def _streets(
    street: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    district: NDArray[np.int32],
    *,
    crossed: bool,
) -> NDArray[np.int64]:
    """The street of each door as the judge means it, -1 for none: one name, touching squares."""
    named = np.flatnonzero(street >= 0)
    result = np.full(len(street), -1, np.int64)
    if not len(named):
        return result
    part = np.zeros(len(named), np.int64) if crossed else district[named].astype(np.int64)
    column = ((x[named] - x.min()) // STREET_CELL_M).astype(np.int64)
    row = ((y[named] - y.min()) // STREET_CELL_M).astype(np.int64)
    cells, of = np.unique(
        np.column_stack([street[named], part, column, row]), axis=0, return_inverse=True
    )
    place = {tuple(cell): at for at, cell in enumerate(cells.tolist())}
    ties = [
        (at, other)
        for (name, where, i, j), at in place.items()
        for di, dj in ((1, 0), (0, 1), (1, 1), (1, -1))
        if (other := place.get((name, where, i + di, j + dj))) is not None
    ]
    links = np.array(ties, np.int64).reshape(-1, 2)
    one = connected_components(
        coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(len(cells),) * 2),
        directed=False,
    )[1]
    result[named] = one[of.ravel()]
    return result


def _spread(
    group: NDArray[np.int64], turf_of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Doors of each group, and in how many walks they lie."""
    held = (turf_of >= 0) & (group >= 0)
    size = np.bincount(group[held]) if held.any() else np.zeros(0, np.int64)
    pairs = np.unique(np.column_stack([group[held], turf_of[held]]), axis=0)
    return size, np.bincount(pairs[:, 0], minlength=len(size))


def _split(
    street: NDArray[np.int64],
    turf_of: NDArray[np.int64],
    doors: Doors,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    asked: Asked,
) -> tuple[int, int, int, int]:
    """Streets; those in several walks; those shorter than a walk; and those of these in several."""
    size, walks = _spread(street, turf_of)
    real = size > 0
    if asked.minutes_each is None:
        short = real & (size <= _fits(asked))
    else:
        low, high = np.full((2, len(size)), np.inf), np.full((2, len(size)), -np.inf)
        on = street >= 0
        on &= turf_of >= 0
        for axis, value in enumerate((x, y)):
            np.minimum.at(low[axis], street[on], value[on])
            np.maximum.at(high[axis], street[on], value[on])
        across = np.hypot(*np.where(real, high - low, 0.0))
        top = np.zeros(int(doors.building.max(initial=-1)) + 1)
        np.maximum.at(top, doors.building, doors.floor)
        home, first = np.unique(doors.building[on], return_index=True)
        stairs = np.bincount(street[on][first], 2 * top[home], minlength=len(size))
        there_and_back = (
            size * asked.pace.minutes_per_door
            + stairs * asked.pace.seconds_per_floor / 60
            + 2 * across / asked.pace.metres_per_minute
        )
        short = real & (there_and_back <= asked.minutes_each)
    return (
        int(real.sum()),
        int((walks > 1).sum()),
        int(short.sum()),
        int((short & (walks > 1)).sum()),
    )


def _compare(plan: Plan, previous: Plan | None) -> tuple[int | None, float | None, int | None]:
    """Doors that changed turf, their share, and turfs of the previous plan that lost their number."""
    if previous is None:
        return None, None, None
    both = (previous.turf > 0) & (plan.turf > 0)
    moved = int((previous.turf[both] != plan.turf[both]).sum())
    pairs, times = np.unique(
        np.column_stack([previous.turf[both], plan.turf[both]]), axis=0, return_counts=True
    )
    # of each old turf the new one that most of its doors are in; the old number wins a draw
    order = np.lexsort((pairs[:, 0] != pairs[:, 1], -times, pairs[:, 0]))
    new = np.ones(len(order), bool)
    new[1:] = np.diff(pairs[order, 0]) != 0
    heirs = pairs[order[new]]
    changed = int((heirs[:, 0] != heirs[:, 1]).sum())
    return moved, _rounded(moved / max(int(both.sum()), 1)), changed
