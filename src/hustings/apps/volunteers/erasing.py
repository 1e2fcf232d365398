"""Erasing a person from this room: the volunteer with all that hangs on them, and names in teams and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions
from hustings.apps.volunteers.models import (
    Abroad,
    Charge,
    Invite,
    JoinForm,
    Letter,
    OwnPage,
    TeamPlace,
    Volunteer,
)

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Whoever they brought stays, and came through nobody; a team that they led has no lead."""
    rows = Volunteer.objects.of(who.campaign_id).filter(person_id=who.person_id)
    numbers = list(rows.values_list("pk", flat=True))
    counts = {
        model._meta.db_table: model.objects.of(who.campaign_id)
        .filter(volunteer_id__in=numbers)
        .count()
        for model in (OwnPage, Invite, Abroad, JoinForm, Letter, TeamPlace)
    }
    led = Charge.objects.of(who.campaign_id).filter(lead_id__in=numbers).count()
    rows.delete()
    counts["volunteers_letter"] += empty_labels(who, "volunteers_letter", "asked_by")
    counts["volunteers_teamplace"] += empty_labels(
        who, "volunteers_teamplace", "put_by", "taken_by"
    )
    return counts | {
        "volunteers_volunteer": len(numbers) + empty_mentions(who, "volunteers_volunteer", "near"),
        "volunteers_joinpage": empty_labels(who, "volunteers_joinpage", "opened_by", "closed_by"),
        "volunteers_team": empty_mentions(who, "volunteers_team", "name", "area")
        + empty_labels(who, "volunteers_team", "made_by", "closed_by"),
        "volunteers_charge": led + empty_labels(who, "volunteers_charge", "given_by", "undone_by"),
    }
