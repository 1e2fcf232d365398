"""What is chosen on the workbench: doors by themselves, their side of a block, their street, or what lies in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db import connection
from django.utils.translation import gettext_lazy as _

from hustings.apps.outings.models import Area, TurfDoor
from hustings.apps.outings.step_in_thought import turfs_by_number
from hustings.apps.outings.workbench_ground import ground_of
from hustings.core.turf.hand_over import face_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.outings.models import Cut

DOORS, FACE, STREET = "doors", "face", "street"
REACHES = (
    (DOORS, _("just these doors")),
    (FACE, _("their side of the street, from junction to junction")),
    (STREET, _("all of their street on this walk")),
)
"""How far a choice of doors reaches."""


class Chosen(NamedTuple):
    """What a form chose: doors, how far that reaches, and an area whose doors of one walk (or any) go too."""

    doors: frozenset[int]
    reach: str = DOORS
    area: int | None = None
    walk: int | None = None


def doors_chosen(cut: Cut, chosen: Chosen) -> frozenset[int]:
    """The doors that are meant."""
    found = set(chosen.doors)
    if chosen.reach == STREET:
        found |= _same_street(cut, chosen.doors)
    elif chosen.reach == FACE and chosen.doors:
        found |= _same_face(cut, chosen.doors)
    if chosen.area is not None:
        found |= doors_inside(cut, chosen.area, chosen.walk)
    return frozenset(found)


_STREET = """
select distinct other.door_id from outings_turfdoor mine
join outings_turf t on t.campaign_id = mine.campaign_id and t.id = mine.turf_id
join places_door d on d.campaign_id = mine.campaign_id and d.id = mine.door_id and d.street <> ''
join outings_turfdoor other on other.campaign_id = mine.campaign_id and other.turf_id = mine.turf_id
  and other.taken_at is null
join places_door o on o.campaign_id = other.campaign_id and o.id = other.door_id and o.street = d.street
where mine.campaign_id = %(campaign)s and t.cut_id = %(cut)s and mine.taken_at is null
  and t.returned_at is null
  and mine.door_id = any(%(doors)s::bigint[])
"""


def _same_street(cut: Cut, doors: Collection[int]) -> set[int]:
    values: dict[str, Any] = {"campaign": cut.campaign_id, "cut": cut.pk, "doors": list(doors)}
    with connection.cursor() as cursor:
        cursor.execute(_STREET, values)
        return {door for (door,) in cursor.fetchall()}


def _same_face(cut: Cut, doors: Collection[int]) -> set[int]:
    """Doors of the same walk that stand on the same side between the same junctions."""
    turfs = [turf.pk for turf in turfs_by_number(cut).values()]
    rows = TurfDoor.objects.of(cut.campaign_id).filter(
        turf__in=turfs, door_id__in=list(doors), taken_at=None
    )
    here = list(rows.values_list("door_id", "turf_id"))
    chosen = sorted({door for door, _turf in here})
    ground = ground_of(cut.campaign, cut, sorted({turf for _door, turf in here}), chosen)
    found: set[int] = set()
    for at in ground.at(chosen).tolist():
        mine = np.flatnonzero(ground.plan.turf == ground.plan.turf[at])
        found |= set(ground.ids[face_of(ground.doors, at, ground.streets, mine)].tolist())
    return found


_INSIDE = """
select td.door_id from outings_turf t
join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id and td.taken_at is null
join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id and d.lon is not null
where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s and t.retired_at is null
  and (%(walk)s::bigint is null or t.number = %(walk)s)
  and %(area)s::polygon @> point(d.lon, d.lat)
"""


def doors_inside(cut: Cut, area_id: int, walk: int | None) -> set[int]:
    """Doors of the cut that lie in an area; of one walk, if it is given."""
    area = Area.objects.of(cut.campaign_id).filter(pk=area_id, removed_at=None).first()
    if area is None:
        return set()
    values: dict[str, Any] = {
        "campaign": cut.campaign_id, "cut": cut.pk, "walk": walk,
        "area": "(" + ",".join(f"({lon},{lat})" for lon, lat in area.corners) + ")",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE, values)
        return {door for (door,) in cursor.fetchall()}
