"""The jobs of this room: looking through a file, and bringing it in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hustings.apps.jobs.kinds import kind
from hustings.apps.register import actions
from hustings.apps.register.access import batch_for

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress


@kind("register.check")
def check(campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any) -> dict[str, Any]:
    """Say what a stored file would do; nothing of the register is touched."""
    batch = batch_for(campaign, arguments["batch_id"])
    return actions.check_stored(campaign, batch, by=actor, progress=progress).as_json()


@kind("register.commit")
def commit(
    campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any
) -> dict[str, Any]:
    """Bring a checked file in, then forget the upload."""
    batch = batch_for(campaign, arguments["batch_id"])
    path = actions.stored_path(batch)
    impact = actions.commit_stored(campaign, batch, by=actor, progress=progress)
    transaction.on_commit(partial(path.unlink, missing_ok=True))
    return impact.as_json()
