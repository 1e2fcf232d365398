"""Elector numbers: every shape registers print gives the same key."""

from __future__ import annotations

import pytest

from hustings.core.register.numbers import ElectorNumber


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("WA3-79", "WA3-79"),
        ("WD3-193/1", "WD3-193/1"),
        ("WD3-193.1", "WD3-193/1"),
        ("AB123", "AB-123"),
        ("AB 123", "AB-123"),
        ("ab-0123", "AB-123"),
        ("888/8", "888/8"),
        ("888.8", "888/8"),
        ("AB-12/0", "AB-12"),
        ("17", "17"),
    ],
)
def test_a_number_is_read_in_every_shape(text: str, key: str) -> None:
    found = ElectorNumber.parse(text)

    assert str(found) == key


@pytest.mark.parametrize("text", ["", "AB", "12-34-56", "AB-1/2/3", "=1+1", "AB-", "№ 5"])
def test_what_is_no_number_gives_nothing(text: str) -> None:
    assert ElectorNumber.parse(text) is None


def test_three_columns_and_one_give_the_same_key() -> None:
    parts = ElectorNumber.of_parts("WD3", "193", "1")

    assert parts == ElectorNumber.parse("WD3-193/1")


def test_a_suffix_in_the_number_column_counts_where_the_suffix_column_is_nought() -> None:
    assert str(ElectorNumber.of_parts("AB", "888/8", "0")) == "AB-888/8"
