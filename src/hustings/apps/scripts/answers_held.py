"""How many answers hold each code: asked of the rooms above, which register here when they start."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign

    Count = Callable[[Campaign, str], dict[str, int]]

COUNTS: list[Count] = []


def counts_answers(function: Count) -> Count:
    """Register a function that counts answers by code, of the ``scale`` or of the ``parties``."""
    COUNTS.append(function)
    return function


def answers_by_code(campaign: Campaign, of: str) -> dict[str, int]:
    """All of them together, also those that were taken back: they hold it all the same."""
    together: Counter[str] = Counter()
    for count in COUNTS:
        together.update(count(campaign, of))
    return dict(together)
