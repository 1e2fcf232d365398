"""Questions of the turf screens; each a fixed number of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, Sum, Window
from django.utils.translation import gettext as _

from hustings.apps.outings import sources
from hustings.apps.outings.held_knocks import held_turf_doors
from hustings.apps.outings.models import Action, Checkout, Cut, SplitStreet, Turf, TurfDoor

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign

WALKING_SHARE = 0.25
"""Of talking time, on top: what walking adds in a town. Only for the estimate before a cut."""


class ActionRow(NamedTuple):
    """An action in the list, with its live walks by state and its doors."""

    action: Action
    free: int
    out: int
    back: int
    doors: int
    knocked: int


def walks_past(campaign: Campaign, door_ids: Collection[int]) -> list[Turf]:
    """Published walks with one of these doors, of which sheets may have been printed."""
    here = TurfDoor.objects.of(campaign).filter(door_id__in=list(door_ids)).values("turf_id")
    walks = Turf.objects.of(campaign).filter(pk__in=here, published_at__isnull=False)
    return list(walks.order_by("number", "pk"))


def actions_of(campaign: Campaign, most: int = 200) -> list[ActionRow]:
    """Newest first: three questions however many there are."""
    actions = list(Action.objects.of(campaign).order_by("-made_at")[:most])
    ids = [action.pk for action in actions]
    walks = {
        row["action_id"]: row
        for row in Turf.objects.of(campaign)
        .filter(action__in=ids, published_at__isnull=False, retired_at=None)
        .values("action_id")
        .annotate(
            all=Count("id", distinct=True),
            back=Count("id", distinct=True, filter=Q(returned_at__isnull=False)),
            out=Count(
                "id",
                distinct=True,
                filter=Q(checkouts__isnull=False) & Q(checkouts__returned_at=None),
            ),
        )
    }
    held = held_turf_doors(campaign.pk)
    doors = {
        row["action_id"]: row
        for row in TurfDoor.objects.of(campaign)
        .filter(action__in=ids)
        .values("action_id")
        .annotate(
            live=Count("id", filter=Q(live=True)),
            # A door of a second knock was knocked on in two walks, and is one door.
            knocked=Count(
                "door_id", distinct=True, filter=Q(knocked_at__isnull=False) & ~Q(id__in=held)
            ),
        )
    }
    nothing = {"all": 0, "back": 0, "out": 0, "live": 0, "knocked": 0}
    rows = []
    for action in actions:
        w, d = walks.get(action.pk, nothing), doors.get(action.pk, nothing)
        rows.append(
            ActionRow(
                action,
                w["all"] - w["back"] - w["out"],
                w["out"],
                w["back"],
                d["live"],
                d["knocked"],
            )
        )
    return rows


def cuts_of(action: Action) -> list[Cut]:
    """An action's cuts, newest first."""
    return list(Cut.objects.of(action.campaign_id).filter(action=action).order_by("-asked_at"))


def turfs_of(cut: Cut) -> list[Turf]:
    """A cut's walks by number, each with who has it: two questions."""
    return with_holders(list(Turf.objects.of(cut.campaign_id).filter(cut=cut).order_by("number")))


def turfs_to_print(cut: Cut, named: Collection[int], most: int) -> list[Turf]:
    """
    A cut's walks by number, each with who has it: those with one of these ids.

    Where none is named, all of them; none at all where they have more doors than ``most``: a city's walks,
    each with its line, are not looked up to be refused.
    """
    rows = Turf.objects.of(cut.campaign_id).filter(cut=cut)
    if named:
        rows = rows.filter(pk__in=list(named))
    else:
        rows = rows.annotate(doors_of_all=Window(Sum("door_count"))).filter(doors_of_all__lte=most)
    return with_holders(list(rows.order_by("number")))


def with_holders(turfs: list[Turf]) -> list[Turf]:
    """Look up who has these walks, all at once."""
    held = {
        checkout.turf_id: checkout
        for checkout in Checkout.objects.filter(
            campaign_id__in={turf.campaign_id for turf in turfs},
            turf__in=[turf.pk for turf in turfs],
            returned_at=None,
        )
    }
    for turf in turfs:
        turf.held = [held[turf.pk]] if turf.pk in held else []
    return turfs


def doors_knocked(cut: Cut) -> dict[int, int]:
    """How many doors of each walk were knocked on, by the walk's id."""
    return dict(
        TurfDoor.objects.of(cut.campaign_id)
        .filter(turf__cut=cut, knocked_at__isnull=False, taken_at=None)
        .exclude(id__in=held_turf_doors(cut.campaign_id))
        .values_list("turf_id")
        .annotate(Count("id"))
    )


def doors_twice(cut: Cut) -> int:
    """How many places in walks of a cut that came back are past doors that a newer walk of it has again."""
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, {"campaign": cut.campaign_id, "cut": cut.pk})
        row = cursor.fetchone()
    return int(row[0]) if row else 0


_TWICE = """
select count(*) from outings_turf t
join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id and td.taken_at is null
where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s and t.retired_at is null
  and t.returned_at is not null and exists (
    select from outings_turfdoor again
    join outings_turf n on n.campaign_id = again.campaign_id and n.id = again.turf_id
    where again.campaign_id = td.campaign_id and again.door_id = td.door_id and again.taken_at is null
      and n.cut_id = t.cut_id and n.retired_at is null and n.id > t.id)
"""


def split_streets(cut: Cut) -> list[SplitStreet]:
    """The streets that fall into several walks, by name."""
    return list(SplitStreet.objects.of(cut.campaign_id).filter(cut=cut).order_by("street"))


@dataclass(frozen=True, slots=True)
class WalkStop:
    """One door of a walk, as a list shows it."""

    stop: int
    door: sources.DoorFacts
    people: tuple[sources.PersonAtDoor, ...]
    knocked_at: datetime | None
    live: bool
    new_street: bool


def walk_stops(campaign: Campaign, turf: Turf, *, with_people: bool) -> list[WalkStop]:
    """
    A walk's doors in walking order: three questions, four with people.

    Whoever asks for people writes the audit line.
    """
    rows = list(
        TurfDoor.objects.of(campaign)
        .filter(Q(taken_at=None) | Q(knocked_at__isnull=False), turf=turf)
        .order_by("stop")
        .values_list("id", "stop", "door_id", "knocked_at", "live")
    )
    held = held_turf_doors(campaign.pk)
    ids = [door_id for _row, _stop, door_id, _knocked, _live in rows]
    doors = sources.doors_by_id(campaign, ids)
    people = sources.people_at(campaign, ids) if with_people else {}
    stops = []
    street: str | None = None
    for row, stop, door_id, knocked, live in rows:
        knocked_at = None if row in held else knocked
        door = doors[door_id]
        stops.append(
            WalkStop(
                stop, door, tuple(people.get(door_id, ())), knocked_at, live, door.street != street
            )
        )
        street = door.street
    return stops


def why_here(turf: Turf, street: str, here: int, splits: Sequence[SplitStreet]) -> str:
    """Why a street's doors are in this walk, in one sentence."""
    for split in splits:
        if split.street == street:
            others = ", ".join(str(number) for number in split.turfs if number != turf.number)
            return _("%(street)s is shared with walk %(others)s. %(reason)s") % {
                "street": street,
                "others": others,
                "reason": split.reason,
            }
    return _(
        "The doors of %(street)s are kept together: all %(here)s of them are in this walk."
    ) % {
        "street": street,
        "here": here,
    }


def doors_as_geojson(cut: Cut) -> str:
    """A cut's doors as GeoJSON text, made by the database: place, walk and stop; no names, no people."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {COLLECTION} from (select {FEATURE} as feature "  # noqa: S608  # our own words
            "from outings_turf t "
            "join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id "
            "join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id "
            "where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s and d.lon is not null "
            "and td.taken_at is null "
            "order by t.number, td.stop) as doors",
            {"campaign": cut.campaign_id, "cut": cut.pk},
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""


COLLECTION = (
    "json_build_object('type', 'FeatureCollection', 'features', "
    "coalesce(json_agg(feature), '[]'::json))::text"
)
FEATURE = (
    "json_build_object('type', 'Feature', 'geometry', json_build_object('type', 'Point', "
    "'coordinates', json_build_array(round(d.lon::numeric, 6), round(d.lat::numeric, 6))), "
    "'properties', json_build_object('walk', t.number, 'stop', td.stop, 'door', d.id, "
    "'label', concat_ws(', ', nullif(d.unit, ''), nullif(d.number, ''))))"
)


def route_as_json(campaign: Campaign, turf: Turf) -> dict[str, Any]:
    """A walk's line along the streets and its doors in order, as GeoJSON."""
    stops = walk_stops(campaign, turf, with_people=False)
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [stop.door.lon, stop.door.lat]},
            "properties": {"stop": stop.stop, "label": stop.door.label, "walk": turf.number},
        }
        for stop in stops
        if stop.door.lon is not None
    ]
    if len(turf.route) > 1:
        line = {"type": "LineString", "coordinates": turf.route}
        features.insert(
            0, {"type": "Feature", "geometry": line, "properties": {"walk": turf.number}}
        )
    return {"type": "FeatureCollection", "features": features}


def estimate(
    campaign: Campaign, doors: int, units: str, size: float, learned_minutes: float | None = None
) -> int:
    """About how many walks that makes, before anything is cut."""
    if size <= 0 or doors == 0:
        return 0
    if units == "doors":
        return max(1, round(doors / size))
    minutes = learned_minutes or campaign.minutes_per_door
    return max(1, round(doors * minutes * (1 + WALKING_SHARE) / size))
