"""
Why a door is where it is, and what another walk for it would cost.

What is said here is measured by the judge (``check.py``), not by the code that cut: the plan with the
door moved is judged like any other, and the cost of a move is the difference between the two judgements.
Sentences are made outside, where the reader's language is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.turf.check import DETOUR, DETOUR_M, Asked, Report, Walks, judge
from hustings.core.turf.check_ground import (
    Standing,
    legs_on_streets,
    legs_without_streets,
    names_on_streets,
    stand,
)
from hustings.core.turf.check_laws import DOORS_OVER, MINUTES_OVER
from hustings.core.turf.plan import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork

AROUND_M = 600.0
"""Doors so near to the two walks of a move are looked at when it is judged, since they stand in the way."""
LOOKED_AT = 60
"""Doors of other walks, the nearest by air, that are measured on foot."""

StreetIs = Literal["unknown", "whole", "districts", "long", "free", "priced"]
"""
How the door's street lies: it has none; all in this walk; split because it lies in several districts,
because it is longer than a walk, because a split costs nothing, or because the split was worth its price.
"""
Unit = Literal["building", "street"]
Law = Literal["size", "connected", "barriers", "districts", "locked", "never-split"]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The door's street: its index, or -1; its doors; how many of them each walk has; and why."""

    street: int
    doors: int
    by_turf: tuple[tuple[int, int], ...]
    why: StreetIs


@dataclass(frozen=True, slots=True)
class Size:
    """A walk's doors and minutes."""

    turf: int
    doors: int
    minutes: float


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """
    The same plan with the door's building, or its street, in another walk, and what that costs.

    Differences are after less before; below 0 the move saves.

    Parameters
    ----------
    unit, doors
        What is moved: the doors of the building, or of the street, that lie in the door's walk.
    metres, minutes
        Of all walks together; minutes are walking and stairs.
    pieces, street_changes, mid_block_crossings, walks
        Pieces too many of short streets; changes of street; crossings away from a junction; walks.
    price_minutes
        What these four are worth by the prices of the wishes.
    before, after
        The two walks, the door's own first; one that is empty afterwards has 0 doors.
    breaks
        Laws that the plan would break and does not break now, among those that a move can break.
    plan
        The plan after it.
    """

    unit: Unit
    doors: int
    metres: float
    minutes: float
    pieces: int
    street_changes: int
    mid_block_crossings: int
    walks: int
    price_minutes: float
    before: tuple[Size, Size]
    after: tuple[Size, Size]
    breaks: tuple[Law, ...]
    plan: Plan

    @property
    def total_minutes(self) -> float:
        """Minutes and prices together: what the cut would have been worse by."""
        return self.minutes + self.price_minutes


@dataclass(frozen=True, slots=True)
class Other:
    """A walk near the door: metres on foot to its nearest door, what lies between, and moves to it."""

    turf: int
    metres: float
    across_district: bool
    across_barrier: bool
    locked: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    Why a door is in its walk.

    Parameters
    ----------
    door, turf, stop
        The door's index, its walk and its place in it.
    metres_before, metres_after
        On foot from the door before and to the one after it; None at an end.
    pieces
        Its street.
    building_doors, building_turfs
        Doors of its building, and the walks they lie in.
    bound
        Whether its walk may not leave its district.
    locked
        Whether its walk was to stay as it is.
    previous
        Its walk in the previous plan, 0 where it is new, None without such a plan.
    others
        Walks near, the nearest first.
    """

    door: int
    turf: int
    stop: int
    metres_before: float | None
    metres_after: float | None
    pieces: Pieces
    building_doors: int
    building_turfs: tuple[int, ...]
    bound: bool
    locked: bool
    previous: int | None
    others: tuple[Other, ...]


def explain(
    doors: Doors,
    plan: Plan,
    door: int,
    streets: StreetNetwork | None,
    wishes: Wishes,
    *,
    previous: Plan | None = None,
    locked: frozenset[int] = frozenset(),
    others: int = 2,
) -> Explanation:
    """
    Why ``door`` (an index) is in its walk.

    Parameters
    ----------
    plan
        The plan it is in, whoever made it.
    wishes
        What the plan was to be like: size, pace, prices and what is forbidden.
    previous, locked
        The plan before, and the walks that were to stay as they are.
    others
        How many walks near are looked at.

    Raises
    ------
    BadInput
        When the plan has no walk for the door.
    """
    if not 0 <= door < len(doors) or plan.turf[door] <= 0:
        raise BadInput("This door is in no walk of the plan.")
    turf = int(plan.turf[door])
    ground = _Ground(doors, streets)
    walk = plan.walks()[turf]
    at = int(np.flatnonzero(walk == door)[0])
    home = doors.building == doors.building[door]
    return Explanation(
        door=door,
        turf=turf,
        stop=int(plan.stop[door]),
        metres_before=ground.metres(walk[at - 1], door) if at else None,
        metres_after=ground.metres(door, walk[at + 1]) if at + 1 < len(walk) else None,
        pieces=_pieces(doors, plan, door, wishes),
        building_doors=int(home.sum()),
        building_turfs=tuple(np.unique(plan.turf[home & (plan.turf > 0)]).tolist()),
        bound=not wishes.cross_districts and bool(doors.district[door] >= 0),
        locked=turf in locked,
        previous=None if previous is None else int(previous.turf[door]),
        others=tuple(
            _other(doors, plan, door, near, ground, wishes, locked)
            for near in ground.nearest_walks(plan, door, others)
        ),
    )


class _Ground:
    """Where all doors stand, and how far it is between some of them, as the judge measures it."""

    def __init__(self, doors: Doors, streets: StreetNetwork | None) -> None:
        self.doors = doors
        self.streets = streets if streets is not None and streets.edge_count else None
        self.plane = LocalPlane.around(doors.lon, doors.lat)
        self.x, self.y = self.plane.metres(doors.lon, doors.lat)

    def legs(
        self, a: NDArray[np.int64], b: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Metres from each door a[i] to door b[i], and whether the street is crossed between junctions."""
        straight = self.straight(a, b)
        if self.streets is None:
            legs = legs_without_streets(self.doors, a, b, straight)
        else:
            used, back = np.unique(np.concatenate([a, b]), return_inverse=True)
            names = names_on_streets(self.doors, self.streets)[used]
            all_ = stand(self.x[used], self.y[used], names, self.streets, self.plane)
            of_a, of_b = (
                Standing(all_.edge[some], all_.along[some], all_.left[some])
                for some in (back[: len(a)], back[len(a) :])
            )
            legs = legs_on_streets(of_a, of_b, self.streets, straight)
        return legs.metres, legs.mid_block

    def straight(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(np.hypot(self.x[a] - self.x[b], self.y[a] - self.y[b]))

    def metres(self, a: int, b: int) -> float:
        return float(self.legs(np.array([a]), np.array([b]))[0][0])

    def nearest_walks(self, plan: Plan, door: int, how_many: int) -> list[tuple[int, int, float]]:
        """(walk, its door nearest on foot, metres), nearest first, among the nearest by air."""
        foreign = np.flatnonzero((plan.turf > 0) & (plan.turf != plan.turf[door]))
        here = np.full(len(foreign), door)
        by_air = np.argsort(self.straight(here, foreign), kind="stable")
        near = foreign[by_air[:LOOKED_AT]]
        if not len(near):
            return []
        metres = self.legs(np.full(len(near), door), near)[0]
        found: dict[int, tuple[int, int, float]] = {}
        for at in np.argsort(metres, kind="stable").tolist():
            turf = int(plan.turf[near[at]])
            found.setdefault(turf, (turf, int(near[at]), float(metres[at])))
        return list(found.values())[:how_many]

    def barrier_between(self, a: int, b: int, metres: float) -> bool:
        """Whether a river, railway or motorway lies between, with no crossing near: the judge's rule."""
        straight = float(self.straight(np.array([a]), np.array([b]))[0])
        if self.streets is None or metres <= DETOUR * straight + DETOUR_M:
            return False
        lines = np.diff(self.streets.barrier_start)
        if not len(lines):
            return False
        bx, by = self.plane.metres(self.streets.barrier_lon, self.streets.barrier_lat)
        barriers = shapely.linestrings(
            np.column_stack([bx, by]), indices=np.repeat(np.arange(len(lines)), lines)
        )
        between = shapely.LineString([(self.x[a], self.y[a]), (self.x[b], self.y[b])])
        return bool(shapely.intersects(barriers, between).any())


def _same_street(doors: Doors, door: int, wishes: Wishes) -> NDArray[np.bool_]:
    """Doors of the door's street; of its district alone where walks do not cross their borders."""
    if doors.street[door] < 0:
        return np.zeros(len(doors), bool)
    same = doors.street == doors.street[door]
    if not wishes.cross_districts:
        same &= doors.district == doors.district[door]
    return np.asarray(same)


def _is_short(count: int, wishes: Wishes) -> bool:
    """Whether a street of so many doors fits into one walk."""
    if wishes.doors_each is not None:
        return count <= wishes.doors_each
    return count * wishes.pace.minutes_per_door <= (wishes.minutes_each or 0.0)


def _pieces(doors: Doors, plan: Plan, door: int, wishes: Wishes) -> Pieces:
    if doors.street[door] < 0:
        return Pieces(-1, 0, (), "unknown")
    same = (doors.street == doors.street[door]) & (plan.turf > 0)
    turfs, counts = np.unique(plan.turf[same], return_counts=True)
    by_turf = tuple(zip(turfs.tolist(), counts.tolist(), strict=True))
    own = _same_street(doors, door, wishes) & (plan.turf > 0)
    why: StreetIs = "priced"
    if len(turfs) == 1:
        why = "whole"
    elif len(np.unique(plan.turf[own])) == 1:
        why = "districts"
    elif not _is_short(int(own.sum()), wishes):
        why = "long"
    elif wishes.prices.split_street == 0 and not wishes.never_split_streets:
        why = "free"
    return Pieces(int(doors.street[door]), int(same.sum()), by_turf, why)


def _other(
    doors: Doors,
    plan: Plan,
    door: int,
    near: tuple[int, int, float],
    ground: _Ground,
    wishes: Wishes,
    locked: frozenset[int],
) -> Other:
    turf, their_door, metres = near
    inside = plan.turf == plan.turf[door]
    building = np.flatnonzero(inside & (doors.building == doors.building[door]))
    street = np.flatnonzero(inside & _same_street(doors, door, wishes))
    units: list[tuple[Unit, NDArray[np.int64]]] = [("building", building)]
    if len(np.setdiff1d(street, building)):
        units.append(("street", street))
    return Other(
        turf=turf,
        metres=metres,
        across_district=bool(
            not wishes.cross_districts
            and min(doors.district[door], doors.district[their_door]) >= 0
            and doors.district[door] != doors.district[their_door]
        ),
        across_barrier=ground.barrier_between(door, their_door, metres),
        locked=turf in locked,
        moves=tuple(
            _move(doors, plan, unit, moved, turf, ground, wishes, locked) for unit, moved in units
        ),
    )


def _move(
    doors: Doors,
    plan: Plan,
    unit: Unit,
    moved: NDArray[np.int64],
    to: int,
    ground: _Ground,
    wishes: Wishes,
    locked: frozenset[int],
) -> Move:
    own = int(plan.turf[moved[0]])
    after = _moved(doors, plan, moved, to, ground, wishes)
    two = np.isin(plan.turf, [own, to])
    near = (plan.turf > 0) & (
        (ground.x >= ground.x[two].min() - AROUND_M) & (ground.x <= ground.x[two].max() + AROUND_M)
        & (ground.y >= ground.y[two].min() - AROUND_M) & (ground.y <= ground.y[two].max() + AROUND_M)
    )  # fmt: skip
    asked = Asked(
        wishes.doors_each, wishes.minutes_each, wishes.pace, wishes.cross_districts,
        wishes.never_split_streets, wishes.loop, wishes.start,
    )  # fmt: skip
    some = doors.only(near)
    was, is_ = (judge(some, each.only(near), asked, ground.streets) for each in (plan, after))
    before, then = ((_size(walks, own), _size(walks, to)) for _, walks in (was, is_))
    pieces = _pieces_too_many(doors, after, moved, wishes) - _pieces_too_many(
        doors, plan, moved, wishes
    )
    changes = is_[0].street_changes - was[0].street_changes
    crossings = is_[0].mid_block_crossings - was[0].mid_block_crossings
    walks = len(is_[1].turf) - len(was[1].turf)
    prices = wishes.prices
    return Move(
        unit=unit,
        doors=len(moved),
        metres=_both(is_[1], own, to, "metres") - _both(was[1], own, to, "metres"),
        minutes=_both(is_[1], own, to, "minutes") - _both(was[1], own, to, "minutes"),
        pieces=pieces,
        street_changes=changes,
        mid_block_crossings=crossings,
        walks=walks,
        price_minutes=pieces * prices.split_street
        + changes * prices.street_change
        + crossings * prices.mid_block_crossing
        + walks * prices.extra_turf,
        before=before,
        after=then,
        breaks=_breaks(was, is_, own, to, wishes, locked, pieces),
        plan=after,
    )


def _moved(
    doors: Doors,
    plan: Plan,
    moved: NDArray[np.int64],
    to: int,
    ground: _Ground,
    wishes: Wishes,
) -> Plan:
    """The plan with these doors in walk ``to``, in one piece where that is shortest, prices counted."""
    walks = plan.walks()
    block = moved[np.argsort(plan.stop[moved], kind="stable")]
    there = walks[to]
    first, last, count = int(block[0]), int(block[-1]), len(there)
    a = np.concatenate([there, there, there[:-1]])
    b = np.concatenate([np.full(count, first), np.full(count, last), there[1:]])
    metres, mid_block = ground.legs(a, b)
    pace, prices = wishes.pace.metres_per_minute, wishes.prices
    changed = (doors.street[a] != doors.street[b]) & (
        np.minimum(doors.street[a], doors.street[b]) >= 0
    )
    cost = metres + pace * (prices.mid_block_crossing * mid_block + prices.street_change * changed)
    # 0 beyond an end: the walk is open; a leg of the walk is saved where the block goes between
    to_first, to_last = np.pad(cost[:count], 1), np.pad(cost[count : 2 * count], 1)
    saved = np.pad(cost[2 * count :], 1)
    whole = np.zeros(count + 1, bool)
    whole[1:-1] = doors.building[there[1:]] == doors.building[there[:-1]]
    whole &= (doors.building[np.append(there, -1)] != doors.building[first]) | (count == 0)
    forwards = np.where(whole, np.inf, to_first[:-1] + to_last[1:] - saved)
    backwards = np.where(whole, np.inf, to_last[:-1] + to_first[1:] - saved)
    if backwards.min() < forwards.min():
        block, forwards = block[::-1], backwards
    place = int(np.argmin(forwards))
    turf, stop = plan.turf.copy(), plan.stop.copy()
    turf[block] = to
    left = np.setdiff1d(walks[int(plan.turf[first])], block, assume_unique=True)
    left = left[np.argsort(plan.stop[left], kind="stable")]
    for walk in (left, np.insert(there, place, block)):
        stop[walk] = np.arange(1, len(walk) + 1, dtype=np.int32)
    return Plan(turf, stop)


def _pieces_too_many(doors: Doors, plan: Plan, moved: NDArray[np.int64], wishes: Wishes) -> int:
    """Pieces beyond the first of the short streets that moved doors are of."""
    found = 0
    _streets, first = np.unique(doors.street[moved], return_index=True)
    for door in moved[first].tolist():
        same = _same_street(doors, door, wishes) & (plan.turf > 0)
        if same.any() and _is_short(int(same.sum()), wishes):
            found += len(np.unique(plan.turf[same])) - 1
    return found


def _size(walks: Walks, turf: int) -> Size:
    at = np.flatnonzero(walks.turf == turf)
    if not len(at):
        return Size(turf, 0, 0.0)
    return Size(turf, int(walks.doors[at[0]]), float(walks.minutes[at[0]]))


def _both(walks: Walks, own: int, to: int, what: Literal["metres", "minutes"]) -> float:
    return float(getattr(walks, what)[np.isin(walks.turf, [own, to])].sum())


def _breaks(
    was: tuple[Report, Walks],
    is_: tuple[Report, Walks],
    own: int,
    to: int,
    wishes: Wishes,
    locked: frozenset[int],
    pieces: int,
) -> tuple[Law, ...]:
    """Laws broken by the move; see ``check_laws`` for what each says."""
    found: list[Law] = []
    if _too_large(is_[1], to, wishes) and not _too_large(was[1], to, wishes):
        found.append("size")
    apart_was, apart_is = (
        int((~walks.connected[np.isin(walks.turf, [own, to])]).sum()) for _, walks in (was, is_)
    )
    if apart_is > apart_was:
        found.append("connected")
    if (is_[0].barrier_crossings or 0) > (was[0].barrier_crossings or 0):
        found.append("barriers")
    if not wishes.cross_districts and is_[0].districts_crossed > was[0].districts_crossed:
        found.append("districts")
    if locked & {own, to}:
        found.append("locked")
    if wishes.never_split_streets and pieces > 0:
        found.append("never-split")
    return tuple(found)


def _too_large(walks: Walks, turf: int, wishes: Wishes) -> bool:
    size = _size(walks, turf)
    if wishes.doors_each is not None:
        return bool(size.doors > np.ceil(DOORS_OVER * wishes.doors_each))
    return size.doors > 1 and size.minutes > MINUTES_OVER * (wishes.minutes_each or 0.0)
