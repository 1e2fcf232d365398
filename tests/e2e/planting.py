"""Walks planted quickly: a few statements each, however many doors they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Building, Door
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP
from tests.e2e.test_doorstep import Doorstep

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

UNITS_A_FLOOR = 20


def doors_with_people(campaign: Campaign, doors: list[Door]) -> list[Door]:
    """These doors, with one person behind each; the campaign's wall must be open."""
    made = Door.objects.bulk_create(doors)
    homes = Household.objects.bulk_create(
        Household(campaign=campaign, address_key=door.address_key, door=door) for door in made
    )
    Person.objects.bulk_create(
        Person(campaign=campaign, household=home, forename="Mira", surname=f"Hasler{nth}",
               name_key=f"mira hasler{nth}", origin="contacts")
        for nth, home in enumerate(homes)
    )  # fmt: skip
    return list(made)


def a_tower(campaign: Campaign, units: int = 600) -> Doorstep:
    """A walk that is one building, and the phone that carries it."""
    with tenant(campaign.pk):
        house = Building.objects.create(
            campaign=campaign, name="Riverside Tower", access_note="Ask the porter for the lift key.",
        )  # fmt: skip
        doors = doors_with_people(
            campaign,
            [
                Door(
                    campaign=campaign, address_key=f"1 flat {unit} quay|", street="Quay", number="1",
                    unit=f"Flat {unit}", building=house, floor=(unit - 1) // UNITS_A_FLOOR,
                    lon=9.52, lat=47.14,
                )
                for unit in range(1, units + 1)
            ],
        )  # fmt: skip
        turf = a_walk(campaign, [door.pk for door in doors], number=3)
        device, token = actions.ask_for_walk(turf, "Bob", by=SETUP)
    assert token
    return Doorstep(campaign, turf, device, token, doors, house)


def a_street(campaign: Campaign, number: int, houses: int) -> Doorstep:
    """A walk of houses, and the phone that carries it."""
    with tenant(campaign.pk):
        house = Building.objects.create(
            campaign=campaign, name=f"Hall {number}", street_key=f"road {number}", number_key="1"
        )
        doors = doors_with_people(
            campaign,
            [
                Door(campaign=campaign, address_key=f"{nth} road {number}|", street=f"Road {number}",
                     number=str(nth), lon=9.52, lat=47.14)
                for nth in range(1, houses + 1)
            ],
        )  # fmt: skip
        turf = a_walk(campaign, [door.pk for door in doors], number=number)
        device, token = actions.ask_for_walk(turf, f"Phone {number}", by=SETUP)
    assert token
    return Doorstep(campaign, turf, device, token, doors, house)
