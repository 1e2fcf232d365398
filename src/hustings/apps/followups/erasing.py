"""Erasing a person from follow-ups: what was done for them goes, and their name where they did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions
from hustings.apps.followups.models import FollowUpStep

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Steps about them are deleted; a step about somebody else stays, without their name."""
    steps = FollowUpStep.objects.of(who.campaign_id)
    about = steps.filter(person_id=who.person_id).delete()[0]
    had = steps.filter(volunteer__person_id=who.person_id)
    return {
        "followups_followupstep": about
        + had.update(owner=NOBODY, volunteer=None)
        + empty_mentions(who, "followups_followupstep", "owner", "note")
        + empty_labels(who, "followups_followupstep", "owner", "by_label"),
    }
