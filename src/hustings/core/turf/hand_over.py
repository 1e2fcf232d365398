"""
What becomes of walks when doors go from one to another: their order, minutes, metres, split streets, broken laws.

Only the walks that are touched are looked at, with the doors that stand near them, so that an organiser sees
what a move does before it is made. The order is found by the code that cuts; ``check.py``, which shares
none of it, judges it in tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from hustings.core.turf.cut import SplitStreet, Turf
from hustings.core.turf.gather import Gathered, gather
from hustings.core.turf.plan import Plan
from hustings.core.walk.stops import Stops, on_streets, on_the_plane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.ways import Ways

Law = Literal["size", "connected", "barriers", "districts", "buildings", "locked", "never-split"]
RADIUS_M = 4_000.0
"""How far shortest ways are looked for: further than any walk goes between two doors."""
DOORS_OVER, MINUTES_OVER = 1.10, 1.15
"""How much larger than asked a walk may be."""
DETOUR, DETOUR_M = 2.5, 400.0
"""Who goes so much farther than the crow flies, over a barrier, crosses it where there is no crossing near."""


@dataclass(frozen=True, slots=True, eq=False)
class HandOver:
    """
    A plan with some doors in another walk.

    Parameters
    ----------
    plan
        Turf and stop of each door that was given, afterwards; 0 for one that is in no walk then.
    before, after
        The touched walks, by number. One that is new is in ``after`` alone, one that is empty in ``before``.
    split_before, split_after
        Of the streets of the moved doors, those that fall into several walks.
    breaks
        Laws that the touched walks break afterwards and did not before.
    """

    plan: Plan
    before: tuple[Turf, ...]
    after: tuple[Turf, ...]
    split_before: tuple[SplitStreet, ...]
    split_after: tuple[SplitStreet, ...]
    breaks: tuple[Law, ...]


def hand_over(
    doors: Doors,
    plan: Plan,
    moved: NDArray[np.int64],
    to: int,
    streets: StreetNetwork | None,
    wishes: Wishes,
    *,
    near: NDArray[np.bool_] | None = None,
    in_hand: frozenset[int] = frozenset(),
    locked: frozenset[int] = frozenset(),
) -> HandOver:
    """
    The plan with ``moved`` in walk ``to``, each touched walk in a new order.

    Parameters
    ----------
    doors, plan
        The doors of the touched walks, those near them, and those of the moved doors' streets; turf 0 for
        one that is in no walk.
    moved
        Indices of doors, of one walk or several.
    to
        A walk that there is, the number of a new one, or 0 to take the doors out.
    streets
        The streets round them (``core/walk/patch.py``).
    near
        Which doors stand near the touched walks; the others count for their streets alone. All, if not given.
    in_hand
        Walks that somebody carries: their doors keep their order, and what is new comes at the end.
    locked
        Walks that were to stay as they are.
    """
    moved = np.unique(moved)
    moved = moved[plan.turf[moved] != to]
    turf = plan.turf.copy()
    turf[moved] = to
    touched = sorted({*plan.turf[moved].tolist(), *([to] if len(moved) else [])} - {0})
    ground = _Ground(doors, streets, wishes, np.ones(len(doors), bool) if near is None else near)
    was, is_ = ground.stand(plan.turf), ground.stand(turf)
    old = plan.walks()
    walks: dict[int, NDArray[np.int64]] = {}
    stop = plan.stop.copy()
    stop[moved] = 0
    for number in touched:
        ordered = _ordered(ground, is_, old.get(number), moved, turf, plan, number, in_hand)
        walks[number] = ordered
        stop[ordered] = np.arange(1, len(ordered) + 1, dtype=np.int32)
    after = Plan(turf, stop)
    before_walks = {number: old[number] for number in touched if number in old}
    after_walks = {number: walk for number, walk in walks.items() if len(walk)}
    names = np.unique(doors.street[moved])
    split_before, split_after = (
        ground.split_streets(each, names[names >= 0]) for each in (plan, after)
    )
    then, now = (
        ground.broken(side, each) for side, each in ((was, before_walks), (is_, after_walks))
    )
    breaks = {law for law, count in now.items() if count > then.get(law, 0)}
    if locked & set(touched):
        breaks.add("locked")
    if wishes.never_split_streets and _pieces(split_after) > _pieces(split_before):
        breaks.add("never-split")
    return HandOver(
        after,
        tuple(ground.turf(number, walk) for number, walk in before_walks.items()),
        tuple(ground.turf(number, walk) for number, walk in after_walks.items()),
        split_before,
        split_after,
        tuple(sorted(breaks)),
    )


def face_of(
    doors: Doors, door: int, streets: StreetNetwork | None, among: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Those of ``among`` that stand on the door's side of its piece of street, between two junctions."""
    if streets is None or not streets.edge_count:
        odd = doors.house[among] % 2 == doors.house[door] % 2
        return np.asarray(among[odd & (doors.street[among] == doors.street[door])])
    looked_at = np.append(among, door)
    stops = on_streets(
        doors.lon[looked_at], doors.lat[looked_at], doors.street[looked_at], doors.street_names,
        streets,
    )  # fmt: skip
    same = (stops.edge[:-1] == stops.edge[-1]) & (stops.side[:-1] == stops.side[-1])
    return np.asarray(among[same])


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The doors by stops, as they are before a move or after it; ``door`` are their indices."""

    gathered: Gathered
    door: NDArray[np.int64]


class _Ground:
    """Where the doors near stand, and what walks past them are; nobody asks where the others do."""

    def __init__(
        self,
        doors: Doors,
        streets: StreetNetwork | None,
        wishes: Wishes,
        near: NDArray[np.bool_],
    ) -> None:
        self.doors, self.wishes, self.near = doors, wishes, near
        self.streets = streets if streets is not None and streets.edge_count else None
        at = np.flatnonzero(near)
        some = _stand(_some(doors, at), self.streets)
        place = np.zeros(len(doors), np.int64)
        place[at] = np.arange(len(at))
        self.stops = _only(some, place)

    def stand(self, turf: NDArray[np.int32]) -> _Side:
        """Stops of one building and one walk each; doors of no walk stand in nobody's way."""
        held = np.flatnonzero((turf > 0) & self.near)
        pairs = self.doors.building[held].astype(np.int64) * (int(turf.max(initial=0)) + 1)
        home = np.unique(pairs + turf[held], return_inverse=True)[1].astype(np.int32)
        some = np.zeros(len(turf), bool)
        some[held] = True
        gathered = gather(replace(self.doors.only(some), building=home), None, self.wishes)
        first = held[gathered.order[gathered.start[:-1]]]
        return _Side(replace(gathered, stops=_only(self.stops, first)), held)

    def ways(self, stops: Stops) -> Ways:
        """The ways between some stops."""
        from hustings.core.walk.ways import ways_between

        return ways_between(stops, self.streets, RADIUS_M, 1)

    def turf(self, number: int, walk: NDArray[np.int64]) -> Turf:
        """What is to be known about a walk, as ``summary.py`` has it."""
        from hustings.core.turf.measures import measures_of
        from hustings.core.turf.summary import REMNANT_SHARE, RURAL_M_PER_DOOR

        wishes, doors = self.wishes, self.doors
        metres = self.metres(walk)
        minutes = self.minutes_there(walk) + metres / wishes.pace.metres_per_minute
        flags = set()
        if metres / max(1, len(walk)) > RURAL_M_PER_DOOR:
            flags.add("rural")
        gathered = gather(_some(doors, walk), None, wishes)
        measures = measures_of(gathered, wishes)
        load = float(len(walk)) if wishes.doors_each is not None else minutes
        if load < REMNANT_SHARE * measures.aim:
            flags.add("remnant")
        if gathered.part_of_large.any():
            flags.add("large-building")
        seen = doors.street[walk]
        _names, first = np.unique(seen[seen >= 0], return_index=True)
        streets = tuple(int(street) for street in seen[seen >= 0][np.sort(first)])
        return Turf(number, len(walk), minutes, metres, streets, frozenset(flags))

    def metres(self, walk: NDArray[np.int64]) -> float:
        """Metres from the first door to the last."""
        return float(self.legs(walk).sum())

    def legs(self, walk: NDArray[np.int64]) -> NDArray[np.float64]:
        """Metres of each leg; doors of one building are one stop."""
        from hustings.core.turf.measures import legs_of

        if len(walk) < 2:
            return np.zeros(0)
        home = self.doors.building[walk]
        stops = walk[np.concatenate([[True], home[1:] != home[:-1]])]
        return legs_of(self.ways(_only(self.stops, stops)), np.arange(len(stops)))

    def minutes_there(self, walk: NDArray[np.int64]) -> float:
        """Talking and stairs."""
        gathered = gather(_some(self.doors, walk), None, self.wishes)
        return float(gathered.minutes_at.sum())

    def split_streets(self, plan: Plan, names: NDArray[np.int32]) -> tuple[SplitStreet, ...]:
        """Which of these streets fall into several walks, and why."""
        from hustings.core.turf.summary import split_streets

        some = (plan.turf > 0) & np.isin(self.doors.street, names)
        if not some.any():
            return ()
        doors = self.doors.only(some)
        return split_streets(plan.only(some), doors, gather(doors, None, self.wishes), self.wishes)

    def broken(self, side: _Side, walks: dict[int, NDArray[np.int64]]) -> dict[Law, int]:
        """How often these walks break each law."""
        wishes, doors = self.wishes, self.doors
        count: dict[Law, int] = dict.fromkeys(
            ("size", "connected", "barriers", "districts", "buildings"), 0
        )
        for walk in walks.values():
            if wishes.doors_each is not None:
                count["size"] += len(walk) > np.ceil(DOORS_OVER * wishes.doors_each)
            elif len(walk) > 1:
                minutes = self.minutes_there(walk)
                minutes += self.metres(walk) / wishes.pace.metres_per_minute
                count["size"] += minutes > MINUTES_OVER * (wishes.minutes_each or 0.0)
            district = doors.district[walk]
            several = len(np.unique(district[district >= 0])) > 1
            count["districts"] += several and not wishes.cross_districts
            count["barriers"] += self.barriers(walk)
        count["connected"] = self.in_pieces(side, walks)
        count["buildings"] = self.split_buildings(side, walks)
        return count

    def in_pieces(self, side: _Side, walks: dict[int, NDArray[np.int64]]) -> int:
        """How many of these walks pass doors of others on the same side."""
        if self.streets is None or not walks:
            return 0
        from hustings.core.turf.connect import in_pieces
        from hustings.core.walk.stops import crossing_m
        from hustings.core.walk.ways import Ways

        stops, streets = side.gathered.stops, self.streets
        none = np.zeros(0, np.float32)
        ways = Ways(
            stops.edge, stops.along, stops.side, stops.street, stops.x, stops.y,
            streets.edge_from, streets.edge_to, streets.edge_length_m.astype(np.float32),
            crossing_m(streets), np.zeros(streets.node_count + 1, np.int64), np.zeros(0, np.int32),
            none, none,
        )  # fmt: skip
        rows = [np.unique(_stop_of(side, self.doors)[walk]) for walk in walks.values()]
        return int(in_pieces(ways, streets, rows).sum())

    def split_buildings(self, side: _Side, walks: dict[int, NDArray[np.int64]]) -> int:
        """Buildings of these walks that fit into one and lie in several."""
        mine = np.unique(self.doors.building[np.concatenate([*walks.values(), side.door[:0]])])
        home = self.doors.building[side.door]
        first = side.gathered.order[side.gathered.start[:-1]]
        size = np.bincount(home, minlength=int(home.max(initial=0)) + 1)
        parts = np.bincount(home[first], minlength=len(size))
        fits = (
            self.wishes.doors_each
            if self.wishes.doors_each is not None
            else (self.wishes.minutes_each or 0.0) / self.wishes.pace.minutes_per_door
        )
        mine = mine[mine < len(size)]
        return int(((parts[mine] > 1) & (size[mine] <= fits)).sum())

    def barriers(self, walk: NDArray[np.int64]) -> int:
        """Legs over a river, railway or motorway with no crossing near."""
        streets = self.streets
        if streets is None or len(streets.barrier_start) < 2 or len(walk) < 2:
            return 0
        home = self.doors.building[walk]
        stops = walk[np.concatenate([[True], home[1:] != home[:-1]])]
        x, y = self.stops.x[stops], self.stops.y[stops]
        straight = np.hypot(np.diff(x), np.diff(y))
        long = np.flatnonzero(
            (self.legs(walk) > DETOUR * straight + DETOUR_M) & (straight > 0)
        )  # fmt: skip
        if not len(long):
            return 0
        bx, by = self.stops.plane.metres(streets.barrier_lon, streets.barrier_lat)
        sizes = np.diff(streets.barrier_start)
        fences: NDArray[np.object_] = np.asarray(
            shapely.linestrings(
                np.column_stack([bx, by]), indices=np.repeat(np.arange(len(sizes)), sizes)
            )
        )
        points = np.column_stack([x, y])
        between = shapely.linestrings(np.stack([points[long], points[long + 1]], axis=1))
        hit = shapely.STRtree(fences).query(np.asarray(between), predicate="intersects")
        return len(np.unique(hit[0]))


def _stand(doors: Doors, streets: StreetNetwork | None) -> Stops:
    if streets is None:
        return on_the_plane(doors.lon, doors.lat, doors.street, doors.house)
    return on_streets(doors.lon, doors.lat, doors.street, doors.street_names, streets)


def _ordered(
    ground: _Ground,
    side: _Side,
    old: NDArray[np.int64] | None,
    moved: NDArray[np.int64],
    turf: NDArray[np.int32],
    plan: Plan,
    number: int,
    in_hand: frozenset[int],
) -> NDArray[np.int64]:
    """The doors of a walk after a move, in the order in which they are walked."""
    stays = old[turf[old] == number] if old is not None else np.zeros(0, np.int64)
    comes = moved[turf[moved] == number]
    comes = comes[np.lexsort((plan.stop[comes], plan.turf[comes]))]
    if number in in_hand and len(stays):
        if len(comes) > 1:
            comes = _in_order(ground, side, comes[:0], comes)
            near = ground.stops.x[stays[-1]], ground.stops.y[stays[-1]]
            ends = [
                np.hypot(ground.stops.x[end] - near[0], ground.stops.y[end] - near[1])
                for end in (comes[0], comes[-1])
            ]
            if ends[1] < ends[0]:
                comes = comes[::-1]
        return np.concatenate([stays, comes])
    return _in_order(ground, side, stays, comes)


def _in_order(
    ground: _Ground, side: _Side, stays: NDArray[np.int64], comes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The stops of these doors: those that come in where they cost least, then all in a better order."""
    from hustings.core.turf.improving import in_better_order
    from hustings.core.turf.measures import measures_of

    stop_of = _stop_of(side, ground.doors)
    before = _once(stop_of[stays])
    new = _once(stop_of[comes])
    new = new[~np.isin(new, before)]
    stops = np.concatenate([before, new])
    if len(stops) < 2:
        return _doors_of(side, stops)
    gathered = side.gathered
    ways = ground.ways(_only(gathered.stops, stops))
    mine = replace(
        gathered,
        stops=_only(gathered.stops, stops),
        doors_at=gathered.doors_at[stops],
        minutes_at=gathered.minutes_at[stops],
        district=gathered.district[stops],
        part_of_large=gathered.part_of_large[stops],
    )
    measures = measures_of(mine, ground.wishes)
    start = np.arange(len(before), dtype=np.int64)
    if len(new):
        start = _inserted(ways, start, np.arange(len(before), len(stops), dtype=np.int64))
    best = in_better_order(ways, mine, start, measures, ground.wishes)
    return _doors_of(side, stops[best])


def _inserted(ways: Ways, walk: NDArray[np.int64], block: NDArray[np.int64]) -> NDArray[np.int64]:
    """The walk with a block in it, forwards or backwards, where that adds fewest metres."""
    if not len(walk):
        return block
    from hustings.core.turf.between import matrices

    metres = matrices(ways, np.arange(len(ways.x)), 0.0, 0.0)[1].astype(np.float64)
    saved = np.pad(metres[walk[:-1], walk[1:]], 1)
    into, out = np.zeros(len(walk) + 1), np.zeros(len(walk) + 1)
    tried = []
    for some in (block, block[::-1]):
        into[1:], out[:-1] = metres[walk, some[0]], metres[some[-1], walk]
        cost = into + out - saved
        tried.append((float(cost.min()), int(cost.argmin()), some))
    _cost, at, some = min(tried, key=lambda each: each[0])
    return np.insert(walk, at, some)


def _stop_of(side: _Side, doors: Doors) -> NDArray[np.int64]:
    """The stop of each door, -1 for one that is in no walk."""
    found = np.full(len(doors), -1, np.int64)
    count = len(side.gathered.start) - 1
    found[side.door[side.gathered.order]] = np.repeat(
        np.arange(count), np.diff(side.gathered.start)
    )
    return found


def _doors_of(side: _Side, stops: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(side.door[side.gathered.doors_of(stops)])


def _once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each value once, in the order in which they come."""
    return np.asarray(values[np.sort(np.unique(values, return_index=True)[1])])


def _only(stops: Stops, some: NDArray[np.int64]) -> Stops:
    return Stops(
        stops.x[some], stops.y[some], stops.edge[some], stops.along[some], stops.side[some],
        stops.street[some], stops.plane,
    )  # fmt: skip


def _some(doors: Doors, walk: NDArray[np.int64]) -> Doors:
    chosen = np.zeros(len(doors), bool)
    chosen[walk] = True
    return doors.only(chosen)


def _pieces(split: Iterable[SplitStreet]) -> int:
    return sum(len(street.turfs) - 1 for street in split)
