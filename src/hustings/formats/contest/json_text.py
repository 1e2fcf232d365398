"""JSON as a count needs it: no name twice, no number that is not exact, and a sentence where it is no JSON."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from hustings.core.errors import BadInput

MOST_BYTES = 256 << 20


def read_bytes(path: str) -> bytes:
    """The file, or a sentence why not."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"This file cannot be opened ({error.strerror}); check its name.", where=path
        ) from error
    if len(raw) > MOST_BYTES:
        raise BadInput(
            f"This file has more than {MOST_BYTES >> 20} MB; no contest has.", where=path
        )
    return raw


def looks_like_json(raw: bytes) -> bool:
    """Whether it begins as an object or a list does."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_json(raw: bytes, where: str) -> Any:
    """
    The value; numbers with a point stay the text they were, so that 0.1 is one tenth.

    ``BadInput`` for a name that comes twice in one object, since one of the two would be lost without a word.
    """
    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=_once, parse_float=str, parse_constant=_no_number
        )
        if "\\ud" in text.casefold():
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except BadInput as error:
        raise BadInput(error.message, where=where) from error
    except UnicodeError as error:
        raise BadInput("This file is not in UTF-8.", where=where) from error
    except json.JSONDecodeError as error:
        raise BadInput(
            f"This is no JSON: {error.msg.lower()}.",
            where=f"{where}, row {error.lineno}, letter {error.colno}",
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "This JSON holds a number or a nesting that no contest has.", where=where
        ) from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = sorted(name for name, _ in pairs)
        twice = next(name for name, after in pairwise(names) if name == after)
        raise BadInput(f"«{twice[:60]}» comes twice in one object.")
    return found


def _no_number(name: str) -> None:
    raise BadInput(f"«{name}» is no number that can be counted.")
