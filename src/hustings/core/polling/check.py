"""A judge of one knock's list; it shares no code with what makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.polling.knocking import List, Voter


def broken_laws(voters: Sequence[Voter], knock: int, made: List) -> list[str]:
    """A sentence for each law that the list breaks."""
    broken: list[str] = []
    shown = {person for people in made.doors.values() for person in people}
    if sum(map(len, made.doors.values())) + sum(made.hidden.values()) != len(voters):
        broken.append("Somebody is neither on the list nor counted as hidden, or is both.")
    for voter in voters:
        here = voter.person in made.doors.get(voter.door, ())
        if (voter.person in shown) != here:
            broken.append(f"{voter.person} stands at a door that is not theirs.")
        earlier = {one.kind for one in voter.heard if one.knock < knock}
        only_tried = earlier <= {"no_answer", "no_access", "come_back", "language"}
        due = voter.wanted and not voter.voted and not voter.left_alone and only_tried
        if here and not due:
            broken.append(f"{voter.person} is knocked on and should not be.")
        if due and not here:
            broken.append(f"{voter.person} should be knocked on and is not.")
    if any(not people for people in made.doors.values()):
        broken.append("A door is on the list with nobody to ask for.")
    return broken
