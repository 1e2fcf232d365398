"""Outlines read out of a vector tile."""

from __future__ import annotations

import gzip

import pytest

from hustings.core.errors import BadInput
from hustings.formats.vector_tile import areas
from tests.formats.a_tile import a_tile

SQUARE = [(10, 10), (110, 10), (110, 110), (10, 110)]
YARD = [(40, 40), (40, 80), (80, 80), (80, 40)]


def test_an_outline_comes_back_as_it_was_written() -> None:
    assert areas(a_tile([[SQUARE]], width=512), "buildings") == (512, [[SQUARE]])


def test_a_courtyard_belongs_to_the_house_before_it() -> None:
    other = [(-20, -300), (200, -300), (200, -200), (-20, -200)]

    _width, found = areas(a_tile([[SQUARE, YARD, other]]), "buildings")

    assert found == [[SQUARE, YARD], [other]]


def test_a_layer_that_is_not_there_has_nothing_and_an_empty_tile_neither() -> None:
    assert areas(a_tile([[SQUARE]]), "water") == (4096, [])
    assert areas(b"", "buildings") == (4096, [])


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_tile_that_ends_too_early_is_refused_in_a_sentence(cut: int) -> None:
    whole = gzip.decompress(a_tile([[SQUARE]]))

    with pytest.raises(BadInput, match="bring the map in again"):
        areas(whole[:-cut], "buildings")


def test_bytes_that_are_no_tile_are_refused() -> None:
    with pytest.raises(BadInput):
        areas(b"Mill Lane", "buildings")
    with pytest.raises(BadInput):
        areas(b"\x1f\x8b not gzip", "buildings")
