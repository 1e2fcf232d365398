"""What a field of a record may hold: one small judge for each kind of value."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    type Field = Callable[[Any], bool]

MOST_CHARACTERS = 20_000
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def text(value: Any) -> bool:
    """Some text."""
    return isinstance(value, str) and 0 < len(value) <= MOST_CHARACTERS


def time(value: Any) -> bool:
    """A second in UTC, written so that texts sort as times do: 2016-08-24T10:00:00Z."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def hash_(value: Any) -> bool:
    """The name of a record: 64 hexadecimal digits."""
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def id_(value: Any) -> bool:
    """A ``urn:uuid:``."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def whole(value: Any) -> bool:
    """A whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def flag(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def one_of(*choices: str) -> Field:
    """One of these words."""
    return lambda value: value in choices


def several(field: Field, *, least: int = 0, most: int = 1000) -> Field:
    """A list of them."""
    return lambda value: (
        isinstance(value, list) and least <= len(value) <= most and all(map(field, value))
    )


def by_name(field: Field) -> Field:
    """An object of them, each under a name."""
    return lambda value: (
        isinstance(value, dict) and all(map(text, value)) and all(map(field, value.values()))
    )


def parts(needed: Mapping[str, Field], allowed: Mapping[str, Field] | None = None) -> Field:
    """An object with exactly these fields; ``allowed`` may be missing."""
    known = {**needed, **(allowed or {})}
    return lambda value: (
        isinstance(value, dict)
        and set(needed) <= set(value) <= set(known)
        and all(known[name](value[name]) for name in value)
    )


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
        if not field(part):
            raise BadInput(f"The field «{name}» of this {what} cannot hold «{str(part)[:60]}».")


def posix_seconds(moment: str) -> int:
    """The POSIX seconds of a time as records write it."""
    return int(datetime.fromisoformat(moment).timestamp())


def moment_of(seconds: int) -> str:
    """POSIX seconds as records write a time; ``BadInput`` beyond the year 9999."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(f"{seconds} seconds is no time of our calendar.") from error
