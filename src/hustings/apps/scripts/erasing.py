"""Erasing a person from scripts: names of members, and notes that name somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """What is said at doors stays as it was shown; who made it is emptied."""
    return {
        "scripts_scriptversion": empty_mentions(who, "scripts_scriptversion", "note")
        + empty_labels(who, "scripts_scriptversion", "made_by"),
        "scripts_draftedit": empty_labels(who, "scripts_draftedit", "by_label"),
        "scripts_translation": empty_labels(who, "scripts_translation", "made_by"),
        "scripts_translationcheck": empty_labels(who, "scripts_translationcheck", "checked_by"),
    }
