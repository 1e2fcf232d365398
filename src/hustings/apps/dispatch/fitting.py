"""
Which free walk fits somebody, which fits least badly, and why none does.

A walk fits or it does not, by each of the things that were asked for; among those that fit the one is best
that is nearest and uses the time that they have.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.dispatch import access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action, Turf

ON_FOOT_M = 1_500.0
"""How far, straight, the first doors may be for somebody without a car or a bus."""
SLACK = 1.05
"""A walk may be this much longer than somebody's time: minutes are an estimate."""
PAIR_SHARE = 1.8
"""Two at the doors get through this much of what one does."""
WAY_FACTOR = 1.3
"""How much longer than the straight line the way to the first door is."""
METRES_A_MINUTE = 80.0
IDLE_PRICE = 0.3
"""What a minute of their time that a walk leaves over is worth, in minutes of the way there."""
MOST_CANDIDATES = 400
LOOKS = 3
"""How often it is looked anew, where all that fitted went to others meanwhile."""
METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Wants:
    """
    What somebody can do. ``place`` (lon, lat) is where they would begin, and is never kept.

    Parameters
    ----------
    minutes
        How long they have; None: any walk.
    """

    minutes: int | None = None
    no_stairs: bool = False
    on_foot: bool = False
    partner: bool = False
    place: tuple[float, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """What is kept with an arrival: everything but the place."""
        return {
            "minutes": self.minutes,
            "no_stairs": self.no_stairs,
            "on_foot": self.on_foot,
            "partner": self.partner,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any], place: tuple[float, float] | None = None) -> Wants:
        """The inverse of :meth:`as_json`, with a place where one is known."""
        return cls(
            minutes=kept.get("minutes"),
            no_stairs=bool(kept.get("no_stairs")),
            on_foot=bool(kept.get("on_foot")),
            partner=bool(kept.get("partner")),
            place=place,
        )

    @property
    def most_minutes(self) -> float:
        """The longest walk that fits their time."""
        if self.minutes is None:
            return math.inf
        return self.minutes * SLACK * (PAIR_SHARE if self.partner else 1.0)


class FreeWalk(NamedTuple):
    """A walk that nobody has, as far as fitting goes; metres from the place, where one was asked about."""

    id: int
    number: int
    name: str
    minutes: float
    doors: int
    stairs: bool
    metres: float | None


def misfits(walk: FreeWalk, wants: Wants) -> list[str]:
    """What of their wishes it does not fit: ``time``, ``stairs``, ``far``; empty where it fits."""
    found = []
    if walk.minutes + way_minutes(walk, wants) > wants.most_minutes:
        found.append("time")
    if wants.no_stairs and walk.stairs:
        found.append("stairs")
    if wants.on_foot and walk.metres is not None and walk.metres > ON_FOOT_M:
        found.append("far")
    return found


def way_minutes(walk: FreeWalk, wants: Wants) -> float:
    """The way to the first door, for somebody who walks there."""
    if not wants.on_foot or walk.metres is None:
        return 0.0
    return walk.metres * WAY_FACTOR / METRES_A_MINUTE


def rank(walk: FreeWalk, wants: Wants) -> tuple[float, int]:
    """The smaller the better: minutes to the first door, and what is left over of their time."""
    way = (walk.metres or 0.0) * WAY_FACTOR / METRES_A_MINUTE
    idle = max(0.0, wants.most_minutes / SLACK - walk.minutes) if wants.minutes else 0.0
    return round(way + IDLE_PRICE * idle, 1), walk.number


def free_walks(
    action: Action,
    place: tuple[float, float] | None = None,
    within_m: float | None = None,
) -> list[FreeWalk]:
    """The walks of an action that nobody has: the nearest ones, or by number where there is no place."""
    lon, lat = place or (0.0, 0.0)
    flat = max(0.05, math.cos(math.radians(lat)))
    up = (within_m or 0.0) / METRES_A_DEGREE
    box = ""
    if place is not None and within_m is not None:
        box = "and t.lat between %(south)s and %(north)s and t.lon between %(west)s and %(east)s "
    away = "((t.lon - %(lon)s) * %(flat)s) ^ 2 + (t.lat - %(lat)s) ^ 2"
    order = f"{away} nulls last, t.number" if place else "t.number"
    metres = f"sqrt({away}) * {METRES_A_DEGREE}" if place else "null::float8"
    with connection.cursor() as cursor:
        cursor.execute(
            f"with free as materialized (select t.id, t.number, t.name, t.minutes, t.door_count, "  # noqa: S608  # our own words; places are values
            f"t.flags, {metres} as metres from outings_turf t "
            "where t.campaign_id = %(campaign)s and t.action_id = %(action)s "
            "and t.published_at is not null and t.returned_at is null and t.retired_at is null "
            f"{box}and not exists (select from outings_checkout c where c.campaign_id = t.campaign_id "
            "and c.turf_id = t.id and c.returned_at is null) "
            f"order by {order} limit %(most)s) "
            "select f.id, f.number, f.name, f.minutes, f.door_count, "
            "f.flags ? 'large-building' or exists (select from outings_turfdoor td "
            "join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id "
            "where td.campaign_id = %(campaign)s and td.turf_id = f.id and td.taken_at is null "
            "and d.floor > 0), "
            "f.metres from free f",
            {
                "campaign": action.campaign_id, "action": action.pk, "lon": lon, "lat": lat,
                "flat": flat, "south": lat - up, "north": lat + up, "west": lon - up / flat,
                "east": lon + up / flat, "most": MOST_CANDIDATES,
            },
        )  # fmt: skip
        return [FreeWalk(*row) for row in cursor.fetchall()]


def take_best(
    campaign: Campaign,
    action: Action,
    wants: Wants,
    *,
    within_m: float | None = None,
    least_minutes: float = 0.0,
) -> tuple[Turf | None, list[FreeWalk]]:
    """
    The best free walk that fits, held for this transaction; and all that were free when it was last looked for.

    Two who ask at once are never handed the same: what one holds, the other passes over; only when nothing else
    is left is it waited for, since an organiser who moves a door holds its walk too.
    """
    free: list[FreeWalk] = []
    for turn in range(1, LOOKS + 1):
        free = free_walks(action, wants.place, within_m)
        fitting = [
            walk for walk in free if walk.minutes >= least_minutes and not misfits(walk, wants)
        ]
        for walk in sorted(fitting, key=lambda one: rank(one, wants)):
            turf = access.free_turf(campaign, walk.id, wait=turn == LOOKS)
            if turf is not None:
                return turf, free
        if not fitting:
            break
    return None, free


def nearest_misfit(free: Sequence[FreeWalk], wants: Wants) -> FreeWalk | None:
    """The free walk that fits least badly."""
    return min(
        free,
        key=lambda walk: (len(misfits(walk, wants)), abs(walk.minutes - (wants.minutes or 0))),
        default=None,
    )


def why_none(free: Sequence[FreeWalk], wants: Wants) -> str:
    """Why nothing fits, in sentences."""
    if not free:
        return _("No walk is free right now.")
    missing = [misfits(walk, wants) for walk in free]
    if not any(missing):
        return _("The walks that were free were handed out while you asked. Try once more.")
    said = [
        ngettext("%(count)d walk is free.", "%(count)d walks are free.", len(free))
        % {"count": len(free)}
    ]
    shortest = min(walk.minutes for walk in free)
    if (too_long := sum("time" in one for one in missing)) and wants.minutes is not None:
        said.append(
            ngettext(
                "%(count)d takes longer than your %(minutes)d minutes; the shortest takes %(shortest)d.",
                "%(count)d take longer than your %(minutes)d minutes; the shortest takes %(shortest)d.",
                too_long,
            )
            % {"count": too_long, "minutes": wants.minutes, "shortest": round(shortest)}
        )
    if stairs := sum("stairs" in one for one in missing):
        said.append(
            ngettext("%(count)d has stairs.", "%(count)d have stairs.", stairs) % {"count": stairs}
        )
    if far := sum("far" in one for one in missing):
        said.append(
            ngettext(
                "%(count)d begins too far away to walk there.",
                "%(count)d begin too far away to walk there.",
                far,
            )
            % {"count": far}
        )
    return " ".join(said)


def misfit_in_words(walk: FreeWalk, wants: Wants) -> str:
    """What is wrong with the one that fits least badly."""
    words = {
        "time": _("takes about %(minutes)d minutes") % {"minutes": round(walk.minutes)},
        "stairs": _("has stairs"),
        "far": _("begins %(km)s km from here") % {"km": f"{(walk.metres or 0.0) / 1000:.1f}"},
    }
    return ", ".join(words[each] for each in misfits(walk, wants))
