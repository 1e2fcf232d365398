"""Erasing a person from this room: who took a copy, and who destroyed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """What left, and until when, stays on record."""
    return {
        "exports_copy": empty_labels(who, "exports_copy", "by"),
        "exports_destroyed": empty_labels(who, "exports_destroyed", "by"),
    }
