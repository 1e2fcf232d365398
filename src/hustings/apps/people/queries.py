"""Finding people, and all that is known of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hustings.apps.campaigns.prepared import answered
from hustings.apps.campaigns.together import together
from hustings.apps.people.models import Erasure, Household, Person
from hustings.apps.people.sections import FINDERS, SECTIONS
from hustings.apps.places.models import Door
from hustings.core.register import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.people.models import Consent, ContactPoint, DoNotContact
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


_ERASED = """
select person_number from people_erasure
where campaign_id = %(campaign)s::uuid and person_number = any(%(people)s::bigint[])
"""


def erased_among(campaign_id: UUID, person_ids: Collection[int]) -> set[int]:
    """Those of these numbers whose persons were erased."""
    if not person_ids:
        return set()
    rows = answered(_ERASED, {"campaign": campaign_id, "people": list(person_ids)})
    return {row[0] for row in rows}


def erased_after(campaign_id: UUID, moment: datetime) -> list[int]:
    """Numbers of the people who were erased since then, in order."""
    erasures = Erasure.objects.of(campaign_id).filter(at__gte=moment).order_by("person_number")
    return list(erasures.values_list("person_number", flat=True))


def erasure_of(campaign: Campaign, person_id: int) -> Erasure | None:
    """What is left of a person who was erased; None where nobody of that number was."""
    found: Erasure | None = Erasure.objects.of(campaign).filter(person_number=person_id).first()
    return found


def erasures(campaign: Campaign) -> list[Erasure]:
    """Every erasure, newest first, with the kinds of rows that went."""
    return list(Erasure.objects.of(campaign).prefetch_related("kinds").order_by("-id"))


def doors_of(person: Person) -> list[int]:
    """Numbers of the doors of the person's household."""
    if person.household is None:
        return []
    keys = Door.objects.of(person.campaign_id).filter(
        Q(pk=person.household.door_id) | Q(address_key=person.household.address_key)
    )
    return list(keys.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Card:
    """How to reach somebody, what they agreed to, what they refuse, and who else lives there."""

    points: list[ContactPoint]
    consents: list[Consent]
    refusals: list[DoNotContact]
    others: list[Person]


def card_of(person: Person) -> Card:
    """All of it, in one question."""
    people = Person.objects.of(person.campaign_id)
    home = person.household_id
    return Card(
        *together(
            person.contact_points.order_by("kind", "value"),
            person.consents.order_by("-recorded_at", "-pk"),
            person.refusals.filter(lifted_at=None),
            people.none()
            if home is None
            else people.filter(household_id=home).exclude(pk=person.pk).order_by("name_key"),
        )
    )
