"""
A walk made on the spot: out of the doors round a place that no live walk has, held for whoever asked.

The database decides who has a door (``one_live_turf_a_door``); a clash is undone and made anew of the doors that
are still free. Who asks from the same few streets stands in one line (a lock for each square of the ground,
first come, first served), so that a thousand at once do not make a thousand walks of the same doors. Where a cut
is published at the same moment, one waits for the other.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch import access, ground
from hustings.apps.dispatch.models import SpotCut
from hustings.apps.outings import near
from hustings.apps.outings.cutting import wishes_kept, wishes_of
from hustings.apps.outings.models import Cut, Turf
from hustings.apps.outings.publishing import claim_codes
from hustings.apps.outings.universe import Choice
from hustings.core.turf.patch import walk_from_here

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.fitting import Wants
    from hustings.apps.outings.models import Action
    from hustings.core.turf.patch import Walk
    from hustings.core.turf.problem import Doors

MOST_DOORS = 300
"""Doors that a walk is chosen out of: some seven walks of ninety minutes."""
LEAST_DOORS = 3
"""Fewer are no walk."""
TRIES = 5
SQUARE_DEGREES = 0.006
"""Whoever asks from the same square stands in one line; about 600 metres."""
NUMBERS_AHEAD = 500
"""More who write at the same moment than a server has connections."""
SHORT_OF_TIME = 0.5
"""A walk with less than this share of the time asked for is flagged a remnant, as a cut's are."""
DOORS, NUMBERS = "one_live_turf_a_door", "one_turf_a_number"


def make(
    campaign: Campaign, action: Action, wants: Wants, minutes: float, *, by: Actor
) -> Turf | None:
    """
    A live walk of at most so many minutes from ``wants.place``; nobody has it yet, and the caller hands it out.

    None where there are too few free doors, or where others were quicker five times.
    """
    if wants.place is None:
        return None
    action.campaign = campaign
    with tenant(campaign.pk):
        _stand_in_line(action, wants.place)
        choice = Choice.from_json(action.universe)
        kept = wishes_kept(campaign, by="minutes", size=minutes, start=list(wants.place))
        wishes = wishes_of(kept)
        cut = running_cut(campaign, action, kept, by=by)
        for _turn in range(TRIES):
            chosen = near.free_doors(action, choice, wants.place, MOST_DOORS)
            doors, ids = chosen.doors, chosen.ids
            if wants.no_stairs:
                level = _without_stairs(doors)
                doors, ids = doors.only(level), ids[level]
            if len(ids) < LEAST_DOORS:
                return None
            walk = walk_from_here(doors, ground.streets_of(campaign), wishes)
            if walk is None or len(walk.doors) < LEAST_DOORS:
                return None
            try:
                with transaction.atomic():
                    turf = _write(campaign, action, cut, walk, doors, ids, minutes)
            except IntegrityError as error:
                if not any(name in str(error) for name in (DOORS, NUMBERS)):
                    raise
                continue
            record(
                by, "turf.on_the_spot", subject="turf", subject_id=turf.pk, count=turf.door_count
            )
            _count(cut)
            return turf
    return None


def running_cut(campaign: Campaign, action: Action, kept: dict[str, object], *, by: Actor) -> Cut:
    """The cut that an action's walks on the spot belong to; begun with the first of them."""
    there = access.spot_cut_of(campaign, action.pk)
    if there is None:
        _lock("dispatch.cut", action.campaign_id, action.pk)
        there = access.spot_cut_of(campaign, action.pk)
    if there is not None:
        begun: Cut = there.cut
        return begun
    now = timezone.now()
    wishes = {**kept, "start": None}
    cut: Cut = Cut.objects.create(
        campaign=campaign, action=action, wishes=wishes, asked_by=by.label, finished_at=now,
        published_at=now, numbers={},
    )  # fmt: skip
    SpotCut.objects.create(campaign=campaign, action=action, cut=cut)
    return cut


def _without_stairs(doors: Doors) -> NDArray[np.bool_]:
    """Doors on the ground, in buildings all of whose free doors are."""
    highest = np.zeros(int(doors.building.max(initial=0)) + 1, np.int64)
    np.maximum.at(highest, doors.building, doors.floor.astype(np.int64))
    return np.asarray(highest[doors.building] == 0)


def _stand_in_line(action: Action, place: tuple[float, float]) -> None:
    with connection.cursor() as cursor:
        # Many make walks at once, but none while a cut is made live (``publishing.make_live``): each holds
        # doors by rows of its own, and they would wait for one another for ever.
        cursor.execute(
            "select id from outings_action where campaign_id = %s and id = %s for share",
            [action.campaign_id, action.pk],
        )
    column, row = (math.floor(degrees / SQUARE_DEGREES) for degrees in place)
    _lock("dispatch.square", action.campaign_id, action.pk, column, row)


def _lock(*what: object) -> None:
    """Until the transaction ends; whoever waits is served in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", ["/".join(map(str, what))]
        )


def _write(
    campaign: Campaign,
    action: Action,
    cut: Cut,
    walk: Walk,
    doors: Doors,
    ids: NDArray[np.int64],
    minutes: float,
) -> Turf:
    """The turf with its doors, live from this moment; an error of the database where a door is taken."""
    names = [doors.street_names[s] for s in doors.street[walk.doors].tolist() if s >= 0]
    number = _next_number(cut)
    lon, lat = doors.lon[walk.doors], doors.lat[walk.doors]
    flags = ["remnant"] if walk.minutes < SHORT_OF_TIME * minutes else []
    turf: Turf = Turf.objects.create(
        campaign=campaign, action=action, cut=cut, number=number,
        name=", ".join(name for name, _count in Counter(names).most_common(2))
        or _("Walk %(number)s") % {"number": number},
        door_count=len(walk.doors), minutes=round(walk.minutes, 1), walk_m=round(walk.walk_m, 1),
        streets=list(dict.fromkeys(names)), flags=flags, route=[list(point) for point in walk.line],
        lon=float(np.median(lon)), lat=float(np.median(lat)), published_at=timezone.now(),
    )  # fmt: skip
    # In one order of doors, so that of two who want the same ones the second waits and neither for ever.
    in_walk = ids[walk.doors]
    order = np.argsort(in_walk)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into outings_turfdoor (campaign_id, action_id, turf_id, door_id, stop, live) "
            "select %s, %s, %s, d, s, true "
            "from unnest(%s::bigint[], %s::int[]) with ordinality as planned(d, s, nth) order by nth",
            [campaign.pk, action.pk, turf.pk, in_walk[order].tolist(), (order + 1).tolist()],
        )
    turf.code = claim_codes(campaign, [turf.pk])[turf.pk]
    turf.save(update_fields=["code"])
    return turf


def _next_number(cut: Cut) -> int:
    """
    One more than the action's highest; who asks at the same moment takes the one after it, without waiting.

    Those of drafts count, since they may be published later. A lock on the number tells them apart until the first is done; the constraint decides the rest.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select first.n + ahead from (select coalesce(max(number), 0) + 1 as n from outings_turf "
            "where campaign_id = %(campaign)s and action_id = %(action)s) first, "
            "generate_series(0, %(ahead)s) ahead "
            "where pg_try_advisory_xact_lock(hashtextextended(%(cut)s, first.n + ahead)) limit 1",
            {
                "campaign": cut.campaign_id, "action": cut.action_id, "ahead": NUMBERS_AHEAD,
                "cut": f"dispatch.number/{cut.campaign_id}/{cut.action_id}",
            },
        )  # fmt: skip
        [(number,)] = cursor.fetchall()
    return int(number)


def _count(cut: Cut) -> None:
    """What the cut's page says of it; whoever finds another counting leaves it to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update outings_cut set numbers = (select jsonb_build_object("
            "'turfs', count(*), 'doors', sum(door_count), 'minutes', round(sum(minutes)), "
            "'walk_m', round(sum(walk_m)), 'longest_minutes', round(max(minutes)::numeric, 1), "
            "'shortest_minutes', round(min(minutes)::numeric, 1), "
            "'mean_minutes', round(avg(minutes)::numeric, 1), 'most_doors', max(door_count), "
            "'fewest_doors', min(door_count)) from outings_turf "
            "where campaign_id = %(campaign)s and cut_id = %(cut)s) "
            "where id = (select id from outings_cut where campaign_id = %(campaign)s and id = %(cut)s "
            "for no key update skip locked)",
            {"campaign": cut.campaign_id, "cut": cut.pk},
        )
