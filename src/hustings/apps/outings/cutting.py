"""Cutting a choice of doors into walks, in the background; the result is a draft."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.outings import access, sources, usual_roads
from hustings.apps.outings.models import Cut, SplitStreet, Turf, TurfDoor
from hustings.apps.outings.universe import Choice
from hustings.core.errors import BadInput
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Pace, Prices, Wishes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress
    from hustings.core.turf import cut as engine
    from hustings.core.turf.check import Report
    from hustings.core.turf.problem import Doors
    from hustings.core.walk.network import StreetNetwork

MOST_DOORS = 2_000_000


def wishes_kept(
    campaign: Campaign, *, by: str, size: float, seed: int = 1, **others: Any
) -> dict[str, Any]:
    """The wishes of a cut as JSON, with the campaign's settings as they are now."""
    return {
        "by": by,
        "size": size,
        "seed": seed,
        "never_split_streets": others.get("never_split_streets", campaign.never_split_streets),
        "cross_districts": others.get("cross_districts", campaign.cross_districts),
        "loop": others.get("loop", False),
        "start": others.get("start"),
        "learned_minutes": others.get("learned_minutes"),
        "beside": bool(others.get("beside", False)),
        "pace": {
            "minutes_per_door": others.get("learned_minutes") or campaign.minutes_per_door,
            "metres_per_minute": campaign.metres_per_minute,
            "seconds_per_floor": campaign.seconds_per_floor,
        },
        "prices": {
            "split_street": others.get("split_street", campaign.price_split_street_minutes),
            "street_change": campaign.price_street_change_minutes,
            "mid_block_crossing": campaign.price_mid_block_crossing_minutes,
            "extra_turf": campaign.price_extra_turf_minutes,
        },
    }


def wishes_of(kept: dict[str, Any]) -> Wishes:
    """The inverse of :func:`wishes_kept`."""
    start = kept.get("start")
    return Wishes(
        doors_each=int(kept["size"]) if kept["by"] == "doors" else None,
        minutes_each=float(kept["size"]) if kept["by"] == "minutes" else None,
        pace=Pace(**kept["pace"]),
        prices=Prices(**kept["prices"]),
        never_split_streets=kept["never_split_streets"],
        cross_districts=kept["cross_districts"],
        loop=kept["loop"],
        start=(float(start[0]), float(start[1])) if start else None,
        seed=int(kept.get("seed", 1)),
    )


def cut_turf(
    campaign: Campaign,
    progress: Progress,
    actor: Actor,
    *,
    cut_id: int,
    previous_id: int | None = None,
    locked: list[int] | None = None,
) -> dict[str, Any]:
    """
    Do one cut: read the doors, cut, judge, write turfs and stops, all in one transaction.

    Parameters
    ----------
    cut_id
        The row that was made when it was asked for.
    previous_id
        A cut of the same action to change as little as possible.
    locked
        Numbers of turfs of that cut that stay exactly as they are.
    """
    cut = access.cut_for(campaign, cut_id)
    progress(0.02, _("Looking up the doors"))
    chosen = sources.chosen_doors(
        campaign, Choice.from_json(cut.action.universe), cut.action_id,
        beside=bool(cut.wishes.get("beside")),
    )  # fmt: skip
    count = len(chosen.ids)
    if count == 0:
        raise BadInput(
            _(
                "No door is left after the last step of the choice; ask for less, or place more doors."
            )
        )
    if count > MOST_DOORS:
        raise BadInput(
            _("%(count)s doors are too many for one cut; choose some districts.") % {"count": count}
        )
    streets = sources.street_network(campaign)
    wishes = wishes_of(cut.wishes)
    previous = _previous_plan(campaign, chosen.ids, previous_id)
    from hustings.core.turf.cut import (
        cut as cut_doors,
    )  # compiles or loads kernels: in the worker only

    found = cut_doors(
        chosen.doors,
        streets,
        wishes,
        previous=previous,
        locked=frozenset(locked or ()),
        progress=lambda share, note: progress(0.05 + 0.75 * share, note),
    )
    found, usual = usual_roads.kept_together(campaign, found, chosen, streets, wishes, locked or ())
    progress(0.82, _("Judging the cut"))
    report = judged(found, chosen.doors, streets, wishes, previous, frozenset(locked or ()))
    cut.broken_laws = [broken.message for broken in report.broken]
    progress(0.86, _("Drawing the ways"))
    renumbered = _fresh_numbers(cut, found, previous)
    turfs = write(cut, found, chosen, streets, renumbered)
    usual_roads.write(cut, usual, turfs, previous_id)
    progress(0.95, _("Writing the walks"))
    cut.numbers = numbers_of(found, chosen.doors, report)
    cut.finished_at = timezone.now()
    cut.save(update_fields=["broken_laws", "numbers", "finished_at"])
    record(actor, "turf.cut", subject="cut", subject_id=cut.pk, count=len(turfs))
    return {"cut": cut.pk, **cut.numbers}


def write(
    cut: Cut,
    found: engine.Cut,
    chosen: sources.Chosen,
    streets: StreetNetwork | None,
    renumbered: dict[int, int] | None = None,
) -> dict[int, int]:
    """The rows of a cut's walks, split streets and doors; each walk's row by its number in the plan."""
    own = {turf.number: turf.number for turf in found.turfs}
    turfs = _write_turfs(cut, found, chosen, streets, renumbered or own)
    _write_doors(cut, found.plan, chosen.ids, turfs)
    return turfs


def judged(
    found: engine.Cut,
    doors: Doors,
    streets: StreetNetwork | None,
    wishes: Wishes,
    previous: Plan | None,
    locked: frozenset[int],
) -> Report:
    """What the independent judge says of the plan; it shares no code with the engine."""
    from hustings.core.turf.check import Asked, check_plan

    return check_plan(
        doors,
        found.plan,
        Asked(
            doors_each=wishes.doors_each,
            minutes_each=wishes.minutes_each,
            pace=wishes.pace,
            cross_districts=wishes.cross_districts,
            never_split_streets=wishes.never_split_streets,
            loop=wishes.loop,
            start=wishes.start,
            locked=tuple(sorted(locked)),
        ),
        streets=streets,
        previous=previous,
    )


def _previous_plan(
    campaign: Campaign, ids: NDArray[np.int64], previous_id: int | None
) -> Plan | None:
    if previous_id is None:
        return None
    rows = np.array(
        TurfDoor.objects.of(campaign)
        .filter(turf__cut_id=previous_id, taken_at=None)
        .values_list("door_id", "turf__number", "stop"),
        np.int64,
    ).reshape(-1, 3)
    rows = rows[np.argsort(rows[:, 0])]
    at = np.searchsorted(rows[:, 0], ids)
    known = (
        (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1), 0] == ids) if len(rows) else at < 0
    )
    turf, stop = np.zeros(len(ids), np.int32), np.zeros(len(ids), np.int32)
    turf[known], stop[known] = rows[at[known], 1], rows[at[known], 2]
    return Plan(turf, stop)


def _fresh_numbers(cut: Cut, found: engine.Cut, previous: Plan | None) -> dict[int, int]:
    """New walks count on after those already published in this action; those of a previous plan keep theirs."""
    kept = set(np.unique(previous.turf).tolist()) - {0} if previous is not None else set()
    taken = set(
        Turf.objects.of(cut.campaign_id)
        .filter(action_id=cut.action_id, published_at__isnull=False)
        .exclude(cut_id=cut.pk)
        .values_list("number", flat=True)
    )
    highest = max(taken | kept, default=0)
    numbers: dict[int, int] = {}
    for turf in found.turfs:
        if turf.number in kept:
            numbers[turf.number] = turf.number
        else:
            highest += 1
            numbers[turf.number] = highest
    return numbers


def _write_turfs(
    cut: Cut,
    found: engine.Cut,
    chosen: sources.Chosen,
    streets: StreetNetwork | None,
    renumbered: dict[int, int],
) -> dict[int, int]:
    """One row a turf; returns the row's id by the plan's number."""
    from hustings.core.walk.line import walk_line

    doors, names = chosen.doors, chosen.doors.street_names
    edge, along = _on_streets(doors, streets)
    walks = found.plan.walks()
    rows = []
    for turf in found.turfs:
        walk = walks[turf.number]
        lon, lat = doors.lon[walk], doors.lat[walk]
        placed = chosen.placed[walk]
        counted = Counter(names[s] for s in doors.street[walk].tolist() if s >= 0)
        rows.append(
            Turf(
                campaign_id=cut.campaign_id,
                action_id=cut.action_id,
                cut=cut,
                number=renumbered[turf.number],
                name=", ".join(name for name, _count in counted.most_common(2))
                or _("Walk %(number)s") % {"number": renumbered[turf.number]},
                door_count=turf.doors,
                minutes=round(turf.minutes, 1),
                walk_m=round(turf.walk_m, 1),
                streets=[names[s] for s in turf.streets],
                flags=sorted(turf.flags),
                # Where a door has no place of its own there is no way to draw.
                route=[list(p) for p in walk_line(lon, lat, edge[walk], along[walk], streets)]
                if placed.all()
                else [],
                lon=float(np.median(lon[placed])) if placed.any() else None,
                lat=float(np.median(lat[placed])) if placed.any() else None,
            )
        )
    Turf.objects.bulk_create(rows, batch_size=500)
    SplitStreet.objects.bulk_create(
        (
            SplitStreet(
                campaign_id=cut.campaign_id,
                cut=cut,
                street=names[split.street],
                turfs=sorted(renumbered[number] for number in split.turfs),
                reason=split.reason,
            )
            for split in found.split_streets
        ),
        batch_size=1000,
    )
    return {turf.number: row.pk for turf, row in zip(found.turfs, rows, strict=True)}


def _on_streets(
    doors: Doors, streets: StreetNetwork | None
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    if streets is None or streets.edge_count == 0:
        return np.full(len(doors), -1, np.int32), np.zeros(len(doors))
    from hustings.core.walk.stops import on_streets

    stops = on_streets(doors.lon, doors.lat, doors.street, doors.street_names, streets)
    return stops.edge, stops.along.astype(np.float64)


def _write_doors(cut: Cut, plan: Plan, ids: NDArray[np.int64], turf_rows: dict[int, int]) -> None:
    # COPY does not go through the wall; arrays do, and are as quick.
    turf_ids = [turf_rows[number] for number in plan.turf.tolist()]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into outings_turfdoor (campaign_id, action_id, turf_id, door_id, stop, live) "
            "select %s, %s, t, d, s, false "
            "from unnest(%s::bigint[], %s::bigint[], %s::int[]) as planned(t, d, s)",
            [cut.campaign_id, cut.action_id, turf_ids, ids.tolist(), plan.stop.tolist()],
        )


def numbers_of(found: engine.Cut, doors: Doors, report: Report) -> dict[str, Any]:
    """What an organiser judges a cut by: the judge's word where it has one."""
    minutes = [turf.minutes for turf in found.turfs]
    return {
        "doors": len(doors),
        "people": int(doors.people.sum()),
        "turfs": len(found.turfs),
        "streets": report.streets,
        "streets_split": report.streets_split,
        "short_streets": report.short_streets,
        "short_streets_whole": round(report.short_streets_whole, 4),
        "street_changes": report.street_changes,
        "mid_block_crossings": report.mid_block_crossings,
        "barrier_crossings": report.barrier_crossings,
        "connected": report.connected,
        "walk_m": round(report.walk_m),
        "minutes": round(report.minutes),
        "longest_minutes": round(max(minutes), 1),
        "shortest_minutes": round(min(minutes), 1),
        "mean_minutes": round(sum(minutes) / len(minutes), 1),
        "most_doors": max(turf.doors for turf in found.turfs),
        "fewest_doors": min(turf.doors for turf in found.turfs),
    }
