"""The text form of PostgreSQL's COPY: a row as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "\\N"
"""How a missing value is written."""
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_line(values: Sequence[object]) -> str:
    """One row; ``None`` is a missing value."""
    line = "\t".join([NOTHING if value is None else str(value) for value in values])
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") != len(values) - 1:
        line = "\t".join(
            [NOTHING if value is None else str(value).translate(_ESCAPED) for value in values]
        )
    return line + "\n"
