"""The only way to a campaign's row."""

from __future__ import annotations

from hustings.apps.campaigns.models import Campaign
from hustings.core.errors import HustingsError


class NoSuchCampaign(HustingsError):
    """There is no campaign by that name here."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"There is no campaign «{slug}» here; «hustings campaign list» shows those there are, "
            f"«hustings campaign create {slug}» makes it."
        )


def campaign_by_slug(slug: str) -> Campaign:
    """The campaign of that short name; :class:`NoSuchCampaign` when there is none."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        raise NoSuchCampaign(slug)
    return campaign
