"""A volunteer tells us anew what they told us before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Person
from hustings.apps.volunteers.joining import come_from_abroad, reach
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.where import place_of
from hustings.core.register import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.volunteers.joining import FromAbroad


def tell(
    volunteer: Volunteer, *, name: str, email: str, phone: str, facts: Mapping[str, Any], by: Actor
) -> None:
    """Their name, how they are reached, and what they would like to do."""
    campaign = volunteer.campaign
    with tenant(campaign.pk):
        if name != volunteer.person.name:
            forename, _space, surname = name.rpartition(" ")
            Person.objects.of(campaign).filter(pk=volunteer.person_id).update(
                forename=forename, surname=surname, name_key=fold(f"{surname} {forename}")
            )
        reach(volunteer.person, email=email, phone=phone)
        where: dict[str, float | None] = {}
        if facts.get("near") != volunteer.near:
            where["lon"], where["lat"] = place_of(campaign, facts["near"]) or (None, None)
        Volunteer.objects.of(campaign).filter(pk=volunteer.pk).update(**facts, **where)
        record(by, "volunteer.tell", subject="volunteer", subject_id=volunteer.pk)


def come_from(volunteer: Volunteer, country: str, abroad: FromAbroad, *, by: Actor) -> None:
    """How they come from abroad, and who pays; put to the rules again, and to be agreed anew."""
    with tenant(volunteer.campaign_id):
        rows = Volunteer.objects.of(volunteer.campaign_id).filter(pk=volunteer.pk)
        rows.update(home_country=country)
        volunteer.home_country = country
        come_from_abroad(volunteer, abroad, by=by)
