"""Make an invented town of a given number of doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.town import ground, names
from hustings.core.town.districts import districts_of, postcodes_of
from hustings.core.town.houses import Houses, build, trim
from hustings.core.town.town import Town
from hustings.core.turf.problem import Doors
from hustings.core.walk.network import StreetKind, StreetNetwork

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOORS_A_STOP = 1.36


def generate_town(
    doors: int, seed: int, *, tower: int = 0, lon: float = -1.9, lat: float = 52.1
) -> Town:
    """
    An invented town: a city on a river and a railway, towns, villages, farms.

    Parameters
    ----------
    doors
        How many doors, 1 or more; exactly so many are made.
    seed
        The only chance there is.
    tower
        Flats of one tower block near the middle of the city, counted among the doors; 0 for none.
    lon, lat
        Where on earth, degrees.

    Raises
    ------
    BadInput
        When a town of so many doors cannot be made.
    """
    if doors < 1 or tower < 0 or tower > doors:
        raise BadInput("A town needs at least one door, and no more flats in its tower than doors.")
    room = 1.12
    while True:
        town = _attempt(doors, np.random.default_rng([seed, doors]), room, tower, (lon, lat))
        if town is not None:
            return town
        room *= 1.2


def _attempt(
    doors: int, rng: np.random.Generator, room: float, tower: int, at: tuple[float, float]
) -> Town | None:
    """A town, or nothing when there was not room enough for all doors."""
    stops = doors * room / DOORS_A_STOP + 4
    sizes, kinds, farms = ground.settlement_sizes(stops, rng)
    centres = ground.lay_out(sizes, rng)
    extent = float(np.abs(centres).max()) + 60 * np.sqrt(sizes[0]) + 500
    reach = 16.0 * np.sqrt(sizes[0])
    barriers = ground.Barriers(
        river_at=float(rng.uniform(0.1, 0.35) * reach),
        rail_at=float(-rng.uniform(0.25, 0.5) * reach),
        phase=float(rng.uniform(0, 2 * np.pi)),
    )
    grid = ground.grids(sizes, kinds, centres, rng)
    roads = ground.country_roads(grid, centres, rng)
    kept = ground.kept_edges(grid, roads, barriers, rng)
    order = np.flatnonzero(kept)
    order = order[np.lexsort((grid.step[order], grid.line[order]))]
    street, street_count = _street_runs(grid.line[order], grid.step[order], grid.main[order], rng)
    a = np.concatenate([grid.a[order], roads[:, 0]]).astype(np.int32)
    b = np.concatenate([grid.b[order], roads[:, 1]]).astype(np.int32)
    street32 = np.concatenate([street, street_count + np.arange(len(roads))]).astype(np.int32)
    step = np.concatenate([grid.step[order], np.zeros(len(roads), np.int32)]).astype(np.int32)
    country = np.arange(len(a)) >= len(order)
    main = np.concatenate([grid.main[order], np.ones(len(roads), bool)]).astype(bool)
    start, x, y = _shapes(grid, a, b, country, rng)
    houses = build(
        start, x, y, street32, step, country, np.array(kinds)[grid.place[a]], barriers, farms, rng
    )
    left = trim(houses, doors, tower, rng)
    if left is None:
        return None
    return _town(
        grid, (a, b, street32, main, country), (start, x, y), left, barriers, extent, rng, at
    )


def _street_runs(
    line: NDArray[np.int64],
    step: NDArray[np.int32],
    main: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], int]:
    """Edges in a row share a name until one is missing or, on side streets, now and then."""
    new = np.ones(len(line), bool)
    new[1:] = (line[1:] != line[:-1]) | (step[1:] != step[:-1] + 1)
    new |= ~main & (rng.random(len(line)) < 0.16)
    street = np.cumsum(new) - 1
    return street, int(street[-1]) + 1 if len(street) else 0


def _shapes(
    grid: ground.Grid,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    country: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Lines of the edges: straight in settlements, winding in the country."""
    length = np.hypot(grid.x[a] - grid.x[b], grid.y[a] - grid.y[b])
    points = np.where(country, np.maximum(length // 120, 1).astype(np.int64) + 1, 2)
    start = np.concatenate([[0], np.cumsum(points)])
    edge = np.repeat(np.arange(len(a)), points)
    share = (np.arange(len(edge)) - start[edge]) / (points[edge] - 1)
    dx, dy = grid.x[b] - grid.x[a], grid.y[b] - grid.y[a]
    swing = (rng.uniform(-0.06, 0.06, len(a)) * country)[edge] * np.sin(np.pi * share)
    swing += (rng.uniform(-0.02, 0.02, len(a)) * country)[edge] * np.sin(3 * np.pi * share)
    x = grid.x[a][edge] + share * dx[edge] - swing * dy[edge]
    y = grid.y[a][edge] + share * dy[edge] + swing * dx[edge]
    return start, x, y


def _town(
    grid: ground.Grid,
    edges: tuple[
        NDArray[np.int32],
        NDArray[np.int32],
        NDArray[np.int32],
        NDArray[np.bool_],
        NDArray[np.bool_],
    ],
    shapes: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]],
    houses: Houses,
    barriers: ground.Barriers,
    extent: float,
    rng: np.random.Generator,
    at: tuple[float, float],
) -> Town:
    """Put names and degrees on it all."""
    a, b, street, main, country = edges
    start, x, y = shapes
    plane = LocalPlane(*at)
    node_lon, node_lat = plane.degrees(grid.x, grid.y)
    shape_lon, shape_lat = plane.degrees(x, y)
    step = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    along = np.arange(-extent, extent + 25, 25.0)
    river_lon, river_lat = plane.degrees(along, barriers.river(along))
    rail_lon, rail_lat = plane.degrees(barriers.rail(along), along)
    street_count = int(street.max()) + 1 if len(street) else 0
    street_place = np.zeros(street_count, np.int32)
    street_place[street] = grid.place[a]
    place_count = int(grid.place.max()) + 1
    words = names.stems(street_count + place_count, rng)
    network = StreetNetwork(
        node_lon=node_lon,
        node_lat=node_lat,
        edge_from=a,
        edge_to=b,
        edge_length_m=step[start[1:] - 1] - step[start[:-1]],
        edge_street=street,
        edge_kind=np.where(main, StreetKind.MAIN, StreetKind.SIDE).astype(np.uint8),
        shape_start=start.astype(np.int64),
        shape_lon=shape_lon,
        shape_lat=shape_lat,
        street_names=_street_names(words[place_count:], a, b, street, country, rng),
        barrier_start=np.array([0, len(along), 2 * len(along)], np.int64),
        barrier_lon=np.concatenate([river_lon, rail_lon]),
        barrier_lat=np.concatenate([river_lat, rail_lat]),
    )
    home = np.repeat(np.arange(len(houses.x)), houses.units)
    unit = np.arange(len(home)) - np.concatenate([[0], np.cumsum(houses.units)])[home]
    flats = houses.units[home] > 1
    a_floor = np.where(houses.units > 200, 8, np.where(houses.units > 24, 6, 4))[home]
    stair_size = np.where(houses.units[home] > 200, 10_000, 24)
    door_lon, door_lat = plane.degrees(houses.x, houses.y)
    house_street = street[houses.edge]
    quarter = barriers.side(houses.x, houses.y)
    district = districts_of(house_street, houses.x, houses.y, quarter, houses.units)
    postcode, postcodes = postcodes_of(house_street, houses.number, district, houses.units)
    electors = 1 + rng.binomial(4, 0.24, len(home))
    where, what, cross_lon, cross_lat = _crossings(start, x, y, barriers, plane)
    return Town(
        streets=network,
        doors=Doors(
            lon=door_lon[home],
            lat=door_lat[home],
            street=house_street[home].astype(np.int32),
            street_names=network.street_names,
            house=houses.number[home].astype(np.int32),
            building=home.astype(np.int32),
            floor=np.where(flats, (unit % stair_size) // a_floor, 0).astype(np.int16),
            staircase=np.where(flats, unit // stair_size, 0).astype(np.int16),
            people=electors.astype(np.int16),
            district=district[home].astype(np.int32),
        ),
        unit=np.where(flats, unit + 1, 0).astype(np.int32),
        postcode=postcode[home].astype(np.int32),
        postcodes=postcodes,
        street_place=street_place,
        places=tuple(words[:place_count]),
        district_codes=tuple(
            f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}{n // 676 + 1}"
            for n in range(int(district.max()) + 1)
        ),
        crossing_edge=where,
        crossing_what=what,
        crossing_lon=cross_lon,
        crossing_lat=cross_lat,
    )


def _street_names(
    words: list[str],
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    street: NDArray[np.int32],
    country: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[str, ...]:
    """A dead end of one edge is a close, a road between places a lane or road, the others what they like."""
    degree = np.bincount(np.concatenate([a, b]))
    edges = np.bincount(street, minlength=len(words))
    dead_end = np.zeros(len(words), bool)
    dead_end[street] = (np.minimum(degree[a], degree[b]) == 1) & (edges[street] == 1)
    lane = np.zeros(len(words), bool)
    lane[street] = country
    pick = rng.integers(0, 1 << 30, len(words))
    kinds = [
        names.DEAD_END
        if dead_end[i]
        else (names.LANE_KINDS if lane[i] else names.TOWN_KINDS)[
            int(pick[i]) % len(names.LANE_KINDS if lane[i] else names.TOWN_KINDS)
        ]
        for i in range(len(words))
    ]
    return tuple(f"{word} {kind}" for word, kind in zip(words, kinds, strict=True))


def _crossings(
    start: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    barriers: ground.Barriers,
    plane: LocalPlane,
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float64], NDArray[np.float64]]:
    """Where a street crosses the river (0) or the railway (1)."""
    edge = np.repeat(np.arange(len(start) - 1), np.diff(start))
    found: list[tuple[NDArray[np.generic], ...]] = []
    for what, gap in ((0, y - barriers.river(x)), (1, x - barriers.rail(y))):
        at = np.flatnonzero((gap[:-1] * gap[1:] < 0) & (edge[:-1] == edge[1:]))
        share = gap[at] / (gap[at] - gap[at + 1])
        found.append(
            (
                edge[at],
                np.full(len(at), what),
                x[at] + share * (x[at + 1] - x[at]),
                y[at] + share * (y[at + 1] - y[at]),
            )
        )
    where, kind, east, north = (np.concatenate(part) for part in zip(*found, strict=True))
    lon, lat = plane.degrees(east, north)
    return where.astype(np.int32), kind.astype(np.uint8), lon, lat
