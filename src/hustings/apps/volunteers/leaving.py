"""
A volunteer leaves, by their own page or by an organiser; an organiser can undo it.

A room registers a function here when it starts for what somebody who leaves gives up there, so that this room names
none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.models import Volunteer
from hustings.apps.volunteers.own_page import end_links

if TYPE_CHECKING:
    from collections.abc import Callable

BY_THEIR_LINK = Actor("link", "", "a volunteer's own page")
"""Whoever holds the link. The line does not say who that is."""

GIVEN_UP: list[Callable[[Volunteer, Actor], object]] = []


def gives_up(
    function: Callable[[Volunteer, Actor], object],
) -> Callable[[Volunteer, Actor], object]:
    """Register a function of the volunteer and of who says so; it runs in the transaction in which they leave."""
    GIVEN_UP.append(function)
    return function


def leave(volunteer: Volunteer, *, by: Actor) -> None:
    """
    Their links end, letters to them are given up, and places that somebody else can have are free.

    What they did, and their places in teams, stay on record.
    """
    with tenant(volunteer.campaign_id):
        rows = Volunteer.objects.of(volunteer.campaign_id).filter(pk=volunteer.pk, left_at=None)
        if rows.update(left_at=timezone.now()):
            end_links(volunteer)
            for give_up in GIVEN_UP:
                give_up(volunteer, by)
            record(by, "volunteer.leave", subject="volunteer", subject_id=volunteer.pk)


def come_back(volunteer: Volunteer, *, by: Actor) -> None:
    """They have not left after all. Links that ended and places that were given up stay so; both can be had anew."""
    with tenant(volunteer.campaign_id):
        rows = Volunteer.objects.of(volunteer.campaign_id).filter(pk=volunteer.pk)
        if rows.exclude(left_at=None).update(left_at=None):
            record(by, "volunteer.come_back", subject="volunteer", subject_id=volunteer.pk)
