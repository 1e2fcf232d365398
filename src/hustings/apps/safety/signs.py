"""What a phone sends about checking in, read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hustings.apps.safety.models import Sign
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from uuid import UUID

MOST_SIGNS = 200
"""In one request; a day of checking in every quarter of an hour is fewer."""
LONGEST_AGO = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Begin:
    """They turned it on, so long ago."""

    id: UUID
    every_minutes: int
    answers_count: bool
    ago: timedelta


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button, so long ago: by how much, not when, so that the phone's clock may be wrong."""

    id: UUID
    kind: str
    ago: timedelta


def begin_from_json(said: Any) -> Begin:
    """Read it, or say what is wrong."""
    if not isinstance(said, dict) or type(said.get("every_minutes")) is not int:
        raise BadInput("«watch» needs an id, every_minutes, answers_count and ago_s.")
    return Begin(_id(said), said["every_minutes"], said.get("answers_count") is True, _ago(said))


def signs_from_json(said: Any) -> list[Tapped]:
    """The same for each sign."""
    if not isinstance(said, list) or len(said) > MOST_SIGNS:
        raise BadInput(f"«signs» is a list of at most {MOST_SIGNS}.")
    for one in said:
        if not isinstance(one, dict) or one.get("kind") not in Sign.Kind.values:
            raise BadInput("A sign needs an id, a kind (well, help or done) and ago_s.")
    return [Tapped(_id(one), one["kind"], _ago(one)) for one in said]


def _id(said: dict[str, Any]) -> UUID:
    try:
        return uuid.UUID(str(said.get("id")))
    except ValueError:
        raise BadInput("«id» is a UUID.") from None


def _ago(said: dict[str, Any]) -> timedelta:
    seconds = said.get("ago_s")
    if not isinstance(seconds, int | float) or not 0 <= seconds < float("inf"):
        raise BadInput("«ago_s» is a number of seconds, none before now.")
    return timedelta(seconds=min(seconds, LONGEST_AGO.total_seconds()))
