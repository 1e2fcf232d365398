"""The invented evening of the demo fits together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.outings.models import Checkout
from hustings.server.demo import evening
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP, campaign
from tests.e2e.test_doorstep import a_door

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

__all__ = ["campaign"]


def test_nobody_is_heard_from_before_they_went_out(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        doors = [a_door(campaign, "Mill Lane", number, ["Mira Hasler"]) for number in range(1, 9)]
        turf = a_walk(campaign, [door.pk for door in doors])
    assert evening.play(campaign, [turf], SETUP, seed=1) >= len(doors)

    with tenant(campaign.pk):
        went = Checkout.objects.of(campaign).get().made_at
        assert went < min(CanvassEvent.objects.of(campaign).values_list("occurred_at", flat=True))
