"""
A walk on polling day: who is still to be turned out, knock by knock.

The rule is :mod:`hustings.core.polling.knocking`; here its facts are gathered. Nothing is hidden while no polling
day is open, nor on any other kind of walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.intake import COUNTS
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.canvass.who_lives_where import LIVE_AT
from hustings.apps.outings import access as outings
from hustings.apps.outings.models import Action
from hustings.apps.polling.models import Knock
from hustings.apps.polling.queries import VOTED, WANTED, open_day, values_of
from hustings.core.errors import BadInput
from hustings.core.polling.knocking import Heard, Voter, list_of

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from hustings.apps.polling.models import PollingDay
    from hustings.core.polling.knocking import Reason


@dataclass(frozen=True, slots=True)
class KnockNow:
    """
    A walk's list in the knock that is going on.

    Parameters
    ----------
    after
        The position of the last event before this knock: what is newer is heard in it.
    people
        Door → people to ask for; a door that is missing is not knocked on.
    heard
        Door → kinds of event in this knock, oldest first.
    hidden
        How many people are not on the list, by reason.
    """

    number: int
    after: int
    people: dict[int, tuple[int, ...]]
    heard: dict[int, list[str]]
    hidden: dict[Reason, int]


_VOTERS = f"""
with lives as (select distinct person, door from ({LIVE_AT}) every),
voted as ({VOTED} and e.person_id in (select person from lives)),
wanted as ({WANTED} and e.person_id in (select person from lives))
select l.person, l.door, l.person in (select person_id from wanted),
  l.person in (select person_id from voted),
  exists (select from people_donotcontact n where n.campaign_id = %(campaign)s
    and n.person_id = l.person and n.lifted_at is null and n.channel in ('', 'door'))
from lives l order by l.door, l.person
"""

_HEARD = f"""
select e.door_id, e.person_id, e.kind, 1 + (
  select count(*) from polling_knock k where k.campaign_id = e.campaign_id
    and k.turf_id = e.turf_id and k.after < e.position)
from canvass_canvassevent e
where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and {COUNTS}
order by e.position
"""


def knock_of(campaign: Campaign, turf_id: int) -> KnockNow | None:
    """The list of a polling-day walk as it is now; None where nothing is hidden."""
    kinds = Action.objects.of(campaign).filter(turfs=turf_id).values_list("kind", flat=True)
    return knock_of_kind(campaign, turf_id, kinds.first())


def knock_of_kind(campaign: Campaign, turf_id: int, kind: str | None) -> KnockNow | None:
    """The same, where the kind of the walk's round is known already."""
    if kind != Action.Kind.TURN_OUT:
        return None
    day = open_day(campaign)
    return None if day is None else _list(day, turf_id)


def begin_knock(turf: Turf, *, by: Actor) -> Knock:
    """
    The next knock: who was not in is knocked on again, who was spoken to is not.

    Raises
    ------
    BadInput
        When the walk is no polling-day walk.
    """
    if turf.action.kind != Action.Kind.TURN_OUT:
        raise BadInput(_("Only walks that turn people out on polling day have several knocks."))
    with tenant(turf.campaign_id):
        outings.turf_for(turf.campaign, turf.pk, lock=True)
        before = Knock.objects.of(turf.campaign_id).filter(turf_id=turf.pk).count()
        events = CanvassEvent.objects.of(turf.campaign_id).filter(turf=turf)
        begun: Knock = Knock.objects.create(
            campaign_id=turf.campaign_id, turf_id=turf.pk, number=before + 2, begun_by=by.label,
            after=events.aggregate(newest=Max("position"))["newest"] or 0,
        )  # fmt: skip
        record(by, "polling.knock", subject="turf", subject_id=turf.pk)
    return begun


def _list(day: PollingDay, turf_id: int) -> KnockNow:
    values: dict[str, Any] = {**values_of(day), "turf": turf_id}
    knocks = Knock.objects.of(day.campaign_id).filter(turf_id=turf_id)
    begun = knocks.aggregate(count=Count("pk"), after=Max("after"))
    number = 1 + begun["count"]
    by_person: dict[int, list[Heard]] = {}
    now: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select door_id from outings_turfdoor where campaign_id = %s and turf_id = %s",
            [day.campaign_id, turf_id],
        )
        values["doors"] = [door for (door,) in cursor.fetchall()]
        cursor.execute(_HEARD, values)
        for door, person, kind, knock in cursor.fetchall():
            if person is not None:
                by_person.setdefault(person, []).append(Heard(knock, kind))
            if knock == number:
                now.setdefault(door, []).append(kind)
        cursor.execute(_VOTERS, values)
        voters = [
            Voter(
                person, door, wanted, voted, left_alone,
                heard=tuple(by_person.get(person, ())),
            )
            for person, door, wanted, voted, left_alone in cursor.fetchall()
        ]  # fmt: skip
    made = list_of(voters, number)
    return KnockNow(number, begun["after"] or 0, made.doors, now, made.hidden)
