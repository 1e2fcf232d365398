"""
What a room has to say on the first page: something that needs somebody now, or somebody who has not confirmed.

A room below registers a function with :func:`needs` or :func:`unconfirmed`, in a module that ``apps.py`` of this
room imports when it starts; each function asks one question of the database, whatever the campaign's size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@dataclass(frozen=True)
class Matter:
    """
    One sentence with its number, its age and one button.

    Parameters
    ----------
    order
        The smallest stands first: 10 is somebody in danger, 50 work that waits.
    of
        What the number is of, where the sentence does not say it.
    since
        When the oldest of them began; ``by_day`` says that nobody knows the hour.
    urgent
        Whether it is shown as something that went wrong.
    """

    order: int
    number: int
    sentence: str
    url: str
    button: str
    since: datetime | None = None
    by_day: bool = False
    of: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Unconfirmed:
    """
    Somebody who signed up and has not confirmed: for what, when that begins, where to chase them.

    ``when`` says it by the clock there.
    """

    name: str
    what: str
    begins_at: datetime
    when: str
    url: str


type Needs = Callable[[Campaign, Membership], list[Matter]]
type NotConfirmed = Callable[[Campaign, Membership], list[Unconfirmed]]

NEEDS: list[Needs] = []
UNCONFIRMED: list[NotConfirmed] = []


def needs(function: Needs) -> Needs:
    """Register a function that gives what needs somebody now, as this member may see it."""
    NEEDS.append(function)
    return function


def unconfirmed(function: NotConfirmed) -> NotConfirmed:
    """Register a function that gives who has not confirmed, as this member may see it."""
    UNCONFIRMED.append(function)
    return function


def what_needs_me(campaign: Campaign, member: Membership) -> list[Matter]:
    """All of it, the most urgent first and the oldest before the newer."""
    found = [matter for function in NEEDS for matter in function(campaign, member) if matter.number]
    return sorted(
        found,
        key=lambda matter: (matter.order, matter.since is None, matter.since, matter.sentence),
    )


def not_confirmed(campaign: Campaign, member: Membership) -> list[Unconfirmed]:
    """All of them, the soonest first."""
    found = [each for function in UNCONFIRMED for each in function(campaign, member)]
    return sorted(found, key=lambda each: (each.begins_at, each.name))
