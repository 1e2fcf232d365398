"""What was asked, word for word: today's wording and earlier ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass.models import Wording
from hustings.apps.scripts.versions import choices_of

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def wording_now(campaign: Campaign) -> Wording:
    """What is asked today, kept word for word from the first time it is shown."""
    wording: Wording
    wording, _new = Wording.objects.get_or_create(
        campaign=campaign,
        version=campaign.script_version,
        defaults={
            "text": campaign.script_wording,
            "support_as": campaign.support_as,
            "choices": choices_of(campaign),
        },
    )
    return wording


def labels_now(campaign: Campaign) -> dict[str, str]:
    """What each code is called today, by code; also one that is not asked for any more."""
    retired = [one for one in campaign.retired_choices if one["of"] == campaign.support_as]
    return {
        str(choice["code"]): str(choice["label"]) for choice in [*retired, *choices_of(campaign)]
    }


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
