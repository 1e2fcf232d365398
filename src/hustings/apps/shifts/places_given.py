"""Steps of a session's sign-ups: reading them, writing one, and giving away a place that is free."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.shifts.models import Message, SignUp, Step
from hustings.core.shifts import standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.shifts.models import Session

WAITING_LIST = Actor("job", "", "the waiting list")


def steps_of(campaign_id: UUID, session_ids: Iterable[int]) -> dict[int, list[Step]]:
    """Steps in their order, by the number of the sign-up that they are of."""
    found: dict[int, list[Step]] = defaultdict(list)
    rows = Step.objects.of(campaign_id).filter(sign_up__session_id__in=list(session_ids))
    for step in rows.order_by("pk"):
        found[step.sign_up_id].append(step)
    return found


def plain(steps: Iterable[Step]) -> list[standing.Step]:
    """The same as the rules read them."""
    return [standing.Step(step.pk, step.kind, step.undoes_id) for step in steps]


def state_in(steps: dict[int, list[Step]], sign_up_id: int) -> str:
    """Where a sign-up stands."""
    return standing.state_of(plain(steps.get(sign_up_id, [])))


def is_room(session: Session) -> bool:
    """Whether one more may have a place. The session is locked by whoever asks in order to take it."""
    if session.limit is None:
        return True
    steps = steps_of(session.campaign_id, [session.pk])
    held = sum(state_in(steps, key) in standing.HOLD_A_PLACE for key in steps)
    return held < session.limit


def write_step(
    session: Session,
    sign_up: SignUp,
    kind: str,
    *,
    who: str,
    by: str = "",
    undoes: Step | None = None,
    at: datetime | None = None,
) -> Step:
    """One more step."""
    step: Step = Step.objects.create(
        campaign_id=session.campaign_id, sign_up=sign_up, kind=kind, who=who,
        by=by if who == Step.Who.ORGANISER else "", starts_at=session.starts_at, undoes=undoes,
        at=at or timezone.now(),
    )  # fmt: skip
    return step


def message(sign_up: SignUp, kind: str, key: object, **more: object) -> None:
    """A mail that waits to be sent; asked for twice it is there once."""
    Message.objects.of(sign_up.campaign_id).get_or_create(
        campaign_id=sign_up.campaign_id, sign_up=sign_up, kind=kind, key=str(key), defaults=more
    )


def promote(session: Session) -> int:
    """
    Whoever waits longest gets a place that is free, and is told; returns how many did.

    The session is locked by the caller. Nobody is promoted to what is cancelled or over.
    """
    if session.cancelled_at or session.is_over:
        return 0
    steps = steps_of(session.campaign_id, [session.pk])
    found = standing.to_promote(session.limit, {key: plain(rows) for key, rows in steps.items()})
    by_id = SignUp.objects.of(session.campaign_id).in_bulk(found)
    for key in found:
        step = write_step(session, by_id[key], Step.Kind.SIGNED_UP, who=Step.Who.PROGRAM)
        message(by_id[key], Message.Kind.PLACE, step.pk)
    if found:
        record(
            WAITING_LIST, "session.promote", subject="session", subject_id=session.pk,
            count=len(found),
        )  # fmt: skip
    return len(found)
