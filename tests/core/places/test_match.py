"""Giving doors their places, by the best of what is known."""

from __future__ import annotations

import pytest

from hustings.core.places.match import Found, Gazetteer, KnownPlace, Precision, Wanted

PLACES = [
    KnownPlace("2", "Mill Lane", "", "AB1 2CD", "100", 0.0, 51.0),
    KnownPlace("10", "Mill Lane", "", "AB1 2CD", "", 0.008, 51.0),
    KnownPlace("12", "Mill Lane", "Flat 1", "AB1 2CD", "", 0.0101, 51.0),
    KnownPlace("12", "Mill Lane", "Flat 2", "AB1 2CD", "", 0.0102, 51.0),
    KnownPlace("2", "Mill Lane", "", "ZZ9 9ZZ", "", 5.0, 55.0),
]
TOWN = Gazetteer.of(PLACES, {"Dock Road": (0.5, 51.5)}, {"QQ1 1QQ": (0.7, 51.7)})


def door(
    number: str, street: str, unit: str = "", postcode: str = "AB1 2CD", uprn: str = ""
) -> Wanted:
    digits = "".join(c for c in number if c.isdigit())
    return Wanted(number, street, unit, postcode, uprn, int(digits) if digits else None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (door("9", "Elsewhere", uprn="0100"), Found(0.0, 51.0, Precision.DOOR)),
        (door("12", "MILL LN", unit="Apt 2"), Found(0.0102, 51.0, Precision.DOOR)),
        (door("10", "Mill Lane"), Found(0.008, 51.0, Precision.BUILDING)),
        (door("2", "Mill Lane", postcode="ZZ9 9ZZ"), Found(5.0, 55.0, Precision.BUILDING)),
        (door("99", "Dock Rd"), Found(0.5, 51.5, Precision.STREET)),
        (door("1", "Nowhere", postcode="qq11qq"), Found(0.7, 51.7, Precision.POSTCODE)),
        (door("1", "Nowhere", postcode="XX1 1XX"), None),
    ],
)
def test_the_best_that_is_known_is_taken(wanted: Wanted, found: Found | None) -> None:
    assert TOWN.find(wanted) == found


def test_a_number_between_two_that_are_known_lies_between_them_on_its_side() -> None:
    town = Gazetteer.of(PLACES[:2])

    found = town.find(door("6", "Mill Lane"))

    assert found is not None
    assert found.precision == Precision.INTERPOLATED
    assert found.lon == pytest.approx(0.004)
    assert town.find(door("7", "Mill Lane")) is None, "the odd side is not known"


def test_a_number_in_two_places_and_neither_postcode_is_not_taken_for_a_building() -> None:
    twice = Gazetteer.of([PLACES[0], PLACES[4]])

    found = twice.find(door("2", "Mill Lane", postcode="CC1 1CC"))

    assert found is None
