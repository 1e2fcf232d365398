"""Volunteers that tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint, Person
from hustings.apps.volunteers.models import Volunteer

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def a_volunteer(
    campaign: Campaign, name: str = "Vera Walker", *, email: str = "", **facts: Any
) -> Volunteer:
    """Somebody who came to help; without an address, nobody who can be mailed."""
    forename, _space, surname = name.partition(" ")
    with tenant(campaign.pk):
        person = Person.objects.create(
            campaign=campaign,
            forename=forename,
            surname=surname,
            name_key=f"{surname} {forename}".lower(),
            origin=Person.Origin.JOINED,
        )
        if email:
            ContactPoint.objects.create(
                campaign=campaign, person=person, kind=ContactPoint.Kind.EMAIL, value=email
            )
        volunteer: Volunteer = Volunteer.objects.create(campaign=campaign, person=person, **facts)
    return volunteer
