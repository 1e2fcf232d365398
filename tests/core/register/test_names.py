"""Names: folded for search, split where one cell holds both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.register.names import fold, split_name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O’Brien-Müller", "obrien muller"),
        ("O'BRIEN MULLER", "obrien muller"),
        ("Öztürk Jorge D", "ozturk jorge d"),
        ("Nguyễn", "nguyen"),
        ("Łukasz Søren", "lukasz soren"),
        ("İpek", "ipek"),
        ("St. John", "st john"),
    ],
)
def test_accents_case_and_apostrophes_do_not_matter(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Liles Patricia", ("Liles", "Patricia")),
        ("VAN DER BERG Anna Maria", ("VAN DER BERG", "Anna Maria")),
        ("Van der Berg, Anna", ("Van der Berg", "Anna")),
        ("Cher", ("Cher", "")),
        ("LILES PATRICIA", ("LILES", "PATRICIA")),
    ],
)
def test_a_name_in_one_cell_is_split_surname_first(cell: str, parts: tuple[str, str]) -> None:
    assert split_name(cell) == parts
