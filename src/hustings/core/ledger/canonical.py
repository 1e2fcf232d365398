"""
One value, one sequence of bytes: JSON as RFC 8785 writes it, read as strictly as RFC 7493 (I-JSON) asks.

``canonical`` writes, ``read_json`` reads, ``digest`` is the SHA-256 of the canonical bytes.
Whatever two programs could read in two ways is refused with a sentence: a key that comes twice, half of a
surrogate pair, a number that a double does not hold exactly, and bytes that are not UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from typing import Any, NoReturn

import rfc8785

from hustings.core.errors import BadInput

MOST_CHARACTERS = 1_000_000
DEEPEST = 64
LARGEST_WHOLE = 2**53 - 1
"""The largest whole number that every program reads the same."""


def canonical(value: Any) -> bytes:
    """The bytes of ``value`` by RFC 8785; ``BadInput`` where there are none."""
    _check(value, 0)
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise BadInput(
            f"This value cannot be written as canonical JSON ({error}); correct it."
        ) from error


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal digits: the name by which records know each other."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read_json(text: str | bytes, most: int = MOST_CHARACTERS) -> Any:
    """The value that ``text`` of at most so many characters holds, if every program would read the same one."""
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(
                f"Byte {error.start + 1} is not UTF-8; send the file as it was made."
            ) from error
    if len(text) > most:
        raise BadInput(f"This JSON has more than {most:,} characters; it is none of ours.")
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_constant
        )
    except RecursionError as error:
        raise BadInput(f"This JSON is nested deeper than {DEEPEST} levels.") from error
    except json.JSONDecodeError as error:
        raise BadInput(
            f"This is no JSON: {error.msg} at character {error.pos + 1}; send it as it was made."
        ) from error
    _check(value, 0)
    return value


def read_canonical(text: str | bytes) -> Any:
    """The same, where the text must also be exactly what ``canonical`` writes."""
    value = read_json(text)
    given = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if canonical(value) != given:
        raise BadInput(
            "This JSON is not in its canonical form (RFC 8785), so it was changed on its way."
        )
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadInput(f"The key «{_shown(twice)}» comes twice in one object; which one counts?")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 17:
        _too_large(digits)
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise BadInput(f"«{name}» is no number in JSON; leave it out.")


def _too_large(digits: str) -> NoReturn:
    raise BadInput(
        f"The number {digits[:40]} is larger than 2^53 − 1, so programs would read it differently; write it as text."
    )


def _check(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise BadInput(f"This JSON is nested deeper than {DEEPEST} levels.")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, bool) or value is None:
        pass
    elif isinstance(value, int):
        if abs(value) > LARGEST_WHOLE:
            _too_large(str(value))
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise BadInput("A number here is too large for a double; write it as text.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise BadInput(f"The key {key!r} of an object is not text.")
            _check_text(key)
            _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner, depth + 1)
    else:
        raise BadInput(f"A {type(value).__name__} cannot be written as JSON.")


def _check_text(text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(
            f"«{_shown(text)}» holds half of a surrogate pair, which is no character; correct the text."
        )


def _shown(text: str) -> str:
    return text[:40].encode("utf-8", "replace").decode()
