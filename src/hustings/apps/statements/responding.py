"""
Rapid response: what came in and needs an answer has an owner and a time, and ends answered or left with a reason.

Nothing is edited: a matter is a row, whatever happens to it another, and where it stands is the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils import timezone

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import NotYet
from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Matter, MatterStep
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.accounts.models import Membership
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

Why, Kind = Matter.Why, MatterStep.Kind
WITHIN = {
    Why.CLAIM: timedelta(hours=2), Why.DENIAL: timedelta(hours=1),
    Why.TAKEN_BACK: timedelta(hours=1), Why.QUERY: timedelta(hours=24),
    Why.HOPE: timedelta(hours=4), Why.OTHER: timedelta(hours=4),
}  # fmt: skip
"""How soon each wants an answer, unless whoever opens it says otherwise."""
OVER = frozenset({Kind.ANSWERED, Kind.LEFT})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands at ``now``."""

    matter: Matter
    steps: tuple[MatterStep, ...]
    now: datetime

    @property
    def end(self) -> MatterStep | None:
        """The step that ended it."""
        return next((step for step in self.steps if step.kind in OVER), None)

    @property
    def owner(self) -> int | None:
        """The membership that has it."""
        return next((step.owner for step in reversed(self.steps) if step.owner), None)

    @property
    def owner_name(self) -> str:
        """Their name; "" while nobody took it."""
        return next((step.owner_name for step in reversed(self.steps) if step.owner), "")

    @property
    def due_at(self) -> datetime:
        """Until when it wants an answer."""
        moved = (step.due_at for step in reversed(self.steps) if step.due_at)
        return next(moved, self.matter.due_at)

    @property
    def state(self) -> str:
        """Open, taken, answered or left."""
        if self.end is not None:
            return str(self.end.kind)
        return "taken" if self.owner else "open"

    @property
    def overdue(self) -> bool:
        """Whether its time is over and it is not."""
        return self.end is None and self.due_at <= self.now


def open_matter(
    campaign: Campaign,
    why: str,
    words: str,
    *,
    about: str = "",
    draft: str = "",
    due_at: datetime | None = None,
    by: Actor,
) -> Matter:
    """
    Something came in that needs an answer; about one record only one such is open at a time.

    Parameters
    ----------
    about
        The name of the record that came, where there is one.
    draft
        The name of the draft that lies ready for it.
    """
    with tenant(campaign.pk):
        if about:
            for standing in standings(campaign, about=about):
                if standing.matter.why == why and standing.end is None:
                    return standing.matter
        now = timezone.now()
        matter: Matter = Matter.objects.create(
            campaign=campaign, why=why, words=words, about=about, draft=draft,
            due_at=due_at or now + WITHIN[Why(why)], opened_by=by.label, at=now,
        )  # fmt: skip
        audit(by, "matter.open", subject="matter", subject_id=matter.pk)
    return matter


def take(campaign: Campaign, matter_id: int, *, by: Membership) -> None:
    """From now on it is mine."""
    _step(campaign, matter_id, Kind.TAKEN, by=by.actor, owner=by)


def hand_over(campaign: Campaign, matter_id: int, to: Membership, *, by: Actor) -> None:
    """From now on it is theirs, who must be able to answer it."""
    if not to.may(Right.STATEMENTS):
        raise BadInput("They cannot enter the press desk, so they cannot answer this.")
    _step(campaign, matter_id, Kind.HANDED_OVER, by=by, owner=to)


def move(campaign: Campaign, matter_id: int, due_at: datetime, *, by: Actor) -> None:
    """It wants an answer by another time."""
    _step(campaign, matter_id, Kind.MOVED, by=by, due_at=due_at)


def answer(campaign: Campaign, matter_id: int, how: str, *, record: str = "", by: Actor) -> None:
    """It is answered; ``record`` names our word, where it is one of ours."""
    if not (how.strip() or record):
        raise BadInput("Say how it was answered: where, and in which words.")
    _step(campaign, matter_id, Kind.ANSWERED, by=by, reason=how.strip(), answer=record)


def leave(campaign: Campaign, matter_id: int, reason: str, *, by: Actor) -> None:
    """It is left without an answer, for a reason."""
    if not reason.strip():
        raise BadInput("Say why it is left: whoever asks later will want to know.")
    _step(campaign, matter_id, Kind.LEFT, by=by, reason=reason.strip())


def answered_by(campaign: Campaign, about: str, record: str, *, by: Actor) -> None:
    """Whatever was open about this record is answered by that record of ours."""
    for standing in standings(campaign, about=about):
        if standing.end is None:
            answer(campaign, standing.matter.pk, "", record=record, by=by)


def answered_with(campaign: Campaign, draft: str, record: str, *, by: Actor) -> None:
    """The draft that lay ready for a matter was signed."""
    for matter in Matter.objects.of(campaign).filter(draft=draft):
        if standing_of(campaign, matter.pk).end is None:
            answer(campaign, matter.pk, "", record=record, by=by)


def standings(
    campaign: Campaign, *, about: str = "", matter_id: int | None = None
) -> list[Standing]:
    """Every matter (about one record), overdue first, then by its time; what is over comes last, the newest first."""
    rows = Matter.objects.of(campaign)
    if about:
        rows = rows.filter(about=about)
    if matter_id is not None:
        rows = rows.filter(pk=matter_id)
    steps = Prefetch("steps", MatterStep.objects.of(campaign).order_by("pk"))
    now = timezone.now()
    found = [
        Standing(row, tuple(row.steps.all()), now)
        for row in rows.order_by("pk").prefetch_related(steps)
    ]
    open_ = sorted((one for one in found if one.end is None), key=lambda one: one.due_at)
    over = [one for one in found if one.end is not None]
    return [*open_, *reversed(over)]


def standing_of(campaign: Campaign, matter_id: int) -> Standing:
    """One matter; :class:`NotHere` otherwise."""
    found = standings(campaign, matter_id=matter_id)
    if not found:
        raise NotHere
    return found[0]


def _step(
    campaign: Campaign,
    matter_id: int,
    kind: MatterStep.Kind,
    *,
    by: Actor,
    owner: Membership | None = None,
    due_at: datetime | None = None,
    reason: str = "",
    answer: str = "",
) -> None:
    with tenant(campaign.pk):
        # A matter cannot be changed by the role that serves, so it cannot be locked either: the log's lock will do.
        one_at_a_time(campaign)
        standing = standing_of(campaign, matter_id)
        if standing.end is not None:
            raise NotYet("This is over already; open another matter if it comes up again.")
        MatterStep.objects.create(
            campaign=campaign, matter_id=matter_id, kind=kind, due_at=due_at, reason=reason,
            answer=answer, by=by.label, owner=owner.pk if owner else None,
            owner_name=owner.called if owner else "",
        )  # fmt: skip
        audit(by, VERBS[kind], subject="matter", subject_id=matter_id)


VERBS = {
    Kind.TAKEN: "matter.take",
    Kind.HANDED_OVER: "matter.hand_over",
    Kind.MOVED: "matter.move",
    Kind.ANSWERED: "matter.answer",
    Kind.LEFT: "matter.leave",
}
