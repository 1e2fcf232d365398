"""Finding people, and all that is known of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hustings.apps.people.models import Household, Person
from hustings.apps.people.sections import FINDERS, SECTIONS
from hustings.core.register import fold

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.people.sections import Section

MOST = 50
"""People shown for one search; with more, ask for more letters."""


def find_people(campaign: Campaign, text: str, limit: int = MOST) -> list[Person]:
    """
    People whose name begins with what was typed, in either order, or who live where it says.

    «smi», «smith jo», «jo smith» and «12 albert» work; so does whatever a room above can find by.
    """
    key = fold(text)
    if len(key) < 2:
        return []
    found: list[int] = []
    for other in FINDERS:
        found += other(campaign, text, limit)
    words = key.split()
    turned = " ".join([words[-1], *words[:-1]])
    names = Q(name_key__prefix=key)
    if turned != key:
        names |= Q(name_key__prefix=turned)
    people = Person.objects.of(campaign)
    found += people.filter(names).order_by("name_key").values_list("pk", flat=True)[:limit]
    if any(letter.isdigit() for letter in key):
        homes = Household.objects.of(campaign).filter(address_key__prefix=key)[:limit]
        here = people.filter(household_id__in=[home.pk for home in homes])
        found += here.order_by("name_key").values_list("pk", flat=True)[:limit]
    wanted = list(dict.fromkeys(found))[:limit]
    by_id = {one.pk: one for one in people.filter(pk__in=wanted).select_related("household")}
    return [by_id[pk] for pk in wanted if pk in by_id]


def sections_about(person: Person) -> list[Section]:
    """What every room knows about a person."""
    return [part for part in (about(person) for about in SECTIONS) if part is not None]


def others_at_home(person: Person) -> list[Person]:
    """Who else lives in the household."""
    if person.household_id is None:
        return []
    return list(
        Person.objects.of(person.campaign_id)
        .filter(household_id=person.household_id)
        .exclude(pk=person.pk)
        .order_by("name_key")
    )
