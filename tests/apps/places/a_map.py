"""A small map with doors on it, for tests."""

from __future__ import annotations

import numpy as np
from django.conf import settings
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from hustings.apps.campaigns.models import Campaign
from hustings.apps.places.doors import TypedAddress, make_doors
from hustings.apps.places.models import TownMap
from hustings.core.walk.network import StreetNetwork
from hustings.formats.network_file import pack


def one_street(name: str) -> StreetNetwork:
    """A single street of some 140 metres."""
    return StreetNetwork(
        node_lon=np.array([0.0, 0.002]),
        node_lat=np.array([51.0, 51.0]),
        edge_from=np.array([0], np.int32),
        edge_to=np.array([1], np.int32),
        edge_length_m=np.array([140.0]),
        edge_street=np.array([0], np.int32),
        edge_kind=np.array([0], np.uint8),
        shape_start=np.array([0, 2]),
        shape_lon=np.array([0.0, 0.002]),
        shape_lat=np.array([51.0, 51.0]),
        street_names=(name,),
    )


def plant_map(campaign: Campaign, street: str) -> TownMap:
    """A map with one tile that says the street's name, and three doors on it without a place."""
    import gzip

    make_doors(
        campaign.pk,
        [TypedAddress(f"{n} {street}|", f"{n} {street}", "AB1 2CD", "") for n in (1, 2, 3)],
    )
    name = f"{campaign.pk}-test.pmtiles"
    (settings.HOME / "tiles").mkdir(parents=True, exist_ok=True)
    with (settings.HOME / "tiles" / name).open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(16, 0, 0), gzip.compress(street.encode()))
        writer.finalize(
            {
                "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": 16, "max_zoom": 16,
                "min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 1, "max_lat_e7": 1, "center_zoom": 16,
                "center_lon_e7": 0, "center_lat_e7": 0,
            },
            {},
        )  # fmt: skip
    made: TownMap = TownMap.objects.create(
        campaign=campaign, file_name=f"{street}.osm.pbf", digest="d" * 64, credit="© OpenStreetMap contributors",
        made_by="tests", street_count=1, street_km=0.1, network=pack(one_street(street)), tiles=name,
        west=0.0, south=51.0, east=0.002, north=51.0,
    )  # fmt: skip
    return made
