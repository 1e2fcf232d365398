"""The only way to help and to its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.contributions.models import Help, Terms

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def terms_for(campaign: Campaign, help_id: int, *, lock: bool = False) -> Terms:
    """
    The latest terms of help of this campaign; :class:`NotHere` otherwise.

    Parameters
    ----------
    lock
        Nobody else decides about it until the transaction ends.
    """
    rows = Help.objects.of(campaign).filter(pk=help_id)
    found: Help | None = (rows.select_for_update(no_key=True) if lock else rows).first()
    if found is None:
        raise NotHere
    latest: Terms = (
        Terms.objects.of(campaign)
        .select_related("help", "campaign", "party")
        .filter(help=found)
        .latest("pk")
    )
    return latest
