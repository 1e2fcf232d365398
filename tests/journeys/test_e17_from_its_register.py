"""The register of E17 without coordinates: placed by postcodes, by UPRN, by part of each, by nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.test import Client

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.places.models import Door
from tests.journeys.a_saturday import Saturday, bring_in, share_walked_by_number

SOME = ["WA1", "WA2"]
"""Districts that are canvassed: a Saturday's worth of the town's doors."""


@pytest.fixture(scope="module")
def register(test_data: Path) -> Path:
    return test_data / "register_uk" / "synthetic_e17" / "synthetic_register_xpress14.csv"


@pytest.fixture(scope="module")
def postcodes(test_data: Path) -> Path:
    return test_data / "postcodes" / "codepoint_e17_walthamstow.csv"


@pytest.fixture(scope="module")
def uprns(test_data: Path) -> Path:
    return test_data / "register_uk" / "synthetic_e17" / "synthetic_properties_uprn_latlon.csv"


@pytest.mark.slow
def test_from_postcodes_alone(
    campaign: Campaign, alice_signed_in: Client, charlie_signed_in: Client, register: Path,
    postcodes: Path,
) -> None:  # fmt: skip
    shares = bring_in(campaign, register, postcodes)
    day = Saturday(campaign, alice_signed_in)

    turfs = day.play(charlie_signed_in, districts=SOME)

    assert shares["postcode"] > 99
    assert share_walked_by_number(day, turfs) > 0.95
    with tenant(campaign.pk):
        assert set(Door.objects.of(campaign).values_list("precision", flat=True)) <= {0, 1}


@pytest.mark.slow
def test_from_the_uprn_file(
    campaign: Campaign, alice_signed_in: Client, charlie_signed_in: Client, register: Path,
    uprns: Path,
) -> None:  # fmt: skip
    shares = bring_in(campaign, register, uprns)
    day = Saturday(campaign, alice_signed_in)

    day.play(charlie_signed_in, districts=SOME)

    assert shares["door"] + shares["building"] > 97


@pytest.mark.slow
def test_from_part_of_each(
    campaign: Campaign, alice_signed_in: Client, charlie_signed_in: Client, register: Path,
    uprns: Path, postcodes: Path, tmp_path: Path,
) -> None:  # fmt: skip
    half = tmp_path / "half-of-the-streets.csv"
    with uprns.open(encoding="utf-8") as whole, half.open("w", newline="") as file:
        rows = csv.DictReader(whole)
        write = csv.DictWriter(file, rows.fieldnames or ())
        write.writeheader()
        # Of every other street every other address.
        known = [row for row in rows if len(row["street"]) % 2 == 0]
        write.writerows(known[::2])
    shares = bring_in(campaign, register, half, postcodes)
    day = Saturday(campaign, alice_signed_in)

    day.play(charlie_signed_in, districts=SOME)

    assert 20 < shares["door"] + shares["building"] < 70
    assert 20 < shares["postcode"] < 70
    assert shares["interpolated"] > 3
    assert shares["none"] < 1


@pytest.mark.slow
def test_from_nothing_but_street_and_number(
    campaign: Campaign, alice_signed_in: Client, charlie_signed_in: Client, register: Path
) -> None:
    shares = bring_in(campaign, register)
    day = Saturday(campaign, alice_signed_in)

    turfs = day.play(charlie_signed_in, districts=SOME)

    assert shares["none"] == 100
    assert share_walked_by_number(day, turfs) > 0.95
    assert all(turf.route == [] and turf.lon is None for turf in turfs)
