"""Making a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from hustings.apps.campaigns.models import Campaign
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from typing import Any


def create_campaign(slug: str, name: str = "", **settings: Any) -> Campaign:
    """
    A new campaign with the settings' defaults.

    Raises
    ------
    BadInput
        When the short name is taken or is not letters, digits and hyphens.
    """
    campaign = Campaign(slug=slug, name=name or slug.replace("-", " ").capitalize(), **settings)
    try:
        campaign.full_clean()
    except ValidationError as error:
        raise BadInput(
            f"The campaign «{slug}» cannot be made: {' '.join(error.messages)}", where="campaign"
        ) from error
    campaign.save()
    return campaign


def take_country(campaign: Campaign, country: str) -> None:
    """The country that issued the register is the campaign's, where nobody has said another."""
    if country and not campaign.country:
        Campaign.objects.filter(pk=campaign.pk, country="").update(country=country)
        campaign.refresh_from_db(fields=["country"])
