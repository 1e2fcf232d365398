"""Charts as numbers for SVG attributes: the server draws, the browser only shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.apps.results.queries import Level, Row

WIDTH = 720.0
HEIGHT = 420.0
MARGIN = 26.0
MOST_NUMBERS = 120
"""With more walks than this their numbers would lie on each other; the list beside has them."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a stacked bar, in hundredths of its width."""

    level: Level
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """A day: how high its two columns stand, in units of the drawing."""

    row: Row
    x: float
    width: float
    knocked: float
    contacts: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A walk on the map: where, how large, how much of its ring is drawn."""

    row: Row
    x: float
    y: float
    radius: float
    share: int
    number: str


def slices(levels: list[Level]) -> list[Slice]:
    """The answers side by side, as wide as they are many."""
    whole = sum(level.count for level in levels)
    parts, x = [], 0.0
    for level in levels:
        width = 100 * level.count / whole if whole else 0.0
        parts.append(Slice(level, round(x, 3), round(width, 3)))
        x += width
    return [part for part in parts if part.width > 0 and part.level.said]


def columns(days: list[Row], *, height: float = 100.0, most: int = 31) -> list[Column]:
    """The newest days, the highest as high as the drawing."""
    shown = days[-most:]
    top = max((day.knocked for day in shown), default=0)
    if not top:
        return []
    step = WIDTH / len(shown)
    width = min(step * 0.7, 60.0)
    return [
        Column(
            day,
            round(index * step + (step - width) / 2, 2),
            round(width, 2),
            round(height * day.knocked / top, 2),
            round(height * day.contacts / top, 2),
        )
        for index, day in enumerate(shown)
    ]


def spots(walks: list[Row]) -> list[Spot]:
    """The walks where they lie, north up, one scale for both directions."""
    placed = [
        (row, row.lon, row.lat) for row in walks if row.lon is not None and row.lat is not None
    ]
    if not placed:
        return []
    squeeze = math.cos(math.radians(sum(lat for _row, _lon, lat in placed) / len(placed)))
    xs = [lon * squeeze for _row, lon, _lat in placed]
    ys = [lat for _row, _lon, lat in placed]
    span_x, span_y = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(
        (WIDTH - 2 * MARGIN) / span_x if span_x else math.inf,
        (HEIGHT - 2 * MARGIN) / span_y if span_y else math.inf,
    )
    scale = 0.0 if math.isinf(scale) else scale
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    radius = max(5.0, min(18.0, 160.0 / math.sqrt(len(placed))))
    return [
        Spot(
            row,
            round(WIDTH / 2 + (x - middle_x) * scale, 1),
            round(HEIGHT / 2 - (y - middle_y) * scale, 1),
            round(radius, 1),
            row.coverage or 0,
            row.label.split(" ", 1)[0] if len(placed) <= MOST_NUMBERS else "",
        )
        for (row, _lon, _lat), x, y in zip(placed, xs, ys, strict=True)
    ]
