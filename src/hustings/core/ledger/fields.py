"""
What a field of a record may hold, as data, so that the offline page holds the same table.

A field is one word (``"text"``, ``"time"`` …) or a list: ``["one_of", …]``, ``["several", field, least, most]``,
``["by_name", field]``, ``["parts", needed, allowed]``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    type Field = str | list[Any]

TEXT, TIME, HASH, ID, WHOLE, FLAG, LOG_NAME, ANYTHING = (
    "text", "time", "hash", "id", "whole", "flag", "log_name", "anything",
)  # fmt: skip
MOST_CHARACTERS, MOST_PARTS = 20_000, 1000
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOG_NAME = re.compile(r"[!-*,-~]{1,200}")


def one_of(*choices: str) -> Field:
    """One of these words."""
    return ["one_of", *choices]


def several(field: Field, *, least: int = 0, most: int = MOST_PARTS) -> Field:
    """A list of them."""
    return ["several", field, least, most]


def by_name(field: Field) -> Field:
    """An object of them, each under a name."""
    return ["by_name", field]


def parts(needed: Mapping[str, Field], allowed: Mapping[str, Field] | None = None) -> Field:
    """An object with exactly these fields; ``allowed`` may be missing."""
    return ["parts", dict(needed), dict(allowed or {})]


def holds(field: Field, value: Any) -> bool:
    """Whether the field may hold this value."""
    if isinstance(field, str):
        return _SIMPLE[field](value)
    match field:
        case ["one_of", *choices]:
            return isinstance(value, str) and value in choices
        case ["several", inner, least, most]:
            return (
                isinstance(value, list)
                and least <= len(value) <= most
                and all(holds(inner, part) for part in value)
            )
        case ["by_name", inner]:
            return isinstance(value, dict) and all(
                text(name) and holds(inner, part) for name, part in value.items()
            )
        case ["parts", needed, allowed]:
            known = needed | allowed
            return (
                isinstance(value, dict)
                and needed.keys() <= value.keys() <= known.keys()
                and all(holds(known[name], part) for name, part in value.items())
            )
    raise AssertionError(field)


def check(value: Mapping[str, Any], needed: Mapping[str, Field], allowed: Mapping[str, Field],
          what: str) -> None:  # fmt: skip
    """Nothing, if ``value`` has these fields and no other; otherwise ``BadInput`` names the first wrong one."""
    for name in needed:
        if name not in value:
            raise BadInput(f"A {what} needs the field «{name}»; this one has none.")
    for name, part in value.items():
        field = needed.get(name) or allowed.get(name)
        if field is None:
            raise BadInput(
                f"A {what} has no field «{name[:40]}»; a newer version may have made it."
            )
        if not holds(field, part):
            raise BadInput(f"The field «{name}» of this {what} cannot hold «{str(part)[:60]}».")


def text(value: Any) -> bool:
    """Some text."""
    return isinstance(value, str) and 0 < len(value) <= MOST_CHARACTERS


def _time(value: Any) -> bool:
    """A second in UTC, written so that texts sort as times do: 2016-08-24T10:00:00Z."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value).isoformat().replace("+00:00", "Z") == value
    except ValueError:
        return False


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


_SIMPLE: dict[str, Callable[[Any], bool]] = {
    TEXT: text,
    TIME: _time,
    HASH: _matches(_HASH),
    ID: _matches(_ID),
    LOG_NAME: _matches(_LOG_NAME),
    WHOLE: lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    ),
    FLAG: lambda value: isinstance(value, bool),
    ANYTHING: lambda value: True,
}


def posix_seconds(moment: str) -> int:
    """The POSIX seconds of a time as records write it."""
    return int(datetime.fromisoformat(moment).timestamp())


def moment_of(seconds: int) -> str:
    """POSIX seconds as records write a time; ``BadInput`` beyond the year 9999."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(f"{seconds} seconds is no time of our calendar.") from error
