"""
What a step on the workbench would do: both walks' figures, split streets, and the laws that it breaks.

What a screen shows before a step is what the step writes: both are :func:`thought_through`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from hustings.apps.outings import plan_state
from hustings.apps.outings.cutting import wishes_of
from hustings.apps.outings.models import PlanStep, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow
from hustings.apps.outings.queries import with_holders
from hustings.apps.outings.workbench_ground import ground_of
from hustings.core.errors import BadInput
from hustings.core.turf.hand_over import hand_over
from hustings.core.walk.line import walk_line
from hustings.core.walk.stops import on_streets

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.outings.models import Cut
    from hustings.apps.outings.workbench_ground import Ground
    from hustings.core.turf import cut as engine
    from hustings.core.turf.hand_over import HandOver

NEW, OUT = "new", "out"
"""Where doors can go besides a walk: into a new one, or out of the cut."""
MOST_AT_ONCE = 2_000
"""Doors in one step: more than any walk has."""


class Size(NamedTuple):
    """A walk's figures: what a screen shows before and after."""

    doors: int
    minutes: float
    walk_m: float


class WalkChange(NamedTuple):
    """A walk before and after a step; None where it is not there."""

    number: int
    name: str
    holder: str
    before: Size | None
    after: Size | None


@dataclass(frozen=True, slots=True)
class Thought:
    """
    What a step would do.

    Parameters
    ----------
    walks
        The touched walks.
    split_before, split_after
        Streets that fall into several walks.
    breaks
        Laws that it breaks (``hand_over.Law``).
    moved
        [door, from walk, to walk], 0 for none.
    before, after
        The state that the step keeps.
    """

    what: str
    walks: tuple[WalkChange, ...]
    split_before: tuple[str, ...]
    split_after: tuple[str, ...]
    breaks: tuple[str, ...]
    moved: list[list[int]]
    before: dict[str, Any]
    after: dict[str, Any]


def thought_through(
    cut: Cut,
    door_ids: Collection[int],
    to: int | str,
    turfs: dict[int, Turf],
    *,
    what: str = "",
    with_route: bool = True,
) -> Thought:
    """What moving these doors does to the walks they are in and to the one they go to."""
    chosen = sorted(set(door_ids))
    if len(chosen) > MOST_AT_ONCE:
        raise BadInput(
            _("%(count)s doors are more than one step can move; choose fewer.")
            % {"count": len(chosen)}
        )
    target = _number_of(cut, to, turfs)
    by_id = {turf.pk: turf for turf in turfs.values()}
    rows = list(
        TurfDoor.objects.of(cut.campaign_id)
        .filter(turf__in=list(by_id), door_id__in=chosen, taken_at=None)
        .values_list("door_id", "turf_id", "knocked_at")
    )
    # A door of a second knock is in the walk that came back as well: where it is now stands last.
    rows = sorted(rows, key=lambda row: (by_id[row[1]].returned_at is None, row[1]))
    where = {door: by_id[turf].number for door, turf, _at in rows}
    moved = [door for door in chosen if where.get(door, target) != target]
    if not moved:
        raise BadInput(_("None of these doors would move: choose doors of another walk."))
    knocked_at = {door: at for door, _turf, at in rows}
    knocked = [door for door in moved if knocked_at[door] is not None]
    if knocked:
        raise NotNow(
            _("%(count)s of these doors were knocked on already; they stay with their walk.")
            % {"count": len(knocked)}
        )
    touched = sorted({*(where[door] for door in moved), *([target] if target else [])})
    for number in touched:
        if number in turfs:
            may_change(turfs[number])
    ground = ground_of(cut.campaign, cut, [turfs[n].pk for n in touched if n in turfs], moved)
    said = hand_over(
        ground.doors, ground.plan, ground.at(moved), target, ground.streets,
        wishes_of(cut.wishes), near=ground.near,
        in_hand=frozenset(n for n in touched if n in turfs and turfs[n].open_checkout),
    )  # fmt: skip
    return _thought(cut, turfs, touched, ground, said, where, moved, target, to, what, with_route)


def _thought(
    cut: Cut,
    turfs: dict[int, Turf],
    touched: list[int],
    ground: Ground,
    said: HandOver,
    where: dict[int, int],
    moved: list[int],
    target: int,
    to: int | str,
    what: str,
    with_route: bool,
) -> Thought:
    names = ground.doors.street_names
    streets = sorted({names[s] for s in ground.doors.street[ground.at(moved)].tolist() if s >= 0})
    before = {
        "walks": plan_state.states_of(cut, turfs, touched)
        if with_route
        else dict.fromkeys(map(str, touched)),
        "streets": plan_state.streets_of(cut, streets) if with_route else {},
        "numbers": cut.numbers,
    }
    after_streets: dict[str, Any] = dict.fromkeys(streets)
    for split in said.split_after:
        after_streets[names[split.street]] = [list(split.turfs), split.reason]
    figures = {turf.number: turf for turf in said.after}
    walks = said.plan.walks()
    after: dict[str, Any] = {"walks": {}, "streets": after_streets, "numbers": cut.numbers}
    for number in touched:
        found = figures.get(number)
        if not with_route:
            continue
        after["walks"][str(number)] = (
            None
            if found is None
            else {
                "doors": ground.ids[walks[number]].tolist(),
                "locked": number in turfs and turfs[number].locked_at is not None,
                **_figures(ground, found, walks[number]),
            }
        )
    return Thought(
        what
        or {NEW: PlanStep.What.NEW_WALK, OUT: PlanStep.What.TAKE_OUT}.get(
            str(to), PlanStep.What.MOVE
        ),
        tuple(
            WalkChange(
                number,
                turfs[number].name if number in turfs else "",
                _holder(turfs.get(number)),
                _size_of(turfs.get(number)),
                _size_of_found(figures.get(number)),
            )
            for number in touched
        ),
        tuple(names[split.street] for split in said.split_before),
        tuple(names[split.street] for split in said.split_after),
        said.breaks,
        [[door, where[door], target] for door in moved],
        before,
        after,
    )


def _holder(turf: Turf | None) -> str:
    held = turf.open_checkout if turf is not None else None
    return held.holder if held is not None else ""


def _size_of(turf: Turf | None) -> Size | None:
    return None if turf is None else Size(turf.door_count, turf.minutes, turf.walk_m)


def _size_of_found(turf: engine.Turf | None) -> Size | None:
    if turf is None:
        return None
    return Size(turf.doors, round(turf.minutes, 1), round(turf.walk_m, 1))


def _figures(ground: Ground, turf: engine.Turf, walk: Any) -> dict[str, Any]:
    """What stands in a walk's row, worked out anew."""
    doors, names = ground.doors, ground.doors.street_names
    counted = Counter(names[s] for s in doors.street[walk].tolist() if s >= 0)
    placed = ground.placed[walk]
    lon, lat = doors.lon[walk], doors.lat[walk]
    edge, along = np.full(len(walk), -1, np.int32), np.zeros(len(walk))
    if ground.streets is not None and ground.streets.edge_count:
        stops = on_streets(lon, lat, doors.street[walk], names, ground.streets)
        edge, along = stops.edge, stops.along.astype(np.float64)
    return {
        "name": ", ".join(name for name, _count in counted.most_common(2))
        or _("Walk %(number)s") % {"number": turf.number},
        "minutes": round(turf.minutes, 1),
        "walk_m": round(turf.walk_m, 1),
        "streets": [names[street] for street in turf.streets],
        "flags": sorted(turf.flags),
        "route": [list(point) for point in walk_line(lon, lat, edge, along, ground.streets)]
        if placed.all()
        else [],
        "lon": float(np.median(lon[placed])) if placed.any() else None,
        "lat": float(np.median(lat[placed])) if placed.any() else None,
    }


def _number_of(cut: Cut, to: int | str, turfs: dict[int, Turf]) -> int:
    if to == OUT:
        return 0
    if to == NEW:
        others = Turf.objects.of(cut.campaign_id).filter(action_id=cut.action_id)
        taken = others.filter(published_at__isnull=False).aggregate(most=Max("number"))["most"] or 0
        own = others.filter(cut=cut).aggregate(most=Max("number"))["most"] or 0
        return max(taken, own) + 1
    if to not in turfs:
        raise BadInput(_("There is no walk %(number)s in this cut.") % {"number": to})
    return int(to)


def may_change(turf: Turf, *, is_lock: bool = False) -> None:
    """A sentence where no step may change this walk: it came back, or it is locked."""
    if turf.returned_at is not None:
        raise NotNow(
            _("Walk %(number)s came back; what was done on it stays as it is.")
            % {"number": turf.number}
        )
    if turf.locked_at is not None and not is_lock:
        raise NotNow(_("Walk %(number)s is locked; unlock it first.") % {"number": turf.number})


def turfs_by_number(cut: Cut, which: Q | None = None, *, lock: bool = False) -> dict[int, Turf]:
    """The walks that a cut has now, or some of them, each with who has it."""
    rows = Turf.objects.of(cut.campaign_id).filter(which or Q(), cut=cut, retired_at=None)
    rows = rows.defer("route", "streets", "flags")
    rows = rows.order_by("id")
    turfs = with_holders(list(rows.select_for_update(no_key=True) if lock else rows))
    return {turf.number: turf for turf in turfs}
