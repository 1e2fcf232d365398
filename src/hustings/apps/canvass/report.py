"""
What a phone reports: the value that arrives, checked once, the same from JSON and from a form.

Nothing here needs the database, so that a phone's own check can be held against it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hustings.apps.canvass.kinds import REPORTED, Channel, Kind
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

STRONGEST = 3
MOST_IN_A_BATCH = 500
LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Report:
    """
    One outcome of one attempt, as a phone reports it.

    Parameters
    ----------
    id
        Made on the phone; the same report sent twice has the same.
    sequence
        Counts up on that phone, from 1.
    turf, door, person
        Numbers of rows; the person only where one was spoken to or about.
    met
        Instead of ``person``: the id, made on the phone, of somebody who is not on the register.
    kind, channel
        What happened, and how.
    support
        Code of a level of the scale or of a party; empty without answers.
    strength
        1 (weak) to 3 (strong), only with a party.
    language
        Which, where a language was the obstacle.
    come_back_at
        When somebody asked us to come back.
    wording_version
        Which wording of the script was shown; 0 when none was.
    occurred_at
        By the phone's clock.
    corrects
        The event that this one replaces.
    app
        Which program reported it, with its version.
    """

    id: UUID
    sequence: int
    turf: int
    door: int
    kind: str
    occurred_at: datetime
    channel: str = Channel.DOOR
    person: int | None = None
    met: UUID | None = None
    support: str = ""
    strength: int | None = None
    language: str = ""
    come_back_at: datetime | None = None
    wording_version: int = 0
    corrects: UUID | None = None
    app: str = ""

    def __post_init__(self) -> None:
        where = f"event {self.id}"
        if self.kind not in REPORTED:
            raise BadInput(f"«{self.kind}» is not something that happens at a door.", where=where)
        if self.channel not in Channel.values:
            raise BadInput(f"«{self.channel}» is not a way to reach somebody.", where=where)
        if (self.kind == Kind.ANSWERED) != bool(self.support):
            raise BadInput("Either a result or answers are recorded, never both.", where=where)
        if self.strength is not None and not (self.support and 1 <= self.strength <= STRONGEST):
            raise BadInput(f"Strength is 1 to {STRONGEST}, and goes with a party.", where=where)
        if (self.kind == Kind.LANGUAGE) != bool(self.language):
            raise BadInput("Which language goes with «language», and only there.", where=where)
        if (self.kind == Kind.COME_BACK) != (self.come_back_at is not None):
            raise BadInput("When to come back goes with «come back», and only there.", where=where)
        if self.kind == Kind.UNDO and self.corrects is None:
            raise BadInput("To undo, name the event that is undone.", where=where)
        if self.corrects == self.id:
            raise BadInput("An event cannot correct itself.", where=where)
        if self.person is not None and self.met is not None:
            raise BadInput(
                "Name a person of the register or one met at the door, not both.", where=where
            )
        if self.occurred_at.tzinfo is None:
            raise BadInput("The time needs its time zone.", where=where)

    def digest(self) -> bytes:
        """
        SHA-256 of what it says: the same content has the same.

        The number of a person met at the door is left out, since the phone does not know it.
        """
        values = {name: _plain(getattr(self, name)) for name in self.__slots__ if name != "id"}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).digest()


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody met at a door who is not on the register; the id is made on the phone."""

    id: UUID
    door: int
    forename: str = ""
    surname: str = ""

    def __post_init__(self) -> None:
        if not (self.forename.strip() or self.surname.strip()):
            raise BadInput(
                "Give a name, or record the answer for the door.", where=f"person {self.id}"
            )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value


def report_from_json(item: Mapping[str, Any]) -> Report:
    """
    The report in one JSON object; names as in :class:`Report`, times in ISO 8601 with a zone.

    Raises
    ------
    BadInput
        With a sentence that names the event.
    """
    where = f"event {item.get('id', '(without id)')}"
    unknown = set(item) - set(Report.__slots__)
    if unknown:
        raise BadInput(f"Nothing here is called {', '.join(sorted(unknown))}.", where=where)
    try:
        return Report(
            id=UUID(_text(item, "id", most=36)),
            sequence=_whole(item, "sequence"),
            turf=_whole(item, "turf"),
            door=_whole(item, "door"),
            kind=_text(item, "kind"),
            channel=_text(item, "channel") or Channel.DOOR,
            person=_whole(item, "person") if item.get("person") is not None else None,
            met=UUID(_text(item, "met", most=36)) if item.get("met") else None,
            support=_text(item, "support"),
            strength=_whole(item, "strength") if item.get("strength") is not None else None,
            language=_text(item, "language"),
            come_back_at=_time(item, "come_back_at") if item.get("come_back_at") else None,
            wording_version=_whole(item, "wording_version") if "wording_version" in item else 0,
            occurred_at=_time(item, "occurred_at"),
            corrects=UUID(_text(item, "corrects", most=36)) if item.get("corrects") else None,
            app=_text(item, "app"),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"This cannot be read: {error}.", where=where) from error


def somebody_from_json(item: Mapping[str, Any]) -> Somebody:
    """Somebody met at a door, out of one JSON object."""
    where = f"person {item.get('id', '(without id)')}"
    try:
        return Somebody(
            id=UUID(_text(item, "id", most=36)),
            door=_whole(item, "door"),
            forename=_text(item, "forename"),
            surname=_text(item, "surname"),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"This cannot be read: {error}.", where=where) from error


def _text(item: Mapping[str, Any], name: str, *, most: int = LONGEST_TEXT) -> str:
    value = item.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(f"{name} is not text")
    if len(value) > most or "\x00" in value:
        raise ValueError(f"{name} is longer than {most} characters, or not text")
    return value


def _whole(item: Mapping[str, Any], name: str) -> int:
    value = item[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is not a whole number")
    if not 0 <= value < 2**63:
        raise ValueError(f"{name} is out of range")
    return value


def _time(item: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(_text(item, name, most=40))
