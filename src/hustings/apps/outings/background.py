"""The kinds of background work of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.jobs.kinds import kind
from hustings.apps.outings.cutting import cut_turf

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress


@kind("turf.cut")
def cut(campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any) -> dict[str, Any]:
    """See :func:`hustings.apps.outings.cutting.cut_turf`."""
    return cut_turf(campaign, progress, actor, **arguments)
