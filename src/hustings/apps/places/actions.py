"""Bringing maps and address lists in, and giving doors their places."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.db import connection

from hustings.apps.audit.actions import record
from hustings.apps.exports.asking import NOTHING_SAID
from hustings.apps.exports.leaving import leave
from hustings.apps.jobs.disk import disk_watched
from hustings.apps.places.models import Door, PostcodePoint, TownMap
from hustings.apps.places.town import street_network
from hustings.core.errors import BadInput
from hustings.core.places.match import Gazetteer, KnownPlace, Precision, Wanted, squeeze
from hustings.core.places.walking import places_for_walking
from hustings.formats import addresses_csv, osm_addresses
from hustings.formats.network_file import pack
from hustings.formats.osm import CREDIT, read_streets
from hustings.formats.osm_tiles import can_make_tiles, make_tiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exports.asking import Asked
    from hustings.apps.jobs.kinds import Progress

MAP_ENDINGS = (".osm.pbf", ".osm.gz", ".osm", ".pbf")
MARGIN_DEGREES = 0.01
"""About a kilometre round the doors that is kept of a county's map."""
BATCH = 20_000
EXPORTED = (
    "door_id",
    "lon",
    "lat",
    "street",
    "number",
    "unit",
    "postcode",
    "district",
    "precision",
)
"""The columns of DOORS.csv; nothing about people."""


def import_places(
    campaign: Campaign,
    path: Path,
    *,
    by: Actor,
    name: str = "",
    box: tuple[float, float, float, float] | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """
    Take in a map, a list of addresses or a list of postcodes, and place every door as well as it allows.

    Parameters
    ----------
    box
        West, south, east, north: what of a map to keep; without it, what lies round the campaign's
        postcodes where those are known, else all.

    Returns
    -------
    What was read, and how many doors are placed how well now.

    Raises
    ------
    BadInput
        When the file is none of these.
    """
    name = name or path.name
    with disk_watched(), _called(path, name):
        return _import_places(campaign, path, name, by, box, progress)


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """What is wrong with a file is said of the name people know, not of the one it waits under."""
    try:
        yield
    except BadInput as error:
        where = str(error.where).replace(str(path), name)
        raise BadInput(error.message.replace(str(path), name), where=where) from error


def _import_places(
    campaign: Campaign,
    path: Path,
    name: str,
    by: Actor,
    box: tuple[float, float, float, float] | None,
    progress: Progress,
) -> dict[str, Any]:
    if name.lower().endswith(MAP_ENDINGS):
        read = _take_map(campaign, path, name, box or _box_of_postcodes(campaign), by, progress)
        known: Iterable[KnownPlace] = osm_addresses.read_addresses(path)
        source = "map"
    elif name.lower().endswith((".csv", ".txt")):
        if addresses_csv.is_postcode_list(path):
            read = {"postcodes": _take_postcodes(campaign, path)}
            known, source = (), "postcodes"
        else:
            known = list(addresses_csv.read_addresses(path))
            read, source = {"addresses": len(known)}, "addresses"
    else:
        raise BadInput(
            "This is neither a map (.osm.pbf, .osm.gz) nor a list (.csv) of addresses or postcodes.",
            where=name,
        )
    progress(0.7, "")
    placed = place_doors(campaign, known, source)
    record(by, "places.import", subject="file", subject_id=name, count=placed, detail=read)
    return {**read, "placed": placed, "doors": precision_counts(campaign)}


def precision_counts(campaign: Campaign) -> dict[str, int]:
    """Doors by the name of their precision."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select precision, count(*) from places_door where campaign_id = %s group by precision",
            [campaign.pk],
        )
        counts = dict(cursor.fetchall())
    return {precision.name.lower(): counts.get(int(precision), 0) for precision in Precision}


def place_doors(campaign: Campaign, known: Iterable[KnownPlace], source: str) -> int:
    """
    Give every door the best place that is known now, unless it has a better one; returns how many moved.

    Streets and postcodes that came in earlier help too.
    """
    gazetteer = Gazetteer.of(known, _points_on_streets(campaign), _postcode_points(campaign))
    doors = (
        Door.objects.of(campaign)
        .filter(precision__lt=Precision.BY_HAND)
        .values_list("id", "number", "street", "unit", "postcode", "uprn", "house", "precision")
    )
    moved = 0
    found: list[tuple[int, float, float, int]] = []
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists found_place")
        cursor.execute(
            "create temp table found_place (id bigint, lon float8, lat float8, precision smallint) on commit drop"
        )
        for door_id, number, street, unit, postcode, uprn, house, precision in doors.iterator(
            chunk_size=BATCH
        ):
            place = gazetteer.find(Wanted(number, street, unit, postcode, uprn, house))
            # As good from a newer source is taken too: an address list corrects a map.
            if place is not None and place.precision >= precision:
                found.append((door_id, place.lon, place.lat, int(place.precision)))
            if len(found) >= BATCH:
                moved += _write_places(cursor, campaign, found, source)
                found.clear()
        moved += _write_places(cursor, campaign, found, source)
        cursor.execute(
            "update places_building b set lon = d.lon, lat = d.lat from ("
            "  select building_id, avg(lon) as lon, avg(lat) as lat from places_door"
            "  where campaign_id = %(campaign)s and building_id is not null and lon is not null group by building_id"
            ") d where b.campaign_id = %(campaign)s and b.id = d.building_id "
            "and (b.lon, b.lat) is distinct from (d.lon, d.lat)",
            {"campaign": campaign.pk},
        )
    return moved


def _write_places(
    cursor: Any, campaign: Campaign, found: list[tuple[int, float, float, int]], source: str
) -> int:
    cursor.execute("truncate found_place")
    with cursor.copy("copy found_place from stdin") as copy:
        for row in found:
            copy.write_row(row)
    cursor.execute(
        "update places_door d set lon = f.lon, lat = f.lat, precision = f.precision, placed_from = %(source)s "
        "from found_place f where d.campaign_id = %(campaign)s and d.id = f.id "
        "and (d.lon, d.lat, d.precision) is distinct from (f.lon, f.lat, f.precision)",
        {"campaign": campaign.pk, "source": source},
    )
    return int(cursor.rowcount)


def export_doors(
    campaign: Campaign, *, by: Actor, asked: Asked = NOTHING_SAID
) -> list[tuple[object, ...]]:
    """
    Every door as a row of DOORS.csv (:data:`EXPORTED`), by id, as ``hustings turf cut`` takes it.

    Doors that share a point, and doors without one where there is no map, have the place they are
    walked by (``core/places/walking.py``); ``precision`` tells them. With a map, doors without a place
    are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id, d.lon, d.lat, d.street, d.number, d.unit, d.postcode, d.district, d.precision, "
            "coalesce(d.building_id, -d.id), coalesce(d.house, -1) from places_door d "
            "where d.campaign_id = %(campaign)s and (d.lon is not null or not exists "
            "(select from places_townmap m where m.campaign_id = d.campaign_id)) order by d.id",
            {"campaign": campaign.pk},
        )
        rows = cursor.fetchall()
    leave(campaign, "doors", rows=len(rows), by=by, asked=asked)
    record(by, "places.export", subject="door", count=len(rows))
    if not rows:
        return []
    ids, lon, lat, street, number, unit, postcode, district, precision, building, house = zip(
        *rows, strict=True
    )
    walked_lon, walked_lat = places_for_walking(
        np.array(lon, np.float64),
        np.array(lat, np.float64),
        np.array(precision, np.int16),
        np.unique(street, return_inverse=True)[1].astype(np.int32),
        np.array(house, np.int32),
        np.unique(postcode, return_inverse=True)[1].astype(np.int32),
        np.unique(building, return_inverse=True)[1].astype(np.int32),
    )
    return [
        (str(door), round(x, 7), round(y, 7), *words, Precision(how).name.lower())
        for door, x, y, how, *words in zip(
            ids, walked_lon.tolist(), walked_lat.tolist(), precision, street, number, unit,
            postcode, district, strict=True,
        )
    ]  # fmt: skip


def place_by_hand(
    campaign: Campaign, door_ids: list[int], lon: float, lat: float, *, by: Actor
) -> int:
    """Put doors where a person says they are; nothing read from a file moves them any more."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput(f"{lon}, {lat} is not on the earth; give degrees.", where="lon and lat")
    moved = (
        Door.objects.of(campaign)
        .filter(pk__in=door_ids)
        .update(lon=lon, lat=lat, precision=Precision.BY_HAND, placed_from="by hand")
    )
    record(by, "places.by_hand", subject="door", count=moved)
    return moved


def _take_map(
    campaign: Campaign,
    path: Path,
    name: str,
    box: tuple[float, float, float, float] | None,
    by: Actor,
    progress: Progress,
) -> dict[str, Any]:
    progress(0.05, "")
    streets = read_streets(path, box=box)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tiles = ""
    if can_make_tiles():
        progress(0.2, "")
        tiles = f"{campaign.pk}-{digest[:16]}.pmtiles"
        if not (settings.HOME / "tiles" / tiles).exists():
            make_tiles(path, settings.HOME / "tiles" / tiles)
    metres = float(streets.edge_length_m.sum())
    TownMap.objects.create(
        campaign=campaign,
        file_name=name,
        digest=digest,
        credit=CREDIT,
        made_by=by.label,
        street_count=len(streets.street_names),
        street_km=metres / 1000,
        network=pack(streets),
        tiles=tiles,
        west=float(streets.shape_lon.min()),
        south=float(streets.shape_lat.min()),
        east=float(streets.shape_lon.max()),
        north=float(streets.shape_lat.max()),
    )
    return {
        "streets": len(streets.street_names),
        "street_km": round(metres / 1000, 1),
        "map": bool(tiles),
    }


def _take_postcodes(campaign: Campaign, path: Path) -> int:
    points = [
        PostcodePoint(campaign=campaign, postcode=squeeze(postcode), lon=lon, lat=lat)
        for postcode, lon, lat in addresses_csv.read_postcodes(path)
    ]
    unique = list({point.postcode: point for point in points}.values())
    PostcodePoint.objects.bulk_create(
        unique,
        batch_size=5_000,
        update_conflicts=True,
        unique_fields=["campaign", "postcode"],
        update_fields=["lon", "lat"],
    )
    return len(unique)


def _postcode_points(campaign: Campaign) -> dict[str, tuple[float, float]]:
    rows = PostcodePoint.objects.of(campaign).values_list("postcode", "lon", "lat")
    return {postcode: (lon, lat) for postcode, lon, lat in rows.iterator()}


def _points_on_streets(campaign: Campaign) -> dict[str, tuple[float, float]]:
    """A point in the middle of each named street of the map."""
    streets = street_network(campaign)
    if streets is None:
        return {}
    middle = (streets.shape_start[:-1] + streets.shape_start[1:]) // 2
    points: dict[str, tuple[float, float]] = {}
    for number, street_name in enumerate(streets.street_names):
        edges = np.flatnonzero(streets.edge_street == number)
        if len(edges):
            longest = edges[np.argmax(streets.edge_length_m[edges])]
            at = middle[longest]
            points[street_name] = (float(streets.shape_lon[at]), float(streets.shape_lat[at]))
    return points


def _box_of_postcodes(campaign: Campaign) -> tuple[float, float, float, float] | None:
    """The ground round the doors' postcodes, where a list of postcodes tells it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select min(p.lon), min(p.lat), max(p.lon), max(p.lat), count(*) from places_postcodepoint p "
            "where p.campaign_id = %(campaign)s and p.postcode in ("
            "  select replace(upper(d.postcode), ' ', '') from places_door d where d.campaign_id = %(campaign)s)",
            {"campaign": campaign.pk},
        )
        west, south, east, north, count = cursor.fetchone()
    if not count:
        return None
    return (
        west - MARGIN_DEGREES,
        south - MARGIN_DEGREES,
        east + MARGIN_DEGREES,
        north + MARGIN_DEGREES,
    )
