"""Guesses for files nobody has described."""

from __future__ import annotations

from hustings.core.register.mapping import guess_columns

HEADER = [
    "Roll no",
    "Family name",
    "Given name",
    "Residence line",
    "Post code",
    "Handy",
    "Shoe size",
]
SAMPLE = [
    ["AB-1", "Liles", "Pat", "1 Albert Lane", "E17 4JG", "07700 900123", "42"],
    ["AB-2/1", "Ibarra", "Jo", "2 Albert Lane", "E17 4JG", "07700 900124", "39"],
]


def test_names_and_shapes_both_count() -> None:
    guesses = {guess.column: guess.meaning for guess in guess_columns(HEADER, SAMPLE)}

    assert guesses["Roll no"] == "number"
    assert guesses["Family name"] == "surname"
    assert guesses["Given name"] == "forename"
    assert guesses["Post code"] == "postcode"
    assert guesses["Handy"] == "phone"
    assert guesses["Shoe size"] == ""


def test_each_meaning_but_the_address_is_given_once() -> None:
    header = ["Surname", "Last name", "Address1", "Address2"]

    meanings = [guess.meaning for guess in guess_columns(header, [])]

    assert meanings.count("surname") == 1
    assert meanings.count("address") == 2


def test_a_score_lies_between_nought_and_one() -> None:
    for guess in guess_columns(HEADER, SAMPLE):
        assert 0.0 <= guess.score <= 1.0
