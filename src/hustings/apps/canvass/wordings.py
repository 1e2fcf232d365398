"""What was asked, word for word: today's wording and earlier ones."""

from __future__ import annotations

import json

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.prepared import answered
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


_WORDINGS = """
select id, version, support_as, choices::text from canvass_wording
where campaign_id = %(campaign)s::uuid and version = any(%(versions)s::int[])
"""


def by_version(campaign: Campaign, versions: set[int]) -> dict[int, Wording]:
    """What could be chosen from, by version, without the words; 0 stands for what is asked today."""
    today = campaign.script_version
    values = {"campaign": campaign.pk, "versions": sorted({*versions, today} - {0})}
    found = {
        version: Wording(
            id=wording_id,
            campaign=campaign,
            version=version,
            support_as=support_as,
            choices=json.loads(choices),
        )
        for wording_id, version, support_as, choices in answered(_WORDINGS, values)
    }
    now = found[today] if today in found else wording_now(campaign)
    return {**found, today: now, 0: now}
