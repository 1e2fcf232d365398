"""``hustings places``: bring a map, addresses or postcodes into a campaign, and its doors out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from hustings.apps.exports.options import add_options
from hustings.core.errors import BadInput, HustingsError


def main(argv: list[str]) -> int:
    """Exit 0 done, 2 bad input in one sentence."""
    parser = argparse.ArgumentParser(prog="hustings places", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    take = verbs.add_parser(
        "import", help="a map (.osm.pbf, .osm.gz), addresses or postcodes (.csv)"
    )
    take.add_argument("file", type=Path)
    take.add_argument("--campaign", required=True, metavar="SLUG")
    take.add_argument(
        "--boundary", type=Path, metavar="FILE.geojson", help="keep of a map what lies in its box"
    )
    take.add_argument("--json", action="store_true")
    give = verbs.add_parser("export", help="the doors as DOORS.csv, for hustings turf cut")
    give.add_argument("--campaign", required=True, metavar="SLUG")
    give.add_argument("--out", type=Path, required=True, metavar="DOORS.csv")
    give.add_argument("--json", action="store_true")
    add_options(give)
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup

    django_setup()
    try:
        if chosen.verb == "export":
            return _export(chosen)
        done = _import(chosen)
    except HustingsError as error:
        print(f"hustings: {error}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(done))
        return 0
    doors = done["doors"]
    total = sum(doors.values())
    print(
        f"{chosen.file}: {', '.join(f'{value} {name}' for name, value in done.items() if name != 'doors')}."
    )
    for name, count in doors.items():
        print(f"{count:9,}  {100 * count / max(total, 1):5.1f} %  {name.replace('_', ' ')}")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.exports.asking import asked_by
    from hustings.apps.places.actions import EXPORTED, export_doors
    from hustings.formats.doors_csv import write_doors
    from hustings.formats.spreadsheet_csv import safe_cell

    campaign = campaign_by_slug(chosen.campaign)
    with tenant(campaign.pk):
        rows = export_doors(campaign, by=command("places export"), asked=asked_by(chosen))
        write_doors(chosen.out, EXPORTED, ([str(safe_cell(cell)) for cell in row] for row in rows))
    if chosen.json:
        print(json.dumps({"file": str(chosen.out), "doors": len(rows)}))
    else:
        print(f"{chosen.out}: {len(rows):,} doors.")
    return 0


def _import(chosen: argparse.Namespace) -> dict[str, Any]:
    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.access import campaign_by_slug
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.places.actions import import_places

    if not chosen.file.is_file():
        raise BadInput("There is no such file.", where=str(chosen.file))
    campaign = campaign_by_slug(chosen.campaign)
    with tenant(campaign.pk):
        return import_places(
            campaign,
            chosen.file,
            by=command("places import"),
            box=_box(chosen.boundary) if chosen.boundary else None,
            progress=lambda share, note="": None,
        )


def _box(path: Path) -> tuple[float, float, float, float]:
    """The box round a GeoJSON boundary."""
    import shapely

    try:
        shape = shapely.from_geojson(path.read_text(encoding="utf-8"))
        west, south, east, north = (float(side) for side in shape.bounds)
    except (OSError, ValueError, shapely.errors.GEOSException) as error:
        raise BadInput(
            "This is no boundary in GeoJSON: it cannot be read, or is cut short.", where=str(path)
        ) from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadInput(
            "This boundary encloses nothing on the earth; give a polygon in degrees (WGS 84).",
            where=str(path),
        )
    return west, south, east, north
