"""
What a phone reports: the value that arrives, checked once, the same from JSON and from a form.

Nothing here needs the database, so that a phone's own check can be held against it.

An event is read in the format in which the phone made it: ``UPCASTERS`` turn each older one into the
next, two back. What a newer app says beyond that is kept as it came (``more``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hustings.apps.canvass.kinds import REPORTED, Channel, Kind
from hustings.apps.canvass.wishes import LONGEST_NOTE, why_not
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STRONGEST = 3
MOST_IN_A_BATCH = 5000
MOST_LEFT_OVER = 100_000
LONGEST_TEXT = 60
MOST_MORE = 2000
"""Characters, as JSON, of all that an event says in words we do not know."""
FORMAT = 2
"""The format of an event today: 2 added ``after`` and keeps words that are not known."""
OLDEST_FORMAT = max(1, FORMAT - 2)
YEARS = range(1970, 2200)
"""What a phone's clock may say: it may have lost its battery, but a time must be one."""


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
    after
        The newest event at this door that the phone knew of when this one was made: whatever arrives
        first, this one is the newer.
    app
        Which program reported it, with its version.
    more
        What a newer app says in words that are not known here, as it came.
    replaces
        What the event named by ``corrects`` said, as ``kind:support:wording``: only a walk that keeps sums
        needs to hear it.
    left_over
        How many leaflets or posters were left, with ``left_over``.
    wishes
        Codes of what they wished for, with a space between two.
    wish_note
        What it is about, in a few words.
    card_left
        Whether a card was left where nobody was in.
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
    after: UUID | None = None
    app: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    replaces: str = ""
    left_over: int | None = None
    wishes: str = ""
    wish_note: str = ""
    card_left: bool = False

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
        if (self.kind == Kind.LEFT_OVER) != (self.left_over is not None):
            raise BadInput("How many goes with «left over», and only there.", where=where)
        if self.left_over is not None and self.left_over > MOST_LEFT_OVER:
            raise BadInput(f"Nobody carries more than {MOST_LEFT_OVER} leaflets.", where=where)
        if reason := why_not(self.kind, self.wishes, self.wish_note, card_left=self.card_left):
            raise BadInput(reason, where=where)
        if self.kind == Kind.UNDO and self.corrects is None:
            raise BadInput("To undo, name the event that is undone.", where=where)
        if self.id in {self.corrects, self.after}:
            raise BadInput("An event cannot correct itself, nor come after itself.", where=where)
        if self.person is not None and self.met is not None:
            raise BadInput(
                "Name a person of the register or one met at the door, not both.", where=where
            )
        if self.occurred_at.tzinfo is None:
            raise BadInput("The time needs its time zone.", where=where)

    def digest(self) -> bytes:
        """
        SHA-256 of what it says: the same content has the same.

        The number of a person met at the door is left out, since the phone does not know it. Words that
        came with a later format count where they are said, so that the digests of older rows still hold.
        """
        values = {name: _plain(getattr(self, name)) for name in _FIRST_WORDS}
        values |= {name: _plain(said) for name in _LATER_WORDS if (said := getattr(self, name))}
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


_LATER_WORDS = ("after", "more", "left_over", "wishes", "wish_note", "card_left")
_FIRST_WORDS = tuple(
    name for name in Report.__slots__ if name not in {"id", "replaces", *_LATER_WORDS}
)

UPCASTERS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: dict}
"""From each format to the next. From 1 to 2 nothing changed its meaning: words were added."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    What a phone says of itself with a batch, as far as it can be read.

    Parameters
    ----------
    sent_at
        By the phone's clock, now.
    first, newest
        The lowest and the highest number that it gave to an event, sent or not.
    unsent
        How many events it has that are not acknowledged.
    app
        Which program, with its version.
    """

    sent_at: datetime | None = None
    first: int = 1
    newest: int = 0
    unsent: int | None = None
    app: str = ""


def told_from_json(batch: Mapping[str, Any]) -> Told:
    """Whatever cannot be read is as if it had not been said: no answer waits for it."""

    def read(reader: Callable[..., Any], name: str, otherwise: Any) -> Any:
        try:
            return reader(batch, name) if batch.get(name) is not None else otherwise
        except (TypeError, ValueError, OverflowError):
            return otherwise

    sent_at = read(_time, "sent_at", None)
    return Told(
        sent_at=sent_at if sent_at is not None and sent_at.tzinfo is not None else None,
        first=max(1, read(_whole, "first", 1)),
        newest=read(_whole, "newest", 0),
        unsent=min(read(_whole, "unsent", 0), 2**31 - 1) if "unsent" in batch else None,
        app=read(_text, "app", ""),
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
    try:
        item = _in_todays_format(item, where)
        return Report(
            id=UUID(_text(item, "id", most=36)),
            sequence=_whole(item, "sequence"),
            turf=_whole(item, "turf"),
            door=_whole(item, "door") if "door" in item else 0,  # a walk that keeps sums names none
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
            after=UUID(_text(item, "after", most=36)) if item.get("after") else None,
            app=_text(item, "app"),
            more=_more(item),
            replaces=_text(item, "replaces"),
            left_over=_whole(item, "left_over") if item.get("left_over") is not None else None,
            wishes=_text(item, "wishes"),
            wish_note=" ".join(_text(item, "wish_note", most=LONGEST_NOTE).split()),
            card_left=item.get("card_left") is True,
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"This cannot be read: {error}.", where=where) from error


def _in_todays_format(item: Mapping[str, Any], where: str) -> dict[str, Any]:
    made_in = _whole(item, "format") if "format" in item else 1
    if made_in < OLDEST_FORMAT:
        raise BadInput(
            "This was made by an app that is too old to be read. Hand the unsent answers to an organiser.",
            where=where,
        )
    item = {name: value for name, value in item.items() if name != "format"}
    for older in range(made_in, FORMAT):
        item = UPCASTERS[older](item)
    return item


def _more(item: Mapping[str, Any]) -> dict[str, Any]:
    """What has no name here, as it came; :class:`ValueError` where it is too much, or could not be kept."""
    unknown = {name: value for name, value in item.items() if name not in Report.__slots__}
    kept = item.get("more")  # a report that was kept for an organiser comes back as it was written
    unknown |= kept if isinstance(kept, dict) else {"more": kept} if kept is not None else {}
    if not unknown:
        return unknown
    written = json.dumps(unknown, allow_nan=False, ensure_ascii=False)
    written.encode()
    if len(written) > MOST_MORE or "\\u0000" in written:
        raise ValueError(
            f"what is not known here is longer than {MOST_MORE} characters, or not text"
        )
    return unknown


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
    value.encode()  # half a character is no text: UnicodeEncodeError is a ValueError
    return value


def _whole(item: Mapping[str, Any], name: str) -> int:
    value = item[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is not a whole number")
    if not 0 <= value < 2**63:
        raise ValueError(f"{name} is out of range")
    return value


def _time(item: Mapping[str, Any], name: str) -> datetime:
    time = datetime.fromisoformat(_text(item, name, most=40))
    if time.year not in YEARS:
        raise ValueError(f"{name} is not in the years {YEARS[0]} to {YEARS[-1]}")
    return time
