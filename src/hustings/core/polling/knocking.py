"""
Several knocks on one list: who is left when the next one begins.

Hidden is who has voted, who asked to be left alone (for ever or until this election is over), who need not be
turned out, and who was spoken to in an earlier knock.
Kept, with what was heard cleared, is who was not in, could not be reached, asked us to come back, or spoke another
language. A door with one voter goes with that voter; with several only the hidden ones go.
Source: the filter rules of British turn-out lists as documented for Labour's polling-day tools (field research, b11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

type Reason = Literal["voted", "left_alone", "not_wanted", "spoken_to"]
REASONS: tuple[Reason, ...] = ("voted", "left_alone", "not_wanted", "spoken_to")
"""Why somebody is not on the list, the first that holds."""

TRIED_AGAIN = frozenset({"no_answer", "no_access", "come_back", "language"})
"""What may be heard at a door and leaves somebody to be knocked on again."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard from somebody (or at their door, of nobody by name) in which knock, from 1."""

    knock: int
    kind: str


@dataclass(frozen=True, slots=True)
class Voter:
    """
    Somebody on the list.

    Parameters
    ----------
    wanted
        Whether they are to be turned out: they promised, or said what this campaign turns out.
    voted
        Whether somebody saw them vote, or their postal vote is in.
    left_alone
        Whether they asked not to be visited again.
    heard
        What was heard in every knock so far, taken-back reports left out, oldest first.
    """

    person: int
    door: int
    wanted: bool = True
    voted: bool = False
    left_alone: bool = False
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """One knock's list: people by door, in the order given, and how many are hidden for which reason."""

    doors: dict[int, tuple[int, ...]]
    hidden: dict[Reason, int]


def why_hidden(voter: Voter, knock: int) -> Reason | None:
    """Why this voter is not on the list of a knock; None where they are."""
    if voter.voted:
        return "voted"
    if voter.left_alone:
        return "left_alone"
    if not voter.wanted:
        return "not_wanted"
    if any(one.knock < knock and one.kind not in TRIED_AGAIN for one in voter.heard):
        return "spoken_to"
    return None


def list_of(voters: Iterable[Voter], knock: int) -> List:
    """Who is knocked on in this knock, from 1; one who was spoken to in it stays until the next begins."""
    doors: dict[int, tuple[int, ...]] = {}
    hidden: dict[Reason, int] = dict.fromkeys(REASONS, 0)
    for voter in voters:
        reason = why_hidden(voter, knock)
        if reason is None:
            doors[voter.door] = (*doors.get(voter.door, ()), voter.person)
        else:
            hidden[reason] += 1
    return List(doors, hidden)
