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
        "contributions_gift": empty_mentions(who, "contributions_gift", "giver", "details", "what")
        + empty_labels(who, "contributions_gift", "written_by"),
        "contributions_giftstep": empty_mentions(who, "contributions_giftstep", "why")
        + empty_labels(who, "contributions_giftstep", "by"),
        "contributions_giftnoted": empty_labels(who, "contributions_giftnoted", "by"),
        "contributions_spending": empty_mentions(who, "contributions_spending", "name", "what")
        + empty_labels(who, "contributions_spending", "written_by"),
        "contributions_spendingstruck": empty_mentions(who, "contributions_spendingstruck", "why")
        + empty_labels(who, "contributions_spendingstruck", "by"),
    }
