"""A round with published walks and a table in front of them, for tests that begin there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch import access, tables
from hustings.apps.outings import publishing
from hustings.apps.outings.models import Action, Turf
from tests.apps.outings.planting import STEP, a_cut, a_town, an_action, turfs_of

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.models import Table

ALICE = Actor("member", "1", "Alice")
HERE = (STEP, 0.0)
"""Beside the first door of the town."""


def a_round(campaign: Campaign, walks: int = 3, doors_each: int = 10) -> list[Turf]:
    """A published cut of so many walks, along one street; walk n begins at door (n - 1) × doors_each + 1."""
    with tenant(campaign.pk):
        action = an_action(campaign)
        lists = [range(1 + n * doors_each, 1 + (n + 1) * doors_each) for n in range(walks)]
        cut = a_cut(campaign, action, *[list(doors) for doors in lists])
        publishing.publish(campaign, cut.pk, by=ALICE)
        for n, turf in enumerate(turfs_of(cut)):
            Turf.objects.filter(pk=turf.pk).update(
                minutes=60.0 + n, lon=(n * doors_each + 1) * STEP, lat=0.0
            )
        walks = turfs_of(cut)
        for turf in walks:
            turf.action = action
        return walks


def a_town_round(campaign: Campaign, doors_each: int = 60) -> tuple[Action, list[int]]:
    """A round of a whole town of four streets, of which nothing is cut yet; and its doors."""
    with tenant(campaign.pk):
        doors = a_town(campaign, doors_each=doors_each)
        return an_action(campaign), doors


def a_table(campaign: Campaign, action: Action, **options: Any) -> Table:
    """Open for four hours."""
    until = options.pop("ends_at", timezone.now() + timedelta(hours=4))
    with tenant(campaign.pk):
        return tables.open_table(
            campaign, action.pk, options.pop("name", "Town hall"), until, by=ALICE, **options
        )


def code_of(table: Table) -> str:
    """What its code says."""
    token = access.token_of(table)
    assert token is not None
    return str(token)
