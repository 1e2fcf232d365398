"""Erasing a person from this room: who entered where a peer is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """What passed between two campaigns names no member; only the address says who entered it."""
    return {"exchange_peeraddress": empty_labels(who, "exchange_peeraddress", "entered_by")}
