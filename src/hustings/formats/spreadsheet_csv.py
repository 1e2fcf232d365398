"""
CSV that people open in a spreadsheet: no cell of ours is ever run as a formula.

A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is written with an apostrophe
before it, which spreadsheets take to mean "this is text". Numbers are written as they are.
Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """The value, or the same text with an apostrophe where a spreadsheet would run it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(RUN_AS_FORMULA):
        return f"'{value}"
    return value


def spreadsheet_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of the file, one at a time, the first with the mark that tells a spreadsheet UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[object]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([safe_cell(cell) for cell in cells])
        return buffer.getvalue()

    yield "\ufeff" + line(header)
    for row in rows:
        yield line(row)
