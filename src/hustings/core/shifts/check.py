"""A judge of sign-ups, suggestions and reminders; it shares no code with what makes them."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from hustings.core.shifts.standing import Step

_STATES = {"offered", "signed_up", "waiting", "confirmed", "came", "did_not_come", "cancelled"}


def state_by_hand(steps: Sequence[Step]) -> str:
    """The kind of the newest row that counts and says where somebody stands."""
    said = _said(steps)
    return max(said, key=lambda step: step.number).kind if said else "cancelled"


def _said(steps: Sequence[Step]) -> list[Step]:
    """Read forwards: a row counts unless a later one that counts takes it back."""

    def counts(step: Step) -> bool:
        return not any(
            later.kind == "undone"
            and later.undoes == step.number
            and later.number > step.number
            and counts(later)
            for later in steps
        )

    return [step for step in steps if step.kind in _STATES and counts(step)]


def broken_places(
    limit: int | None, before: Mapping[int, Sequence[Step]], promoted: Sequence[int]
) -> list[str]:
    """A sentence for each law that a promotion breaks."""
    broken = []
    states = {key: state_by_hand(steps) for key, steps in before.items()}
    waiting = {key for key, state in states.items() if state == "waiting"}
    held = sum(
        state in {"signed_up", "confirmed", "came", "did_not_come"} for state in states.values()
    )
    left = waiting - set(promoted)
    if len(set(promoted)) != len(promoted) or set(promoted) - waiting:
        broken.append("Somebody gets a place who does not wait, or gets it twice.")
    if limit is not None and promoted and held + len(promoted) > limit:
        broken.append("More have a place than may.")
    if left and (limit is None or held + len(promoted) < limit):
        broken.append("Somebody waits although a place is free.")
    since = {key: max(step.number for step in _said(before[key])) for key in waiting}
    in_line = [since[key] for key in promoted if key in since]
    if in_line != sorted(in_line):
        broken.append("The line is not kept among those who get a place.")
    if left and in_line and min(since[key] for key in left) < max(in_line):
        broken.append("Somebody was passed over.")
    return broken


def chance_exactly(room: int, signed_up: int, said_yes: int, came: int, *, few: bool) -> Fraction:
    """The chance that more than ``room`` come, in whole numbers: by steps of Pólya's urn, or by a coin."""
    none = Fraction(1)
    ways = [none] + [Fraction(0)] * signed_up  # ways[k]: k have come so far
    for drawn in range(signed_up):
        after = [Fraction(0)] * (signed_up + 1)
        for k in range(drawn + 1):
            comes = Fraction(1, 2) if few else Fraction(1 + came + k, 2 + said_yes + drawn)
            after[k + 1] += ways[k] * comes
            after[k] += ways[k] * (1 - comes)
        ways = after
    return sum(ways[room + 1 :], Fraction(0))


def broken_suggestion(
    room: int, sign_up: int, said_yes: int, came: int, *, few: bool, chance: Fraction
) -> list[str]:
    """A sentence for each promise that a suggestion breaks."""
    broken = []
    if sign_up < room:
        broken.append("Fewer are signed up than there is room for.")
    if chance_exactly(room, sign_up, said_yes, came, few=few) > chance:
        broken.append("More come than there is room for too often.")
    if chance_exactly(room, sign_up + 1, said_yes, came, few=few) <= chance:
        broken.append("One more could have been signed up.")
    return broken


def share_below_exactly(x: Fraction, said_yes: int, came: int) -> Fraction:
    """How surely the share lies below x, in whole numbers."""
    n = 1 + said_yes
    return sum(
        (comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(1 + came, n + 1)), Fraction(0)
    )


def broken_reminders(
    sent: Sequence[tuple[datetime, str]],
    *,
    starts_at: datetime,
    zone: tzinfo,
    closed: Sequence[tuple[datetime, datetime]],
) -> list[str]:
    """
    A sentence for each law that a history of reminders of one sign-up breaks.

    Parameters
    ----------
    sent
        When, and of which kind.
    closed
        Between these nothing may be sent: the session was cancelled, or they had no place.
    """
    broken = []
    kinds = [kind for _at, kind in sent]
    if len(set(kinds)) != len(kinds):
        broken.append("Something is sent twice.")
    for at, kind in sent:
        hour = at.astimezone(zone).hour
        if hour >= 21 or hour < 8:
            broken.append("Somebody is woken.")
        hours = (starts_at - at).total_seconds() / 3600
        if kind == "confirm" and not 48 < hours <= 120:
            broken.append("It is too early or too late to ask whether they come.")
        if kind == "day_before" and not 3 < hours <= 24:
            broken.append("It is not the day before.")
        if any(begin <= at < end for begin, end in closed):
            broken.append("Somebody is reminded of what is cancelled, or has no place.")
    return broken
