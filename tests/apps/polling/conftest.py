"""Riverside on polling day: six electors of two districts, and who is to be turned out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Person, PersonStanding
from hustings.apps.polling import actions
from hustings.apps.register.models import RegisterEntry
from tests.apps.cast import alice, campaign, charlie, member, rivals

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.polling.models import PollingDay

__all__ = ["alice", "campaign", "charlie", "rivals"]


@dataclass
class Voters:
    """People of the register by elector number, and the open polling day."""

    day: PollingDay
    people: dict[str, Person]


@pytest.fixture
def voters(campaign: Campaign, alice: Membership) -> Voters:
    """AA-1 to AA-3 and AB-1, AB-1/1, AB-2; AA-1, AA-2 and AB-1 are for us."""
    first = campaign.support_scale[0]["code"]
    people = {}
    with tenant(campaign.pk):
        for number in ("AA-1", "AA-2", "AA-3", "AB-1", "AB-1/1", "AB-2"):
            one = Person.objects.create(campaign=campaign, forename="Vera", surname=number)
            RegisterEntry.objects.create(
                campaign=campaign, person=one, number=number, district=number[:2], added_in=1
            )
            people[number] = one
        for number in ("AA-1", "AA-2", "AB-1"):
            PersonStanding.objects.create(campaign=campaign, person=people[number], support=first)
    today = timezone.localdate()
    day = actions.open_day(
        campaign, "Council", today, turn_out=[first], told_until=today, by=alice.actor
    )
    return Voters(day, people)


@pytest.fixture
def tess(campaign: Campaign) -> Membership:
    """A teller."""
    return member(campaign, "Tess", "teller")
