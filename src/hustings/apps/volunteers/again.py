"""The link to somebody's own page, mailed once more to an address that is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint
from hustings.apps.volunteers.letters import write
from hustings.apps.volunteers.models import Letter, Volunteer

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

SOMEBODY = Actor("link", "", "somebody who asked for their own link")


def ask_for_link(campaign: Campaign, address: str) -> int:
    """
    A letter to every volunteer of that address; returns how many, which nobody outside is told.

    The worker sends them, so that an answer takes as long whether or not there is anybody.
    """
    with tenant(campaign.pk):
        people = ContactPoint.objects.of(campaign).filter(
            kind=ContactPoint.Kind.EMAIL, value__iexact=address
        )
        found = list(
            Volunteer.objects.of(campaign).filter(
                person_id__in=people.values("person_id"), left_at=None
            )
        )
        for one in found:
            write(one, Letter.Kind.LINK, by=SOMEBODY.label)
        if found:
            record(SOMEBODY, "volunteer.link", subject="volunteer", count=len(found))
    return len(found)
