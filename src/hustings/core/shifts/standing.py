"""
Where a sign-up stands, from its rows, and who of those that wait gets a place that is free.

A step is added and never changed; one that was a mistake is named by a later one of the kind ``undone``. The
last step that is not undone and says where somebody stands decides. A step that undoes can be undone itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OFFERED, SIGNED_UP, WAITING, CONFIRMED = "offered", "signed_up", "waiting", "confirmed"
CAME, DID_NOT_COME, CANCELLED = "came", "did_not_come", "cancelled"
CHASED, UNDONE = "chased", "undone"
STATES = (OFFERED, SIGNED_UP, WAITING, CONFIRMED, CAME, DID_NOT_COME, CANCELLED)
"""What a step may make of a sign-up; ``chased`` and ``undone`` make nothing of it themselves."""
HOLD_A_PLACE = frozenset({SIGNED_UP, CONFIRMED, CAME, DID_NOT_COME})
"""Who has a place. Somebody who did not come had one, and it is too late to give it to another."""
SAID_YES = frozenset({SIGNED_UP, CONFIRMED})


@dataclass(frozen=True, slots=True)
class Step:
    """One row: ``number`` is its place in the order of rows, ``undoes`` the number of the step that it takes back."""

    number: int
    kind: str
    undoes: int | None = None


def standing_steps(steps: Sequence[Step]) -> list[Step]:
    """Those that are not undone, in their order."""
    undone: set[int] = set()
    kept: list[Step] = []
    for step in sorted(
        steps, key=lambda one: -one.number
    ):  # the newest first: it decides about the others
        if step.number in undone:
            continue
        if step.kind == UNDONE and step.undoes is not None:
            undone.add(step.undoes)
        elif step.kind != UNDONE:
            kept.append(step)
    return kept[::-1]


def deciding_step(steps: Sequence[Step]) -> Step | None:
    """The step that says where somebody stands; None where nothing is said, or all of it is undone."""
    said = [step for step in standing_steps(steps) if step.kind in STATES]
    return said[-1] if said else None


def state_of(steps: Sequence[Step]) -> str:
    """Where a sign-up stands; one of which nothing is left is as good as cancelled."""
    decides = deciding_step(steps)
    return decides.kind if decides else CANCELLED


def had_confirmed(steps: Sequence[Step]) -> bool:
    """Whether they had said once more that they come, whatever came of it."""
    return any(step.kind == CONFIRMED for step in standing_steps(steps))


def had_said_yes(steps: Sequence[Step]) -> bool:
    """Whether they had a place before they came; somebody who walked in had none."""
    return any(step.kind in SAID_YES for step in standing_steps(steps))


def to_promote(limit: int | None, sign_ups: Mapping[int, Sequence[Step]]) -> list[int]:
    """
    Who of those that wait gets a place now, first in line first.

    Parameters
    ----------
    limit
        How many may have a place; None where everybody may.
    sign_ups
        Number of a sign-up → its steps.
    """
    decides = {key: deciding_step(steps) for key, steps in sign_ups.items()}
    held = sum(step is not None and step.kind in HOLD_A_PLACE for step in decides.values())
    line = sorted(
        (step.number, key) for key, step in decides.items() if step and step.kind == WAITING
    )
    free = len(line) if limit is None else max(0, limit - held)
    return [key for _since, key in line[:free]]
