"""
The next session near a volunteer, for their welcome; found by the rooms above.

A room registers a function here when it starts, so that this room names none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.volunteers.models import Volunteer
    from hustings.apps.volunteers.own_page import Line

NEXT_NEAR: list[Callable[[Volunteer], Line | None]] = []


def next_near(function: Callable[[Volunteer], Line | None]) -> Callable[[Volunteer], Line | None]:
    """Register a function that gives the next thing near a volunteer, with its whole address, or nothing."""
    NEXT_NEAR.append(function)
    return function


def nearest_to(volunteer: Volunteer) -> Line | None:
    """What the first room that knows one says; asked behind the campaign's wall."""
    found = (function(volunteer) for function in NEXT_NEAR)
    return next((line for line in found if line is not None), None)
