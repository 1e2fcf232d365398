"""What every file of ballots has: lines of UTF-8 text, names of candidates, and rankings that come many times."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 1 << 20
"""No ballot and no candidate needs a line of a megabyte."""

MOST_CANDIDATES = 10_000
MOST_BALLOTS = 2**53

Rank = str | list[str]


def numbered_lines(path: Path | str) -> Iterator[tuple[int, str]]:
    """
    The lines with their numbers, without what ends them; nothing is kept.

    Raises
    ------
    BadInput
        When the file cannot be read, or is no UTF-8 text.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            row = 0
            while line := file.readline(LONGEST_LINE):
                row += 1
                where = f"{name}, row {row}"
                if len(line) == LONGEST_LINE:
                    raise BadInput(
                        "The line does not end; this is no file of ballots.", where=where
                    )
                try:
                    text = line.decode("utf-8-sig" if row == 1 else "utf-8")
                except UnicodeDecodeError:
                    raise BadInput(
                        "This is not UTF-8 text; save the file again with the encoding UTF-8.",
                        where=where,
                    ) from None
                if "\0" in text:
                    raise BadInput("This is no text.", where=where)
                yield row, text.rstrip("\r\n")
    except OSError as error:
        raise BadInput(f"The file cannot be read: {error.strerror}.", where=name) from error


def whole_count(text: str, where: str) -> int:
    """A number of ballots, 1 or more."""
    text = text.strip()
    if text.startswith("-") and text[1:].isdigit():
        raise BadInput(f"{text[:40]} ballots cannot be; a number must be 1 or more.", where=where)
    if not text.isascii() or not text.isdigit() or len(text) > 16 or int(text) > MOST_BALLOTS:
        raise BadInput(f"«{text[:40]}» is no number of ballots.", where=where)
    if int(text) == 0:
        raise BadInput("0 ballots are none; leave the line out.", where=where)
    return int(text)


class Sorted:
    """Rankings with how many ballots have each, in the order in which they first came."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.ranks: dict[str, list[Rank]] = {}

    def known(self, text: str, count: int) -> bool:
        """Add ``count`` to a ranking that stood in the file before in these very characters."""
        if text not in self.counts:
            return False
        self.counts[text] += count
        return True

    def new(self, text: str, count: int, ranks: list[Rank]) -> None:
        """A ranking that comes for the first time."""
        self.counts[text] = count
        self.ranks[text] = ranks

    def as_plain(self) -> list[list[Any]]:
        """``[[count, [rank, …]], …]``, as the core reads it."""
        return [[count, self.ranks[text]] for text, count in self.counts.items()]
