"""The only way to a person's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.people.models import Person

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def person_for(campaign: Campaign, person_id: int, *, lock: bool = False) -> Person:
    """A person of this campaign; :class:`NotHere` otherwise."""
    people = Person.objects.of(campaign).select_related("household").filter(pk=person_id)
    person: Person | None = (
        people.select_for_update(of=("self",), no_key=True) if lock else people
    ).first()
    if person is None:
        raise NotHere
    person.campaign = campaign
    return person
