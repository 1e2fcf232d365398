"""One unit, however a file writes it; and two that must not be mixed up."""

from __future__ import annotations

import pytest

from hustings.core.contest.unit_names import Known, folded, unit_key


@pytest.mark.parametrize(
    "written",
    ["ALTOONA-1", "Altoona 01", "altoona  1", "Polk-ALTOONA-1", "Ältoona 1", "polk Altoona #001"],
)
def test_a_name_is_the_same_however_it_is_written(written: str) -> None:
    assert unit_key("Polk", written) == unit_key("POLK", "Altoona 1")


@pytest.mark.parametrize(
    ("one", "other"),
    [(("Polk", "Ward 1"), ("Polk", "Ward 11")), (("Polk", "Ward 1"), ("Adair", "Ward 1")), (("", "10"), ("", "100"))],
)  # fmt: skip
def test_other_units_have_other_keys(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert unit_key(*one) != unit_key(*other)


def test_letters_of_other_alphabets_are_kept() -> None:
    assert folded("Район 1") != folded("Город 1")
    assert folded("Район  1") == folded("РАЙОН 1")


def test_a_code_goes_before_a_name_and_a_name_of_two_units_finds_neither() -> None:
    known = Known({"A1": 1, "A2": 2}, {unit_key("", "Old Hall"): 2})
    known.name([("", "Hall", 1), ("", "Hall", 2), ("", "Mill", 1)])

    assert known.find("A2", "", "Mill") == ("code", 2)
    assert known.find("", "", "old hall") == ("alias", 2)
    assert known.find("A9", "", "Mill") == ("name", 1)
    assert known.find("", "", "Hall") is None
    assert known.find("", "", "Nowhere") is None
