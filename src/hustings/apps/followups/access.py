"""The only way to a step of a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hustings.apps.accounts.access import NotHere
from hustings.apps.followups.kinds import LABELS
from hustings.apps.followups.models import FollowUpStep

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


class Subject(NamedTuple):
    """What names a follow-up; ``person`` 0 where it is of whoever was at the door."""

    turf: int
    door: int
    person: int
    kind: str

    def __str__(self) -> str:
        return f"{self.turf}-{self.door}-{self.person}-{self.kind}"


def subject_named(text: str) -> Subject:
    """The follow-up that a page's field names; :class:`NotHere` for anything else."""
    parts = text.split("-", 3)
    if len(parts) != 4 or not all(part.isdecimal() and len(part) < 19 for part in parts[:3]):
        raise NotHere
    if parts[3] not in LABELS:
        raise NotHere
    return Subject(int(parts[0]), int(parts[1]), int(parts[2]), parts[3])


def steps_of(campaign: Campaign, subject: Subject) -> list[FollowUpStep]:
    """What was done about it, oldest first."""
    steps = FollowUpStep.objects.of(campaign).filter(
        turf_id=subject.turf, door_id=subject.door, kind=subject.kind,
        person_id=subject.person or None,
    )  # fmt: skip
    return list(steps.order_by("nth"))


def step_for(campaign: Campaign, step_id: int) -> FollowUpStep:
    """A step of this campaign; :class:`NotHere` otherwise."""
    step: FollowUpStep | None = FollowUpStep.objects.of(campaign).filter(pk=step_id).first()
    if step is None:
        raise NotHere
    return step
