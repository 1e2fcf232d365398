"""Addresses as registers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.places.address import number_key, parse_address, street_key, unit_key


@pytest.mark.parametrize(
    ("line", "unit", "number", "street", "house", "floor"),
    [
        ("12 High Street, Hay", "", "12", "High Street", 12, 0),
        ("Flat 3, 12 High Street", "Flat 3", "12", "High Street", 12, 0),
        ("5, 1 Albert Lane, Walthamstow, London", "5", "1", "Albert Lane", 1, 0),
        ("B, 1 Albert Lane, Walthamstow", "B", "1", "Albert Lane", 1, 0),
        ("Flat 3 12A High Street", "Flat 3", "12A", "High Street", 12, 0),
        ("14-16 Mill Lane", "", "14-16", "Mill Lane", 14, 0),
        ("12, High Street", "", "12", "High Street", 12, 0),
        ("123 N MAIN ST APT 4B", "APT 4B", "123", "N MAIN ST", 123, 0),
        ("14824 SW SCHOLLS FERRY RD # 101", "# 101", "14824", "SW SCHOLLS FERRY RD", 14824, 1),
        ("12 B Mannerheimintie", "", "12 B", "Mannerheimintie", 12, 0),
        ("12 E Main St", "", "12", "E Main St", 12, 0),
        ("Rose Cottage, Mill Lane, Hay", "", "Rose Cottage", "Mill Lane", None, 0),
        ("Fredrikinkatu 12 B 5", "5", "12 B", "Fredrikinkatu", 12, 0),
        ("Flat 304, Tower House, 2 Dock Road", "Flat 304, Tower House", "2", "Dock Road", 2, 3),
        ("Second Floor Flat, 9 Quay Street", "Second Floor Flat", "9", "Quay Street", 9, 2),
        ("", "", "", "", None, 0),
    ],
)
def test_an_address_is_read(
    line: str, unit: str, number: str, street: str, house: int | None, floor: int
) -> None:
    assert parse_address(line) == (unit, number, street, house, floor)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("High Street", "HIGH ST."),
        ("St John's Rd", "St. John s Road"),
        ("Áulestrasse", "aulestrasse"),
        ("SW Scholls Ferry Rd", "southwest scholls ferry road"),
    ],
)
def test_one_street_has_one_key(one: str, other: str) -> None:
    assert street_key(one) == street_key(other)


def test_a_saint_is_not_a_street() -> None:
    assert street_key("St Johns Street") == "st johns street"


def test_numbers_and_units_have_one_key_each() -> None:
    assert number_key("12 A") == number_key("12a") == "12a"
    assert unit_key("Flat 3") == unit_key("Apt. 3") == unit_key("3") == "3"


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(line: str) -> None:
    said = parse_address(line)

    assert said.house is None or said.house >= 0
    assert 0 <= said.floor <= 200
