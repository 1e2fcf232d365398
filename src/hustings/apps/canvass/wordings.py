"""What was asked, word for word: today's wording and earlier ones."""

from __future__ import annotations

from hustings.apps.campaigns.models import Campaign
from hustings.apps.canvass.models import Wording


def wording_now(campaign: Campaign) -> Wording:
    """What is asked today, kept word for word from the first time it is shown."""
    wording: Wording
    wording, _new = Wording.objects.get_or_create(
        campaign=campaign,
        version=campaign.script_version,
        defaults={
            "text": campaign.script_wording,
            "support_as": campaign.support_as,
            "choices": campaign.parties
            if campaign.support_as == Campaign.SupportAs.PARTIES
            else campaign.support_scale,
        },
    )
    return wording


def by_version(campaign: Campaign, versions: set[int]) -> dict[int, Wording]:
    """By version; 0 stands for what is asked today."""
    now = wording_now(campaign)
    others = versions - {0, now.version}
    earlier = Wording.objects.of(campaign).filter(version__in=others) if others else ()
    found = {wording.version: wording for wording in earlier}
    return {**found, now.version: now, 0: now}
