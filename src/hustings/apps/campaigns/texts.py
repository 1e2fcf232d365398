"""
Who looks at a text of the campaign when it is saved, and may refuse it.

A room registers a function here when it starts, so that a room below it can save a text without naming it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign

    Keeper = Callable[[Campaign, str, int, str], None]
    Witness = Callable[[Campaign, str], None]

KEEPERS: list[Keeper] = []
WITNESSES: list[Witness] = []
SCRIPT = "script"
"""What is said at a door."""


def keeper(function: Keeper) -> Keeper:
    """Register a function that is told the campaign, what kind of text it is, the number of its row, and the text."""
    KEEPERS.append(function)
    return function


def saved(campaign: Campaign, surface: str, subject: int, text: str) -> None:
    """Tell everybody, in the transaction that saves it; what one of them refuses is not saved."""
    for keep in KEEPERS:
        keep(campaign, surface, subject, text)


def witness(function: Witness) -> Witness:
    """Register a function that is told of each new version of what is asked at a door, and who made it."""
    WITNESSES.append(function)
    return function


def asked_anew(campaign: Campaign, made_by: str) -> None:
    """Tell everybody, in the transaction that made it."""
    for see in WITNESSES:
        see(campaign, made_by)
