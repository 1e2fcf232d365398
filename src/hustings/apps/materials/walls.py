"""Where the migrations of this room find it; the operation itself stands with the wall."""

from __future__ import annotations

from hustings.apps.campaigns.walls import NamesMayBeTakenOut

__all__ = ["NamesMayBeTakenOut"]
