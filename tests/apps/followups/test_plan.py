"""The tray's question reads the events that have a wish, and no others, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.followups import queries
from hustings.apps.followups.second_knock import nobody_in
from tests.apps.test_plans import a_large_campaign, look_at_the_tables, scans_of

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World

BY = {"event_with_a_wish", "event_by_what_it_corrects"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_follow_ups_are_found_by_an_index_of_wishes(transactional_db: None, world: World) -> None:
    with tenant(world.campaign.pk):
        a_large_campaign(world)
    look_at_the_tables()
    with tenant(world.campaign.pk):
        scans = scans_of(lambda: queries.counts(world.campaign))
        assert {one.index for one in scans if one.table == "canvass_canvassevent"} <= BY
        assert any(one.index == "event_with_a_wish" for one in scans)
        again = scans_of(lambda: nobody_in(world.campaign))
        assert [one for one in again if one.table == "outings_turfdoor" and not one.index] == []
