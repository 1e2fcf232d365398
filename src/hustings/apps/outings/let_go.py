"""
Whoever shows a walk when it is taken out of hands: the check-out ends here, what a phone carries in a room above.

That room registers a function when it starts, so that this room does not name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

    LetsGo = Callable[[Campaign, int, Actor], None]

CARRIERS: list[LetsGo] = []


def carrier(function: LetsGo) -> LetsGo:
    """Register a function that ends what shows this walk; the walk is held by whoever calls it."""
    CARRIERS.append(function)
    return function


def nobody_carries(campaign: Campaign, turf_id: int, *, by: Actor) -> None:
    """From now on nobody is shown this walk, until it is handed out anew."""
    for let_go in CARRIERS:
        let_go(campaign, turf_id, by)
