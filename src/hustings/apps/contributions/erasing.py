"""Erasing a person from this room: names of helpers, and of who wrote down and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """What was paid and decided stays; the names go."""
    return {
        "contributions_help": empty_labels(who, "contributions_help", "made_by"),
        "contributions_terms": empty_mentions(who, "contributions_terms", "names")
        + empty_mentions(who, "contributions_terms", "other")
        + empty_labels(who, "contributions_terms", "made_by"),
        "contributions_decision": empty_mentions(who, "contributions_decision", "why")
        + empty_labels(who, "contributions_decision", "by"),
        "contributions_wenton": empty_mentions(who, "contributions_wenton", "reason")
        + empty_labels(who, "contributions_wenton", "by"),
        "contributions_noted": empty_labels(who, "contributions_noted", "by"),
    }
