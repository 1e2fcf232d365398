"""A volunteer leaves, by their own page or by an organiser; an organiser can undo it."""

from __future__ import annotations

from django.utils import timezone

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.own_page import end_links

BY_THEIR_LINK = Actor("link", "", "a volunteer's own page")
"""Whoever holds the link. The line does not say who that is."""


def leave(volunteer: Volunteer, *, by: Actor) -> None:
    """Their links end and letters to them are given up; what they did, and their places in teams, stay on record."""
    with tenant(volunteer.campaign_id):
        rows = Volunteer.objects.of(volunteer.campaign_id).filter(pk=volunteer.pk, left_at=None)
        if rows.update(left_at=timezone.now()):
            end_links(volunteer)
            record(by, "volunteer.leave", subject="volunteer", subject_id=volunteer.pk)


def come_back(volunteer: Volunteer, *, by: Actor) -> None:
    """They have not left after all. Links that ended stay so: a new one is mailed when it is asked for."""
    with tenant(volunteer.campaign_id):
        rows = Volunteer.objects.of(volunteer.campaign_id).filter(pk=volunteer.pk)
        if rows.exclude(left_at=None).update(left_at=None):
            record(by, "volunteer.come_back", subject="volunteer", subject_id=volunteer.pk)
