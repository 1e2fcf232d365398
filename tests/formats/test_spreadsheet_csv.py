"""A spreadsheet that opens our CSV never runs what somebody put into a name."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.formats.spreadsheet_csv import safe_cell, spreadsheet_lines


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_a_text_that_would_run_is_written_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["O'Hara", "1 - 2", "", -3, 4.5, None])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_of_any_row_begins_like_a_formula(row: list[str]) -> None:
    text = "".join(spreadsheet_lines(["a"] * len(row), [row])).removeprefix("\ufeff")

    _header, written = list(csv.reader(io.StringIO(text, newline="")))[:2]
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for cell in written)
