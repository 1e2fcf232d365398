"""Names that look like others or like nothing, and rows that a quote takes with it, are refused before anybody counts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from hustings.formats.ballots_file import read_ballots
from hustings.formats.result_sheet import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

VOTES = "unit,votes,candidate,party\n"
UNSEEN = ("\x00", "\n", "\t", "\x1b", "\x7f", "\x85", "\u200f", "\u2028", "\u202e", "\u2066")
ONE, OTHER = unicodedata.normalize("NFC", "José"), unicodedata.normalize("NFD", "José")


def count(said: dict[str, Any], method: str = "plurality") -> Any:
    return METHODS[method].count(said, {}, Lots()).result


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ('X,5,"A\nX,18,B\nX,7,C\n', r"sheet\.csv, row 2: This row cannot be read as CSV"),
        ('X,7,C,\nX,5,"A\nX,18,B,",\n', r"row 3, candidate: A line ends inside this cell"),
        ('X,5,A,"P\nX,18,B,P"\n', r"row 2, party: A line ends inside this cell"),
    ],
)
def test_a_quote_that_is_not_closed_swallows_no_row(rows: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_sheet((VOTES + rows).encode(), "sheet.csv", "plurality")


@pytest.mark.parametrize("letter", UNSEEN)
def test_a_name_with_a_character_that_cannot_be_seen_is_refused(letter: str) -> None:
    said = {"unit": "X", "votes": {f"A{letter}B": 5, "C": 4}}
    with pytest.raises(BadInput, match=rf"A name in «votes» .*U\+{ord(letter):04X}.*: «A…B»"):
        count(said)
    with pytest.raises(BadInput, match="The name of a candidate holds"):
        METHODS["irv"].count(
            {"candidates": [f"A{letter}B"], "ballots": []}, {"method": "irv"}, Lots()
        )


@pytest.mark.parametrize("letter", ["\x1b", "\u202e"])
def test_a_sheet_and_a_file_of_ballots_name_the_row_of_such_a_name(
    letter: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=r"sheet\.csv, row 2, candidate: This name holds"):
        read_sheet(f"{VOTES}X,5,A{letter}B,\n".encode(), "sheet.csv", "plurality")
    file = tmp_path / "ward.blt"
    file.write_text(f'1 1\n1 1 0\n0\n"A{letter}B"\n', "utf-8")
    with pytest.raises(BadInput, match=r"ward\.blt, row 4: This name holds"):
        read_ballots(file)


def test_two_names_that_look_the_same_are_not_two_candidates() -> None:
    assert ONE != OTHER
    twins = "stands twice .*different characters that look the same"
    with pytest.raises(BadInput, match=twins):
        count({"unit": "X", "votes": {ONE: 5, OTHER: 4}})
    with pytest.raises(BadInput, match=twins):
        count({"candidates": [ONE, OTHER], "unit": "X", "votes": {ONE: 5}})
    with pytest.raises(BadInput, match=twins):
        count({"unit": "X", "sections": {ONE: {"A": 1}, OTHER: {"A": 1}}}, "omov")
    with pytest.raises(BadInput, match=twins):
        METHODS["irv"].count({"candidates": [ONE, OTHER], "ballots": []}, {}, Lots())


def test_a_name_is_written_one_way_in_all_units_of_a_contest() -> None:
    one = {"unit": "X", "votes": {ONE: 5, "A": 4}}
    with pytest.raises(BadInput, match="different characters that look the same"):
        count({"units": [one, {"unit": "Y", "votes": {OTHER: 5, "A": 4}}]})
    with pytest.raises(BadInput, match="different characters that look the same"):
        count({"units": [{**one, "unit": ONE}, {**one, "unit": OTHER}]})
    assert count({"units": [one, {**one, "unit": "Y"}]})["totals"]["votes"] == {ONE: 10, "A": 8}


def test_other_writings_and_marks_within_a_word_are_names() -> None:
    names = ["Zoë O’Neill", "شهاب", "می\u200cخواهم", "Ngũgĩ", "王芳", OTHER]
    assert list(count({"unit": "X", "votes": dict.fromkeys(names, 3) | {"A": 4}})["votes"]) == [
        "A",
        *names,
    ]
