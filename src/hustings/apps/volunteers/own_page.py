"""
A volunteer's own page: who it belongs to, and what the rooms above put on it.

The link is ``CAMPAIGN.SECRET``, as a phone's is. A room registers a function here when it starts, so that
this room names none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hustings.apps.accounts.secrets import hash_of, new_secret
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.models import OwnPage, Volunteer

if TYPE_CHECKING:
    from collections.abc import Callable


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

    Runs in the caller's transaction and wall. Older links go on working until they are ended.
    """
    secret = new_secret()
    OwnPage.objects.create(
        campaign_id=volunteer.campaign_id, volunteer=volunteer, secret_hash=hash_of(secret)
    )
    return f"{volunteer.campaign_id.hex}.{secret}"


def volunteer_of(token: str) -> Volunteer | None:
    """Whose page that token opens; None for anything else. Asked outside any campaign."""
    campaign, _dot, secret = token.partition(".")
    try:
        campaign_id = UUID(campaign)
    except ValueError:
        return None
    with tenant(campaign_id):
        page = (
            OwnPage.objects.of(campaign_id)
            .select_related("volunteer__person", "volunteer__campaign")
            .filter(secret_hash=hash_of(secret), ended_at=None)
            .first()
        )
        return page.volunteer if page is not None and page.volunteer.left_at is None else None


def end_links(volunteer: Volunteer) -> int:
    """Whoever has a link to the page sees nothing any more; returns how many there were."""
    ended: int = (
        OwnPage.objects.of(volunteer.campaign_id)
        .filter(volunteer=volunteer, ended_at=None)
        .update(ended_at=timezone.now())
    )
    return ended
