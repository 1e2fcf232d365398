"""The only way to copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.exports.models import Copy

if TYPE_CHECKING:
    from collections.abc import Collection

    from hustings.apps.campaigns.models import Campaign


def copies_for(campaign: Campaign, copy_ids: Collection[int]) -> list[Copy]:
    """These copies of this campaign, held until the transaction ends; :class:`NotHere` where one is not."""
    found = list(
        Copy.objects.of(campaign)
        .filter(pk__in=copy_ids)
        .prefetch_related("destroyed")
        .order_by("pk")
    )
    if not found or len(found) != len(set(copy_ids)):
        raise NotHere
    return found
