"""Invented towns: the size asked for, in one piece, the same for the same seed, and like a town."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.town.electors import invent_electors
from hustings.core.town.generate import generate_town
from hustings.core.town.town import RAILWAY, RIVER


@pytest.mark.parametrize("doors", [1, 2, 17, 200, 2000, 20_000])
def test_a_town_has_exactly_the_doors_asked_for_and_one_piece_of_streets(doors: int) -> None:
    town = generate_town(doors, seed=3)

    streets = town.streets
    graph = coo_matrix(
        (np.ones(streets.edge_count), (streets.edge_from, streets.edge_to)),
        shape=(streets.node_count, streets.node_count),
    )
    assert len(town.doors) == doors
    assert connected_components(graph, directed=False)[0] == 1
    assert (streets.edge_length_m > 0).all()


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    one, same, other = generate_town(500, 1), generate_town(500, 1), generate_town(500, 2)

    assert list(one.rows()) == list(same.rows())
    assert list(one.rows()) != list(other.rows())


def test_odd_and_even_numbers_face_each_other_and_no_address_comes_twice() -> None:
    town = generate_town(5000, 4)
    doors = town.doors

    addresses = {town.address(door)[:3] for door in range(len(doors))}
    assert len(addresses) == len(doors)
    assert len(set(town.streets.street_names)) == len(town.streets.street_names)
    assert 0.4 < (doors.house % 2).mean() < 0.6


def test_some_stops_are_flats_with_floors_and_people_live_behind_every_door() -> None:
    town = generate_town(20_000, 5)
    units = np.bincount(town.doors.building)

    assert 0.01 < (units > 1).mean() < 0.07
    assert units.max() <= 60
    assert town.doors.floor.max() >= 3
    assert (town.doors.floor[town.unit == 0] == 0).all()
    assert town.doors.people.min() >= 1


def test_a_tower_of_600_flats_stands_where_it_is_asked_for() -> None:
    town = generate_town(3000, 6, tower=600)

    tower = np.bincount(town.doors.building).argmax()
    assert (town.doors.building == tower).sum() == 600
    assert town.doors.floor[town.doors.building == tower].max() == 74
    assert len(town.doors) == 3000


def test_river_and_railway_are_crossed_in_few_places_and_nobody_lives_in_the_water() -> None:
    town = generate_town(20_000, 7)
    streets, doors = town.streets, town.doors
    plane = LocalPlane.around(doors.lon, doors.lat)
    begin, end = streets.barrier_start[0], streets.barrier_start[1]
    x, y = plane.metres(streets.barrier_lon[begin:end], streets.barrier_lat[begin:end])
    door_x, door_y = plane.metres(doors.lon, doors.lat)
    river_y = np.interp(door_x, x, y)

    assert {RIVER, RAILWAY} == set(town.crossing_what)
    assert len(town.crossing_edge) < 0.05 * streets.edge_count
    assert (river_y > door_y).any()
    assert (river_y < door_y).any(), "people live on both banks"
    assert (np.abs(river_y - door_y) > 15).all()


def test_districts_have_a_sensible_size_and_postcodes_about_eighteen_doors() -> None:
    town = generate_town(20_000, 8)

    sizes = np.bincount(town.doors.district)
    assert sizes.max() <= 1_400
    assert 8 < len(town.doors) / len(town.postcodes) < 19
    assert all(postcode.startswith("QX") for postcode in town.postcodes)


def test_a_town_of_no_doors_is_refused() -> None:
    with pytest.raises(BadInput, match="at least one door"):
        generate_town(0, 1)


def test_electors_are_as_many_as_the_doors_hold_numbered_within_their_district() -> None:
    town = generate_town(1500, 9)

    electors = list(invent_electors(town, 9))

    assert len(electors) == int(town.doors.people.sum())
    assert len({elector.code for elector in electors}) == len(electors)
    assert {elector.door for elector in electors} == set(range(len(town.doors)))
    assert electors == list(invent_electors(town, 9))
    assert len({elector.surname for elector in electors}) > 500
