"""A new campaign cuts with the prices that the methods page tells."""

from __future__ import annotations

from hustings.apps.campaigns.models import Campaign
from hustings.core.turf.problem import Prices


def test_a_new_campaigns_prices_are_those_of_the_method() -> None:
    campaign, prices = Campaign(), Prices()

    assert (
        campaign.price_split_street_minutes,
        campaign.price_street_change_minutes,
        campaign.price_mid_block_crossing_minutes,
        campaign.price_extra_turf_minutes,
    ) == (
        prices.split_street,
        prices.street_change,
        prices.mid_block_crossing,
        prices.extra_turf,
    )
