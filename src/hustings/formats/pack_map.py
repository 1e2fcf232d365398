"""
The map on a printed pack: streets, the route, and every door with its number, as one SVG.

Drawn from the street network alone, in ink that a black-and-white printer keeps: no tiles, no outside
service. A building with many doors is one dot that names its first and last stop.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np

from hustings.core.geo import LocalPlane
from hustings.core.walk.network import StreetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork

    Paper = Callable[[NDArray[np.float64], NDArray[np.float64]], list[tuple[float, float]]]
    """Metres east and north to places on the picture."""

MARGIN_M = 60.0
"""Ground shown round the outermost doors, so that the way there can be found."""
WIDTH, HEIGHT = 1000.0, 750.0
STREET_WIDTH = {StreetKind.MAIN: 17.0, StreetKind.SIDE: 11.0, StreetKind.FOOT: 3.0}
NO_STREETS_NAMED_SHORTER_THAN = 70.0
"""Picture units; a shorter piece of street has no room for its name."""


def map_svg(
    lon: Sequence[float],
    lat: Sequence[float],
    stops: Sequence[int],
    route: Sequence[tuple[float, float]] = (),
    streets: StreetNetwork | None = None,
) -> str:
    """
    One map of a walk, four wide and three high.

    Parameters
    ----------
    lon, lat, stops
        The doors that have a place on the ground, degrees (WGS 84), with the number of each stop.
    route
        The way from the first door to the last, (lon, lat) pairs in degrees.
    streets
        The walkable streets round about; without them the doors and the route stand alone.
    """
    plane = LocalPlane.around(lon, lat)
    x, y = plane.metres(lon, lat)
    reach_x = float(np.ptp(x)) / 2 + MARGIN_M if len(x) else 100.0
    reach_y = float(np.ptp(y)) / 2 + MARGIN_M if len(y) else 100.0
    scale = min(WIDTH / (2 * reach_x), HEIGHT / (2 * reach_y))

    def paper(a: NDArray[np.float64], b: NDArray[np.float64]) -> list[tuple[float, float]]:
        return [
            (WIDTH / 2 + float(east) * scale, HEIGHT / 2 - float(north) * scale)
            for east, north in zip(a, b, strict=True)
        ]

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        'font-family="Libertinus Serif">',
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#f4f1ea"/>',
    ]
    if streets is not None:
        parts += _streets(streets, plane, scale, paper)
    if len(route) > 1:
        line = paper(*plane.metres([p[0] for p in route], [p[1] for p in route]))
        parts.append(
            f'<polyline points="{_points(line)}" fill="none" stroke="#1b2422" stroke-width="5" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    parts += _doors(paper(x, y), stops)
    parts.append(_scale_bar(scale))
    parts.append("</svg>")
    return "".join(parts)


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)


def _streets(streets: StreetNetwork, plane: LocalPlane, scale: float, paper: Paper) -> list[str]:
    x, y = plane.metres(streets.shape_lon, streets.shape_lat)
    east, north = WIDTH / scale / 2, HEIGHT / scale / 2
    begin, end = streets.shape_start[:-1], streets.shape_start[1:]
    if not len(begin):
        return []
    # Drawn when the box round its line meets the map.
    shown = (
        (np.minimum.reduceat(x, begin) <= east)
        & (np.maximum.reduceat(x, begin) >= -east)
        & (np.minimum.reduceat(y, begin) <= north)
        & (np.maximum.reduceat(y, begin) >= -north)
    )
    casing, fill = [], []
    longest: dict[int, tuple[float, list[tuple[float, float]]]] = {}
    for edge in np.flatnonzero(shown):
        part = slice(int(begin[edge]), int(end[edge]))
        line = paper(x[part], y[part])
        width = STREET_WIDTH[StreetKind(int(streets.edge_kind[edge]))]
        dots = _points(line)
        casing.append(f'<polyline points="{dots}" stroke-width="{width + 3:g}"/>')
        fill.append(f'<polyline points="{dots}" stroke-width="{width:g}"/>')
        name = int(streets.edge_street[edge])
        if name >= 0:
            straight = _longest_piece_on_paper(line)
            if straight[0] > longest.get(name, (0.0, []))[0]:
                longest[name] = straight
    names = [
        _street_name(streets.street_names[name], piece)
        for name, (length, piece) in longest.items()
        if length >= NO_STREETS_NAMED_SHORTER_THAN
    ]
    group = '<g fill="none" stroke="{}" stroke-linejoin="round" stroke-linecap="round">{}</g>'
    return [
        group.format("#b9b09c", "".join(casing)),
        group.format("#ffffff", "".join(fill)),
        *names,
    ]


def _longest_piece_on_paper(
    line: Sequence[tuple[float, float]],
) -> tuple[float, list[tuple[float, float]]]:
    best: tuple[float, list[tuple[float, float]]] = (0.0, [])
    for a, b in pairwise(line):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        if not (40 < middle[0] < WIDTH - 40 and 40 < middle[1] < HEIGHT - 40):
            continue
        length = math.dist(a, b)
        if length > best[0]:
            best = (length, [a, b])
    return best


def _street_name(name: str, piece: Sequence[tuple[float, float]]) -> str:
    (ax, ay), (bx, by) = piece
    turn = math.degrees(math.atan2(by - ay, bx - ax))
    if not -90 < turn <= 90:
        turn += 180
    return (
        f'<text transform="translate({(ax + bx) / 2:.1f} {(ay + by) / 2:.1f}) rotate({turn:.1f})" '
        'font-size="17" fill="#56615d" text-anchor="middle" dy="5" '
        f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{escape(name)}</text>'
    )


def _doors(at: Sequence[tuple[float, float]], stops: Sequence[int]) -> list[str]:
    sharing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (x, y), stop in zip(at, stops, strict=True):
        sharing[round(x), round(y)].append(stop)
    parts = []
    for (x, y), numbers in sorted(sharing.items(), key=lambda item: -min(item[1])):
        label = _runs(sorted(numbers))
        width = 12 + 9.5 * len(label)
        parts.append(
            f'<rect x="{x - width / 2:.1f}" y="{y - 12:.1f}" width="{width:.1f}" height="24" rx="12" '
            'fill="#fdf0dc" stroke="#1b2422" stroke-width="2"/>'
            f'<text x="{x}" y="{y + 6}" font-size="17" font-weight="bold" fill="#1b2422" '
            f'text-anchor="middle">{label}</text>'
        )
    return parts


def _runs(numbers: Sequence[int]) -> str:
    """«1–12» for a building knocked on in one go; «1–5 …» where the walk comes back to it."""
    last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            return f"{numbers[0]}–{last} …" if last > numbers[0] else f"{last} …"
        last = number
    return f"{numbers[0]}–{last}" if last > numbers[0] else str(last)


def _scale_bar(scale: float) -> str:
    metres = next(m for m in (1000, 500, 200, 100, 50, 20, 10) if m * scale < 320 or m == 10)
    width = metres * scale
    return (
        f'<path d="M24 {HEIGHT - 24:g} h{width:.1f}" stroke="#1b2422" stroke-width="4"/>'
        f'<text x="24" y="{HEIGHT - 34:g}" font-size="20" fill="#1b2422">{metres} m</text>'
    )
