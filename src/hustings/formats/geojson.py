"""A plan as GeoJSON (RFC 7946): a line for each walk through its doors, and a point for each door."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hustings.formats.doors_csv import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hustings.core.turf.plan import Plan
    from hustings.core.turf.problem import Doors


def features(doors: Doors, ids: Sequence[str], plan: Plan) -> Iterator[dict[str, Any]]:
    """
    The walks and their doors, turf by turf.

    A walk is a LineString from door to door in walking order (a Point when it has one place only)
    with ``turf``, ``doors`` and ``people``; a door is a Point with ``door_id``, ``turf`` and ``stop``.
    """
    for turf, walk in plan.walks().items():
        points = [[round(float(doors.lon[at]), 7), round(float(doors.lat[at]), 7)] for at in walk]
        line = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
        yield {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": line}
            if len(line) > 1
            else {"type": "Point", "coordinates": line[0]},
            "properties": {
                "turf": turf,
                "doors": len(walk),
                "people": int(doors.people[walk].sum()),
            },
        }
        for at, point in zip(walk, points, strict=True):
            yield {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": point},
                "properties": {"door_id": ids[at], "turf": turf, "stop": int(plan.stop[at])},
            }


def write_geojson(path: Path | str, doors: Doors, ids: Sequence[str], plan: Plan) -> None:
    """Write a plan as one FeatureCollection, a feature a line; whole or not at all."""
    with whole_file(path) as file:
        file.write('{"type":"FeatureCollection","features":[')
        for number, feature in enumerate(features(doors, ids, plan)):
            file.write(",\n" if number else "\n")
            json.dump(feature, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n]}\n")
