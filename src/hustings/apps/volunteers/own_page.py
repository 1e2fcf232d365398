"""
A volunteer's own page: who it belongs to, and what the rooms above put on it.

The link is ``CAMPAIGN.SECRET``, as a phone's is. A room registers a function here when it starts, so that
this room names none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.models import OwnPage, Volunteer
from hustings.apps.volunteers.reaching import email_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign

LINK_LASTS = timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """
    One matter of a section: what it says, where it leads, and what can be done (words, address of a POST).

    ``near`` says that it is known to be near whoever reads it.
    """

    text: str
    url: str = ""
    doings: list[tuple[str, str]] = field(default_factory=list)
    near: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the page: my sessions, my walks, my receipts; ``order`` puts the smallest first."""

    title: str
    lines: list[Line]
    order: int = 50
    nothing_yet: str = ""


SECTIONS: list[Callable[[Volunteer, str], Section | None]] = []


def section(
    function: Callable[[Volunteer, str], Section | None],
) -> Callable[[Volunteer, str], Section | None]:
    """Register a function of the volunteer and the link's token that gives a room's section, or nothing."""
    SECTIONS.append(function)
    return function


def make_link(volunteer: Volunteer) -> str:
    """
    The token of a new link to the volunteer's own page; shown or mailed now and never again.

    Runs in the caller's transaction and wall. Older links go on working until their time is over or they are ended.
    """
    secret = new_secret()
    OwnPage.objects.create(
        campaign_id=volunteer.campaign_id, volunteer=volunteer, secret_hash=hash_of(secret)
    )
    return f"{volunteer.campaign_id.hex}.{secret}"


def forget_link(token: str) -> None:
    """A link that surely nobody has is none; in the caller's transaction and wall."""
    campaign, _dot, secret = token.partition(".")
    OwnPage.objects.of(UUID(campaign)).filter(secret_hash=hash_of(secret)).delete()


def volunteer_of(token: str, *, for_a_calendar: bool = False) -> Volunteer | None:
    """
    Whose page that token opens; None for anything else. Asked outside any campaign.

    A link's time is over after :data:`LINK_LASTS`, since mails are passed on; whoever has no e-mail cannot be sent a
    new one and keeps theirs. A calendar that follows it asks by itself and can tell nobody, so it is answered still.
    """
    page = _page_of(token)
    if page is None or page.ended_at:
        return None
    volunteer: Volunteer = page.volunteer
    if for_a_calendar or page.made_at >= timezone.now() - LINK_LASTS:
        return volunteer
    with tenant(page.campaign_id):
        return None if email_of(volunteer) else volunteer


def campaign_of(token: str) -> Campaign | None:
    """Whose volunteer had that link, so that they can have a new one sent; None where it was never one."""
    page = _page_of(token)
    return page.volunteer.campaign if page else None


def _page_of(token: str) -> OwnPage | None:
    """The link, also one that is over; none of somebody who has left."""
    campaign, _dot, secret = token.partition(".")
    try:
        campaign_id = UUID(campaign)
    except ValueError:
        return None
    with tenant(campaign_id):
        found: OwnPage | None = (
            OwnPage.objects.of(campaign_id)
            .select_related("volunteer__person", "volunteer__campaign")
            .filter(secret_hash=hash_of(secret), volunteer__left_at=None)
            .first()
        )
    return found


def end_links(volunteer: Volunteer) -> int:
    """Whoever has a link to the page sees nothing any more; returns how many there were."""
    ended: int = (
        OwnPage.objects.of(volunteer.campaign_id)
        .filter(volunteer=volunteer, ended_at=None)
        .update(ended_at=timezone.now())
    )
    return ended
