"""Whether everyone may see a contest: opened and closed by rows, the newest of which holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import ContestStep

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Contest

PAIR = (ContestStep.Kind.PUBLISHED, ContestStep.Kind.WITHDRAWN)


def is_published(contest: Contest) -> bool:
    """Whether its public page is open by now."""
    newest = (
        ContestStep.objects.of(contest.campaign_id)
        .filter(contest=contest, kind__in=PAIR)
        .order_by("-pk")
        .values_list("kind", flat=True)
        .first()
    )
    return newest == ContestStep.Kind.PUBLISHED


def publish(contest: Contest, *, by: Actor) -> None:
    """Open it; nothing happens where it is open."""
    if not is_published(contest):
        _say(contest, ContestStep.Kind.PUBLISHED, by)
        record(by, "contest.publish", subject="contest", subject_id=contest.pk)


def withdraw(contest: Contest, *, by: Actor) -> None:
    """Close it; nothing happens where it is closed."""
    if is_published(contest):
        _say(contest, ContestStep.Kind.WITHDRAWN, by)
        record(by, "contest.withdraw", subject="contest", subject_id=contest.pk)


def _say(contest: Contest, kind: ContestStep.Kind, by: Actor) -> None:
    ContestStep.objects.create(
        campaign_id=contest.campaign_id, contest=contest, kind=kind, by=by.label
    )
