"""
The doors on the map: coloured by what was heard there, or by how far their walk is done.

Whoever may look people up sees each door's answer. Everybody else sees one colour a walk, which says
no more than the table: not who opened, not what was said, and not at which door somebody stands now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from hustings.apps.canvass.held import OUTRULED
from hustings.apps.canvass.intake import COUNTS
from hustings.apps.places.queries import times_placed
from hustings.apps.results.queries import OTHER_ANSWER, kinds_of_answers, version_of

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.results.queries import Level

_WALK_DOORS = """
select t.id as walk, t.number, td.door_id, td.stop, d.lon, d.lat,
  coalesce(s.visits, 0) > 0 as knocked, coalesce(s.contacted, false) as contacted
from outings_turf t
join outings_action n on n.campaign_id = t.campaign_id and n.id = t.action_id
  and n.kind not in ('leaflet', 'poster')
join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id
join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id
left join canvass_doorstanding s on s.campaign_id = td.campaign_id and s.turf_id = td.turf_id
  and s.door_id = td.door_id
where t.campaign_id = %(campaign)s and t.published_at is not null
  and (%(action)s::bigint is null or t.action_id = %(action)s)
  and (td.live or td.knocked_at is not null or s.visits > 0)
"""

_PLACES = (
    "string_agg('[' || round(lon::numeric, 5) || ',' || round(lat::numeric, 5) || ']', ',' "
    "order by stop) filter (where lon is not null and lat is not null)"
)

_HEARD = f"""
with doors as ({_WALK_DOORS}),
heard as (
  select a.turf_id, a.door_id, min(a.support) as one, max(a.support) as another
  from canvass_answer a where a.campaign_id = %(campaign)s group by 1, 2),
told as (
  select doors.*, case when h.one = h.another then h.one when h.one is not null then (
    select e.support from canvass_canvassevent e
    where e.campaign_id = %(campaign)s and e.turf_id = doors.walk and e.door_id = doors.door_id
      and e.kind = 'answered' and {COUNTS}
    order by {OUTRULED}, e.position desc limit 1) end as support
  from doors left join heard h on h.turf_id = doors.walk and h.door_id = doors.door_id)
select walk, number, support, contacted, knocked, count(*) filter (where lon is not null), {_PLACES}
from told group by 1, 2, 3, 4, 5 order by 1, 5, 4, 3 nulls first
"""

_PROGRESS = f"""
with doors as ({_WALK_DOORS})
select walk, number, count(*), count(*) filter (where knocked), {_PLACES}
from doors group by 1, 2 order by 1
"""

_NOT_PLACED = f"""
with doors as ({_WALK_DOORS}) select count(*) from doors where lon is null or lat is null
"""


def legend(levels: list[Level], *, single_doors: bool) -> list[tuple[str, str]]:
    """The kinds of doors on this reader's map, each with its words."""
    if not single_doors:
        return [
            ("walk-none", _("walk not begun")),
            ("walk-begun", _("less than half done")),
            ("walk-most", _("half done or more")),
            ("walk-all", _("all doors knocked")),
        ]
    return [
        *((level.kind, level.label) for level in levels if level.kind != OTHER_ANSWER),
        *(
            [(OTHER_ANSWER, _("another answer"))]
            if OTHER_ANSWER in {x.kind for x in levels}
            else []
        ),
        ("contact", _("spoken to, no answer given")),
        ("tried", _("knocked, nobody spoken to")),
        ("todo", _("not yet")),
    ]


def not_on_the_map(campaign: Campaign, action: int | None) -> int:
    """Doors on walks whose place nobody knows."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_PLACED, {"campaign": campaign.pk, "action": action})
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def mark_of(campaign: Campaign, action: int | None, *, single_doors: bool) -> str:
    """Changes when any door on the map may have changed: its colour, its walk or its place."""
    kinds = kinds_of_answers(campaign)
    return version_of(campaign, action, "doors", single_doors, times_placed(campaign), kinds)


def doors_as_geojson(
    campaign: Campaign, action: int | None, *, single_doors: bool
) -> tuple[str, int]:
    """
    The doors as GeoJSON text, one MultiPoint for each walk and kind; no names, no addresses.

    Parameters
    ----------
    single_doors
        Whether each door says what was heard there; otherwise each walk has one kind.

    Returns
    -------
    tuple
        The text, and at how many doors it tells an answer.
    """
    values: dict[str, Any] = {"campaign": campaign.pk, "action": action}
    with connection.cursor() as cursor:
        cursor.execute(_HEARD if single_doors else _PROGRESS, values)
        rows = cursor.fetchall()
    if not single_doors:
        walks = [
            _feature(walk, number, _progress(knocked, doors), places)
            for walk, number, doors, knocked, places in rows
            if places
        ]
        return _collection(walks), 0
    kinds = kinds_of_answers(campaign)
    features, answers = [], 0
    for walk, number, support, contacted, knocked, doors, places in rows:
        if not places:
            continue
        if support is not None:
            answers += doors
            kind = kinds.get(support, OTHER_ANSWER)
        else:
            kind = "contact" if contacted else "tried" if knocked else "todo"
        features.append(_feature(walk, number, kind, places))
    return _collection(features), answers


def _progress(knocked: int, doors: int) -> str:
    if not knocked:
        return "walk-none"
    if knocked >= doors:
        return "walk-all"
    return "walk-most" if 2 * knocked >= doors else "walk-begun"


def _feature(walk: int, number: int, kind: str, places: str) -> str:
    return (
        f'{{"type":"Feature","properties":{{"walk":{walk},"number":{number},"kind":"{kind}"}},'
        f'"geometry":{{"type":"MultiPoint","coordinates":[{places}]}}}}'
    )


def _collection(features: list[str]) -> str:
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
