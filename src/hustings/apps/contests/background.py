"""The job of this room: reading a file of units."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hustings.apps.contests import roster
from hustings.apps.contests.access import contest_for
from hustings.apps.jobs import uploads
from hustings.apps.jobs.kinds import kind

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress


@kind("contests.read_units")
def read_units(
    campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any
) -> dict[str, Any]:
    """Read an upload into a file that waits; the upload is removed whatever comes of it."""
    contest = contest_for(campaign, arguments["contest"])
    path = uploads.folder() / arguments["stored"]
    raw = path.read_bytes()
    transaction.on_commit(partial(path.unlink, missing_ok=True))
    file = roster.read(
        contest, raw, arguments["file_name"], columns=arguments["columns"], by=actor,
        progress=progress,
    )  # fmt: skip
    return {"file": file.pk, "contest": contest.pk}
