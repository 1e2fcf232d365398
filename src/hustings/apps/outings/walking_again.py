"""Another walk past doors that were on walks which came back: a second knock, free to be handed out at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import access
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow, claim_codes, make_live
from hustings.core.walk.joined import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


def walk_again(
    campaign: Campaign, action_id: int, doors: Sequence[tuple[int, int]], *, name: str, by: Actor
) -> Turf:
    """
    A published walk past these doors, each walk's in the order in which it was walked.

    The doors leave the walks on which they were, so that nobody else is sent there; what was heard there
    stays with those.

    Parameters
    ----------
    doors
        (walk, door) of walks of this action that came back.

    Raises
    ------
    NotNow
        When one of them is on another walk by now, or its walk did not come back.
    """
    if not doors:
        raise NotNow(_("There is no door to knock on again."))
    with tenant(campaign.pk):
        access.action_for(campaign, action_id)
        walks = access.hold_turfs(campaign, {turf for turf, _door in doors})
        access.hold_action(campaign, action_id)
        rows = _held(campaign, action_id, doors)
        by_walk: dict[int, list[TurfDoor]] = {}
        for row in rows:
            by_walk.setdefault(row.turf_id, []).append(row)
        turfs = {
            turf.pk: turf
            for turf in walks
            if turf.action_id == action_id and turf.returned_at and turf.retired_at is None
        }
        if len(turfs) != len(by_walk):
            raise NotNow(_("One of these walks is not back."))
        made = _written(campaign, list(by_walk.values()), turfs, name)
        codes = claim_codes(campaign, [made.pk])
        made.code, made.published_at = codes[made.pk], timezone.now()
        made.save(update_fields=["code", "published_at"])
        record(by, "turf.walk_again", subject="turf", subject_id=made.pk, count=len(rows))
    return made


def _held(campaign: Campaign, action_id: int, doors: Sequence[tuple[int, int]]) -> list[TurfDoor]:
    wanted = set(doors)
    rows = TurfDoor.objects.of(campaign).filter(
        action_id=action_id, live=True, turf__in={turf for turf, _door in wanted},
        door_id__in={door for _turf, door in wanted},
    )  # fmt: skip
    found = [
        row for row in rows.order_by("turf_id", "stop") if (row.turf_id, row.door_id) in wanted
    ]
    if len(found) != len(wanted):
        raise NotNow(_("Some of these doors are on another walk by now. Look again."))
    return found


def _written(
    campaign: Campaign, walks: list[list[TurfDoor]], turfs: dict[int, Turf], name: str
) -> Turf:
    from hustings.apps.outings.sources import doors_by_id

    facts = doors_by_id(campaign, [row.door_id for walk in walks for row in walk])
    middle = turfs[walks[0][0].turf_id]

    def place(row: TurfDoor) -> tuple[float, float]:
        lon, lat = facts[row.door_id].lon, facts[row.door_id].lat
        if lon is None or lat is None:  # a door without a place stands where its walk does
            return middle.lon or 0.0, middle.lat or 0.0
        return lon, lat

    order, metres = joined([[place(row) for row in walk] for walk in walks])
    rows = [walks[walk][nth] for walk, nth in order]
    newest = max(turfs.values(), key=lambda turf: turf.cut_id)
    streets = list(dict.fromkeys(filter(None, (facts[row.door_id].street for row in rows))))
    highest: dict[str, Any] = Turf.objects.of(campaign).filter(
        action_id=newest.action_id
    ).aggregate(number=Max("number"))  # fmt: skip
    made: Turf = Turf.objects.create(
        campaign=campaign, action_id=newest.action_id, cut_id=newest.cut_id,
        number=highest["number"] + 1, name=name % {"streets": ", ".join(streets[:2])},
        door_count=len(rows), walk_m=round(metres, 1), streets=streets,
        minutes=round(len(rows) * campaign.minutes_per_door + metres / campaign.metres_per_minute, 1),
        route=[list(place(row)) for row in rows], lon=place(rows[0])[0], lat=place(rows[0])[1],
    )  # fmt: skip
    TurfDoor.objects.of(campaign).filter(pk__in=[row.pk for row in rows]).update(live=False)
    TurfDoor.objects.bulk_create(
        TurfDoor(campaign=campaign, action_id=newest.action_id, turf=made, door_id=row.door_id, stop=stop)
        for stop, row in enumerate(rows, 1)
    )  # fmt: skip
    make_live(campaign, [made.pk])
    return made
