"""One row in, one clean entry out, every problem told."""

from __future__ import annotations

import json

import pytest

from hustings.core.register import Layout, ProblemKind, RowCleaner

UK = Layout(
    name="t",
    title="t",
    source="t",
    kind="register",
    columns={
        "Prefix": "number_prefix",
        "Number": "number_part",
        "Suffix": "number_suffix",
        "Markers": "markers",
        "DOB": "attains",
        "Surname": "surname",
        "Forename": "forename",
        "PostCode": "postcode",
    },
    lines=(("A1",), ("A2",)),
    dates=("%d/%m/%Y",),
    markers=frozenset("FGL"),
    country="GB",
)
HEADER = ["Prefix", "Number", "Suffix", "Markers", "DOB", "Surname", "Forename", "PostCode", "A1", "A2"]  # fmt: skip
GOOD = ["WA1", "7", "0", "G", "07/08/2018", "O'Hara", "Zoë", "e174jg", "Flat 1", "1 Albert Lane"]


def cleaned(cells: list[str], layout: Layout = UK, header: list[str] | None = None):  # type: ignore[no-untyped-def]  # a pair, read at once
    problems: list[tuple[ProblemKind, int, str]] = []
    cleaner = RowCleaner(layout, header or HEADER, lambda *problem: problems.append(problem))
    return cleaner(5, cells), [kind for kind, _row, _cell in problems]


def with_cell(name: str, value: str) -> list[str]:
    cells = list(GOOD)
    cells[HEADER.index(name)] = value
    return cells


def test_a_good_row_gives_the_whole_entry() -> None:
    entry, problems = cleaned(GOOD)

    assert problems == []
    assert entry._asdict() == {
        "row": 5,
        "number": "WA1-7",
        "change": "",
        "surname": "O'Hara",
        "forename": "Zoë",
        "name_key": "ohara zoe",
        "district": "WA1",
        "markers": "G",
        "attains": "2018-08-07",
        "born": None,
        "born_year": None,
        "address": "Flat 1, 1 Albert Lane",
        "address_key": "flat 1 1 albert lane|E174JG",
        "postcode": "E17 4JG",
        "uprn": None,
        "facts": None,
        "new_address": True,
    }


@pytest.mark.parametrize(
    ("column", "value", "kind", "kept"),
    [
        ("Number", "", ProblemKind.NUMBER_UNREADABLE, False),
        ("Number", "x", ProblemKind.NUMBER_UNREADABLE, False),
        ("DOB", "31/02/2018", ProblemKind.DATE_UNREADABLE, True),
        ("DOB", "soon", ProblemKind.DATE_UNREADABLE, True),
        ("Markers", "GX", ProblemKind.MARKER_UNKNOWN, True),
        ("Surname", "Moss Ay?e", ProblemKind.LETTER_LOST, True),
        ("Surname", "M\ufffdller", ProblemKind.LETTER_LOST, True),
        ("PostCode", "E17", ProblemKind.POSTCODE_ODD, True),
        ("Surname", "x" * 1001, ProblemKind.CELL_TOO_LONG, False),
    ],
)
def test_each_fault_is_told_by_its_kind(
    column: str, value: str, kind: ProblemKind, kept: bool
) -> None:
    entry, problems = cleaned(with_cell(column, value))

    assert problems == [kind]
    assert (entry is not None) is kept
    assert kind.leaves_out is not kept


def test_a_row_cut_short_is_left_out() -> None:
    entry, problems = cleaned(GOOD[:6])

    assert entry is None
    assert problems == [ProblemKind.ROW_WIDTH]


def test_empty_cells_past_the_end_are_forgiven() -> None:
    entry, problems = cleaned([*GOOD, "", ""])

    assert entry is not None
    assert problems == []


def test_an_anonymous_entry_has_no_name_no_address_and_no_problem() -> None:
    entry, problems = cleaned(["WA1", "1667", "0", "", "", "", "N/A", "", "", ""])

    assert (entry.surname, entry.forename, entry.address) == ("", "", "")
    assert problems == []


def test_a_postcode_repeated_as_an_address_line_is_not_part_of_the_address() -> None:
    entry, _problems = cleaned(with_cell("A2", "E17 4JG"))

    assert entry.address == "Flat 1"


def test_a_formula_stays_the_text_it_is() -> None:
    entry, problems = cleaned(with_cell("Surname", "=HYPERLINK(1)"))

    assert entry.surname == "=HYPERLINK(1)"
    assert problems == []


def test_a_status_decides_whether_the_entry_is_on_the_register() -> None:
    layout = Layout(
        name="t", title="t", source="t", kind="register", country="US",
        columns={"id": "file_id", "last": "surname", "st": "status", "zip": "postcode", "party": "party"},
        lines=(("addr",),), statuses={"A": "active", "R": "removed"},
    )  # fmt: skip
    header = ["id", "last", "st", "zip", "party", "addr"]

    kept, _ = cleaned(["X1", "Smith", "A", "275100000", "DEM", "1 MAIN ST"], layout, header)
    gone, _ = cleaned(["X1", "Smith", "R", "27510", "DEM", "1 MAIN ST"], layout, header)
    odd, problems = cleaned(["X1", "Smith", "Q", "27510-1234", "", "1 MAIN ST"], layout, header)

    assert kept.change == ""
    assert kept.postcode == "27510"
    assert json.loads(kept.facts) == {"party": "DEM", "status": "A"}
    assert gone.change == "remove"
    assert odd.postcode == "27510-1234"
    assert problems == [ProblemKind.STATUS_UNKNOWN]


def test_every_kind_of_problem_has_a_code_of_its_own_and_two_sentences() -> None:
    codes = [kind.code for kind in ProblemKind]

    assert len(set(codes)) == len(codes)
    for kind in ProblemKind:
        assert kind.sentence.endswith(".")
        assert kind.advice.endswith(".")
        assert ProblemKind.of(kind.code) is kind


def test_a_layout_with_a_meaning_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such meaning: shoe_size"):
        Layout(name="t", title="t", source="t", kind="register", columns={"a": "shoe_size"})


def test_a_register_without_any_identity_is_refused() -> None:
    with pytest.raises(ValueError, match="file_id or number or number_part"):
        Layout(name="t", title="t", source="t", kind="register", columns={"a": "surname"})
