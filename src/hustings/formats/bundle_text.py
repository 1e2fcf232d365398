"""Bundles and key lines as files, or pasted: bytes to the text that the ledger reads."""

from __future__ import annotations

import sys
from pathlib import Path

from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import MOST_CHARACTERS

MOST_BYTES = 4 * MOST_CHARACTERS


def read_text(path: Path | str) -> str:
    """
    The text of the file, ``-`` for standard input.

    Line ends of another system and a last line end that is missing are no change of a bundle; all else is kept.
    """
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"This file cannot be opened ({error.strerror}).", where=str(path)
        ) from error
    if len(data) > MOST_BYTES:
        raise BadInput("This file is larger than any bundle; it is none.", where=str(path))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Byte {error.start + 1} is not UTF-8, so this is no bundle as it was made.",
            where=str(path),
        ) from error
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"
