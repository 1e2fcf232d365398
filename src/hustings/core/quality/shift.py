"""One phone on one walk on one day, and what the rest of the campaign found, as the signals read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Arrival(NamedTuple):
    """
    The first thing that was recorded at a door.

    Parameters
    ----------
    at
        Seconds since any fixed moment, by the phone's clock put right.
    east, north
        Metres; None for a door without a place of its own.
    building
        The building that the door is in, where it is in one.
    spoken
        Whether somebody was spoken to, so that it was no floor of «no answer» in one tap.
    """

    door: int
    at: float
    east: float | None = None
    north: float | None = None
    building: int | None = None
    spoken: bool = True


class Heard(NamedTuple):
    """An answer that counts, with when it was recorded."""

    at: float
    door: int
    answer: str


@dataclass(frozen=True, slots=True)
class Shift:
    """
    What one phone recorded on one walk on one day, in the order of its clock.

    Parameters
    ----------
    contacts
        At how many of the doors somebody was spoken to.
    ahead_s
        How many seconds the phone's clock is ahead; None where it never said.
    people
        How many knock for this phone: one who holds the list records for all of them.
    """

    arrivals: tuple[Arrival, ...] = ()
    heard: tuple[Heard, ...] = ()
    contacts: int = 0
    ahead_s: int | None = None
    people: int = 1


@dataclass(frozen=True, slots=True)
class Others:
    """What all other shifts of the campaign found: doors knocked, doors with a contact, answers by what they were."""

    doors: int = 0
    contacts: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)
