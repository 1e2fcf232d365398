"""Files of rankings: what is read of each format, and that whatever is wrong is one sentence with file, row and field."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.errors import BadInput
from hustings.formats.ballot_lines import LONGEST_LINE
from hustings.formats.ballots_abif import read_abif
from hustings.formats.ballots_blt import read_blt
from hustings.formats.ballots_file import read_ballots
from hustings.formats.ballots_rctab import read_rctab
from hustings.formats.ballots_scottish_csv import read_scottish_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLT = '3 2\n-2\n4 1 3 0\n# a note\n2 3=1 - 2 0\n4 1 3 0\n1 0\n0\n"Ann"\nBen\n"Cat"\n"Council"\n'
CSV = '3,2,\n4,1,3,\n2,2,\n1,1,3,\n"Candidate 1","Ann","Red",\n"Candidate 2","Ben","",\n"Candidate 3","Cat",\n"Ward 1",\n'
ABIF = """\
# a contest
{title: "Mayor"}
{ballotcount: 20}
=A:[Ann Lee]
=B:[Ben]
=C:[Cat]
9:A>B
3:[Ann Lee]=B>C # said by hand
5:C/5,B/5,A/1
1:
2:A>B
"""


def test_blt_is_read_with_withdrawn_equal_and_skipped_ranks(tmp_path: Path) -> None:
    assert read(tmp_path, "council.blt", BLT) == {
        "candidates": [{"name": "Ann"}, {"name": "Ben", "excluded": True}, {"name": "Cat"}],
        "seats": 2,
        "ballots": [[8, ["Ann", "Cat"]], [2, [["Cat", "Ann"], "", "Ben"]], [1, []]],
        "title": "Council",
    }


def test_the_scottish_csv_is_read_with_parties(tmp_path: Path) -> None:
    assert read(tmp_path, "ward.csv", CSV) == {
        "candidates": [{"name": "Ann", "party": "Red"}, {"name": "Ben"}, {"name": "Cat"}],
        "seats": 2,
        "ballots": [[5, ["Ann", "Cat"]], [2, ["Ben"]]],
        "title": "Ward 1",
    }


def test_abif_is_read_with_tokens_names_and_ratings(tmp_path: Path) -> None:
    assert read(tmp_path, "mayor.abif", ABIF) == {
        "candidates": [{"name": "Ann Lee"}, {"name": "Ben"}, {"name": "Cat"}],
        "ballots": [
            [11, ["Ann Lee", "Ben"]],
            [3, [["Ann Lee", "Ben"], "Cat"]],
            [5, [["Cat", "Ben"], "Ann Lee"]],
            [1, []],
        ],
        "title": "Mayor",
    }


def test_abif_without_candidates_takes_them_as_they_come(tmp_path: Path) -> None:
    plain = read(tmp_path, "quick.abif", "3:B>A\n2:A\n")
    assert [each["name"] for each in plain["candidates"]] == ["B", "A"]


def test_rctab_json_is_read_with_its_rules(tmp_path: Path) -> None:
    data = {
        "name": "x",
        "candidates": [{"name": "A", "excluded": False, "aliases": []}, {"name": "B"}],
        "rules": {"tiebreakMode": "random"},
        "ballots": [[2, ["A", "", "OVERVOTE"]], [1, ["OVERVOTE:A|B", "B", "OVERVOTES"]]],
    }
    file = tmp_path / "x.json"
    file.write_text(json.dumps(data), "utf-8")
    given, rules = read_ballots(file)
    assert rules == {"tiebreakMode": "random"}
    assert given["ballots"] == [[2, ["A", "", []]], [1, [["A", "B"], "B", "OVERVOTES"]]]
    assert given["candidates"] == data["candidates"]


def read(tmp_path: Path, name: str, content: str | bytes) -> dict[str, Any]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_ballots(file)[0]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.blt", "", "row 1: A BLT file begins with two numbers"),
        ("b.blt", "3\n", "row 1: A BLT file begins with two numbers"),
        ("c.blt", "0 2\n", "row 1, candidates: 0 candidates cannot be."),
        ("d.blt", "3 0\n", "row 1, seats: 0 seats cannot be."),
        ("e.blt", BLT.replace("4 1 3 0", "4 1 9 0"), "row 3, rank 2: There is no candidate 9"),
        ("f.blt", BLT.replace("2 3=1", "-2 3=1"), "row 5, count: -2 ballots cannot be"),
        ("g.blt", BLT.replace("2 3=1", "0 3=1"), "row 5, count: 0 ballots are none"),
        ("h.blt", BLT.replace("4 1 3 0", "4 1 3"), "row 3: The ballot does not end with 0"),
        ("i.blt", BLT.replace("4 1 3 0", "4 1 x 0"), "row 3, rank 2: «x» is no number of a"),
        (
            "j.blt",
            BLT.replace("4 1 3 0", "4.5 1 3 0"),
            "row 3, count: «4.5» is no number of ballots",
        ),
        ("k.blt", BLT.partition("\n0\n")[0], "row 7: The file ends before the line «0»"),
        ("l.blt", BLT.partition("Ben")[0], "row 9: 3 candidates are announced, 1 names follow"),
        ("m.blt", BLT + "more\n", "row 13: After 3 names and a title there is more."),
        ("n.blt", BLT.replace("Ben", "Ann"), "row 10: «Ann» is the name of two candidates."),
        ("o.blt", BLT.replace("-2\n", "-5\n"), "row 2: There is no candidate 5; there are 3."),
        ("p.blt", BLT.replace('"Ann"', '""'), "row 9: A candidate has no name."),
        ("a.csv", "", "row 1: The file begins with two numbers"),
        ("b.csv", "3,2,9,\n", "row 1: The file begins with two numbers"),
        ("c.csv", CSV.replace("4,1,3,", "-4,1,3,"), "row 2, count: -4 ballots cannot be"),
        ("d.csv", CSV.replace("4,1,3,", "4,1,7,"), "row 2, rank 2: There is no candidate 7"),
        ("e.csv", CSV.replace("4,1,3,", "4,1,,"), "row 2, rank 2: «» is no number of a candidate."),
        ("f.csv", CSV.replace("4,1,3,", "4,1,3"), "row 2: The ballot does not end with a comma"),
        ("g.csv", CSV.partition('"Candidate 3')[0], "row 6: 3 candidates are announced, 2 are"),
        (
            "h.csv",
            CSV.replace("Candidate 2", "Candidate 3"),
            "row 6: Here «Candidate 2» and a name",
        ),
        ("i.csv", CSV.replace("Ben", "Ann"), "row 6: «Ann» is the name of two candidates."),
        ("j.csv", CSV + "3,1,\n", "row 9: A ballot stands after the candidates."),
        ("k.csv", CSV + '"more",\n', "row 9: After the ward's name there is more."),
        ("l.csv", CSV.replace('"Ward 1",', '"Ward" 1",'), "row 8: The line is no CSV"),
        ("a.abif", "", "row 1: There is no candidate in the file."),
        ("b.abif", "hello\n", "row 1: «hello» is neither ballots (12:A>B) nor a candidate"),
        ("c.abif", ABIF.replace("9:A", "-9:A"), "row 7, count: -9 ballots cannot be"),
        (
            "d.abif",
            ABIF.replace("9:A>B", "9:A>Z"),
            "row 7, rank 2: «Z» is not among the candidates.",
        ),
        ("e.abif", ABIF.replace("9:A>B", "9:A>"), "row 7: The ballot ends with «>»"),
        ("f.abif", ABIF.replace("9:A>B", "9:A>>B"), "row 7, rank 2: «>B» cannot be read"),
        (
            "g.abif",
            ABIF.replace("2:A>B\n", ""),
            "row 3, ballotcount: The file says that it holds 20",
        ),
        ("h.abif", ABIF.replace("C/5,B/5", "C/5,B"), "row 9: With commas between candidates each"),
        ("i.abif", ABIF.replace("=C:[Cat]", "=C:"), "row 6: A candidate is written =token:[Name]."),
        ("j.abif", ABIF + "=D:[Dan]\n", "row 12: A candidate is named after the first ballot."),
        ("k.abif", ABIF.replace("=C:[Cat]", "=C:[Ben]"), "row 6: «Ben» or its token stands twice."),
        ("l.abif", ABIF.replace("count: 20", "count: x"), "row 3, ballotcount: «x» is no number"),
        ("a.json", "", "row 1, letter 1: This is no JSON: expecting value."),
        ("b.json", '{"ballots":\n[[1, ["A"]]', "row 2, letter 12: This is no JSON: expecting"),
        ("c.json", "[]", "ballots: There is no list of ballots."),
        (
            "d.json",
            '{"ballots": [[1]]}',
            "ballots, row 1: A ballot is a number and a list of ranks",
        ),
        ("e.json", '{"ballots": [], "rules": 3}', "rules: The rules are no object."),
        ("f.json", "[" * 100_000, "This JSON holds a number or a nesting that no contest has."),
        ("g.json", '{"ballots": [], "ballots": []}', "«ballots» comes twice in one object."),
        ("h.json", '{"ballots": [], "x": NaN}', "«NaN» is no number that can be counted."),
        ("i.json", '{"ballots": [], "x": "A\\ud800"}', "This file is not in UTF-8."),
        ("a.txt", "3:A\n", "Ballots are read from files that end with .blt"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, name, content)
    said = str(refused.value)
    assert said.startswith(f"{tmp_path / name}")
    assert sentence in said
    assert "\n" not in said


READERS: list[Callable[[Path], Any]] = [read_blt, read_abif, read_scottish_csv, read_rctab]


@pytest.mark.parametrize("reader", READERS)
def test_ten_megabytes_of_garbage_are_refused_in_one_sentence(
    tmp_path: Path, reader: Callable[[Path], Any]
) -> None:
    file = tmp_path / "garbage"
    noise = random.Random(1).randbytes(10_000_000)  # noqa: S311  # garbage keeps no secret
    for content in (noise, b"\0" * 10_000_000, b"7" * 10_000_000):
        file.write_bytes(content)
        with pytest.raises(BadInput) as refused:
            reader(file)
        assert str(refused.value).startswith(str(file))
        assert len(str(refused.value)) < len(str(file)) + 200


@pytest.mark.parametrize("reader", READERS)
def test_another_encoding_and_a_missing_file_are_refused(
    tmp_path: Path, reader: Callable[[Path], Any]
) -> None:
    file = tmp_path / "latin"
    file.write_bytes('1 1\n1 1 0\n0\n"Zoë"\n'.encode("latin-1"))
    with pytest.raises(BadInput) as refused:
        reader(file)
    if reader is not read_scottish_csv and reader is not read_abif:
        assert "UTF-8" in str(refused.value)
    file.write_bytes("=Z:[Zoë]\n1:Z\n".encode("utf-16"))
    with pytest.raises(BadInput):
        reader(file)
    with pytest.raises(BadInput, match=r"cannot be (read|opened)"):
        reader(tmp_path / "nothing")


def test_an_abif_in_latin_1_is_refused_at_its_row(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"row 2: This is not UTF-8 text"):
        read(tmp_path, "a.abif", "=A:[Ann]\n=Z:[Zoë]\n1:A\n".encode("latin-1"))


def test_a_mark_of_byte_order_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + BLT.replace("\n", "\r\n").encode()
    assert read(tmp_path, "council.blt", content) == read(tmp_path, "same.blt", BLT)


def test_a_line_that_does_not_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="row 2: The line does not end"):
        read(tmp_path, "a.abif", b"=A:[Ann]\n" + b"1" * LONGEST_LINE)


def test_blt_may_have_tabs_and_comments_after_a_line(tmp_path: Path) -> None:
    tabs = BLT.replace("3 2", "3\t2 # three for two").replace("4 1 3 0", "4\t1\t3\t0 # a pile")
    said = tabs.replace("-2\n", "-2 # Ben\n").replace("\n0\n", "\n0 # the end\n")
    assert read(tmp_path, "t.blt", said.replace('"Ann"', '"Ann" # first')) == read(
        tmp_path, "c.blt", BLT
    )
    named = read(tmp_path, "n.blt", BLT.replace('"Ann"', '"Ann #1"').replace("Ben", "Ben #2"))
    assert [one["name"] for one in named["candidates"]] == ["Ann #1", "Ben #2", "Cat"]


def test_one_pile_with_blanks_of_two_kinds_is_one_pile(tmp_path: Path) -> None:
    said = read(tmp_path, "t.blt", BLT.replace("4 1 3 0", "4\t1 3 0", 1))
    assert said["ballots"][0] == [8, ["Ann", "Cat"]]
