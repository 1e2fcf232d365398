"""A text names somebody by forename and surname, by a number, or by a way to reach them."""

from __future__ import annotations

import pytest

from hustings.core.named import Named

ADA = Named((("Ada Mary", "O’Brien-King"),), ("AB-123/1",), ("+447700900123", "ada@example.org"))


@pytest.mark.parametrize(
    "text",
    [
        "Ring for Ada O'Brien King",
        "O'BRIEN-KING, Ada",
        "ask at the O’Brien-Kings, for Ada",
        "row 12: AB-123/1 stands twice",
        "wrote from ADA@example.org",
        "call 07700 900 123 after six",
        "(+44) 7700-900123",
    ],
)
def test_it_is_found_however_it_was_typed(text: str) -> None:
    assert ADA.is_in(text)


@pytest.mark.parametrize(
    "text",
    ["Ada", "Ada King", "Brien King", "AB-123/12", "AB-1234", "bada@example.or", "900123", ""],
)
def test_less_than_that_is_somebody_else(text: str) -> None:
    assert not ADA.is_in(text)


def test_a_cell_of_a_file_may_be_theirs_with_one_of_the_names() -> None:
    assert ADA.is_hinted_in("O'Brien-King")
    assert not ADA.is_hinted_in("O'Brien")


def test_of_whom_only_a_forename_is_known_the_text_must_be_just_that() -> None:
    eve = Named((("Eve", ""),))

    assert eve.is_in("Eve")
    assert not eve.is_in("Eve and Adam are at home")


def test_nobody_is_named_in_anything() -> None:
    assert not Named().is_in("anything")
    assert not Named((("", ""),), ("",), ("", "12")).is_in("12")
