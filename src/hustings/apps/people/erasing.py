"""Erasing a person from this room: who they are, how they are reached, what they agreed to, where they live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.erasing import NOBODY, empty_mentions
from hustings.apps.people.models import (
    Consent,
    ContactPoint,
    DoNotContact,
    Household,
    Person,
    PersonStanding,
)

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Everything that hangs on the person, the person, and the household if nobody is left in it."""
    counts = {}
    for model in (ContactPoint, Consent, DoNotContact, PersonStanding):
        rows = model.objects.of(who.campaign_id).filter(person_id=who.person_id)
        counts[model._meta.db_table] = rows.delete()[0]
    person = Person.objects.of(who.campaign_id).filter(pk=who.person_id)
    counts["people_person"] = person.delete()[0]
    if who.household_id is not None:
        home = Household.objects.of(who.campaign_id).filter(pk=who.household_id, people=None)
        counts["people_household"] = home.delete()[0]
    for table, columns in (
        ("people_contactpoint", ["source"]),
        ("people_consent", ["source"]),
        ("people_donotcontact", ["source", "reason"]),
    ):
        counts[table] += empty_mentions(who, table, *columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "select erase_from_erasures(%s, %s, %s)", [who.person_id, list(who.labels), NOBODY]
        )
        counts["people_erasure"] = cursor.fetchone()[0]
    return counts
