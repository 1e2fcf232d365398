"""Numbers as voters say them and cards print them."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.polling.telling import number_told


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("888", "AB-888"),
        ("888/8", "AB-888/8"),
        ("888.8", "AB-888/8"),
        (" 0888 ", "AB-888"),
        ("888/0", "AB-888"),
        ("CD12", "CD-12"),
        ("cd-12/1", "CD-12/1"),
    ],
)
def test_a_number_is_read_as_the_register_writes_it(text: str, number: str) -> None:
    assert number_told("ab", text) == number


@pytest.mark.parametrize("text", ["", "none", "12/", "1 2 3", "-4", "½"])
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadInput, match="no elector number"):
        number_told("AB", text)
