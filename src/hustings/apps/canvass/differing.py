"""Two canvassers of one walk heard different answers of one person: both sides, and which of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import holding, intake, residents
from hustings.apps.canvass.held import OUTRULED
from hustings.apps.canvass.intake import COUNTS
from hustings.apps.canvass.models import CanvassEvent, Ruling, RulingTakenBack
from hustings.apps.canvass.wordings import labels_now
from hustings.core.errors import BadInput

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

MOST = 200
"""Differences on one page."""

_SIDES = f"""
with differ as (
  select a.turf_id, a.door_id, a.person_id from canvass_answer a
  where a.campaign_id = %(campaign)s and a.disputed
  order by a.turf_id, a.door_id, a.person_id limit %(most)s)
select distinct on (e.turf_id, e.person_id, e.device_id)
  e.turf_id, t.number, e.person_id, e.id, e.support, e.strength, e.occurred_at, v.label,
  {residents.address_of("h")}, p.forename, p.surname
from differ d
join canvass_canvassevent e on e.campaign_id = %(campaign)s and e.turf_id = d.turf_id
  and e.door_id = d.door_id and e.person_id = d.person_id
join outings_turf t on t.campaign_id = e.campaign_id and t.id = e.turf_id
join accounts_device v on v.campaign_id = e.campaign_id and v.id = e.device_id
left join places_door h on h.campaign_id = e.campaign_id and h.id = e.door_id
join people_person p on p.campaign_id = e.campaign_id and p.id = e.person_id
where e.kind = 'answered' and {COUNTS} and not {OUTRULED}
order by e.turf_id, e.person_id, e.device_id, e.position desc
"""


@dataclass(frozen=True, slots=True)
class Side:
    """What one canvasser heard."""

    event_id: UUID
    what: str
    at: datetime
    phone: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One person and what each canvasser of a walk heard of them."""

    turf: int
    walk: int
    door: str
    person_id: int
    person: str
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision that stands."""

    id: int
    person: str
    by_label: str
    at: datetime


def differences(campaign: Campaign) -> list[Difference]:
    """Whoever two canvassers differ about; the caller writes the audit line."""
    labels = labels_now(campaign)
    found: dict[tuple[int, int], Difference] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SIDES, {"campaign": campaign.pk, "most": MOST})
        for (
            turf, number, person, event, support, strength, at, phone, door, forename, surname,
        ) in cursor.fetchall():  # fmt: skip
            what = labels.get(support, support) + (f" ({strength})" if strength else "")
            difference = found.setdefault(
                (turf, person),
                Difference(turf, number, door, person, residents.name_of(forename, surname), []),
            )
            difference.sides.append(Side(event, what, at, phone))
    for difference in found.values():
        difference.sides.sort(key=lambda side: side.at)
    return list(found.values())


def standing_rulings(campaign: Campaign) -> QuerySet[Ruling]:
    """Decisions that were not taken back."""
    back = RulingTakenBack.objects.of(campaign).filter(ruling=OuterRef("pk"))
    found: QuerySet[Ruling] = Ruling.objects.of(campaign).exclude(Exists(back))
    return found


def ruled_lately(campaign: Campaign, *, most: int = 10) -> list[Ruled]:
    """The newest decisions that stand; the caller writes the audit line."""
    rulings = standing_rulings(campaign).select_related("person").order_by("-at")[:most]
    return [Ruled(each.pk, each.person.name, each.by_label, each.at) for each in rulings]


def rule(campaign: Campaign, event_id: UUID, *, by: Actor) -> Ruling:
    """
    This answer counts, and what others of its walk heard of the person until now does not.

    A new answer of another canvasser that differs is a new difference.
    """
    with tenant(campaign.pk):
        event = CanvassEvent.objects.of(campaign).filter(id=event_id, kind="answered").first()
        if event is None or event.person_id is None:
            raise NotHere
        intake.hold_walks(campaign, {event.turf_id})
        if not any(
            side.event_id == event_id for each in differences(campaign) for side in each.sides
        ):
            raise BadInput(_("Nobody differs about this any more."))
        about = CanvassEvent.objects.of(campaign).filter(
            turf_id=event.turf_id, person_id=event.person_id
        )
        ruling: Ruling = Ruling.objects.create(
            campaign=campaign, turf_id=event.turf_id, person_id=event.person_id,
            event_id=event_id, upto=about.aggregate(newest=Max("position"))["newest"],
            by_label=by.label,
        )  # fmt: skip
        holding.work_out_again(campaign, about)
        audit(by, "answer.rule", subject="person", subject_id=event.person_id)
    return ruling


def take_back(campaign: Campaign, ruling_id: int, *, by: Actor) -> None:
    """Both answers stand beside each other again."""
    with tenant(campaign.pk):
        ruling = Ruling.objects.of(campaign).filter(pk=ruling_id).first()
        if ruling is None:
            raise NotHere
        intake.hold_walks(campaign, {ruling.turf_id})
        _back, new = RulingTakenBack.objects.get_or_create(
            campaign=campaign, ruling=ruling, defaults={"by_label": by.label}
        )
        if not new:
            raise BadInput(_("This was taken back already."))
        holding.work_out_again(
            campaign,
            CanvassEvent.objects.of(campaign).filter(
                turf_id=ruling.turf_id, person_id=ruling.person_id
            ),
        )
        audit(by, "answer.unrule", subject="person", subject_id=ruling.person_id)
