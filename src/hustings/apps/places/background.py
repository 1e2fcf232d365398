"""The job of this room: taking in a map or a list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from hustings.apps.jobs import uploads
from hustings.apps.jobs.kinds import kind
from hustings.apps.places.actions import import_places
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress


@kind("places.import")
def take_in(
    campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any
) -> dict[str, Any]:
    """Read the stored upload, place the doors, forget the upload."""
    path = uploads.folder() / arguments["stored"]

    def say(share_done: float, note: str = "") -> None:
        progress(share_done, note or str(_("Reading %(file)s") % {"file": arguments["name"]}))

    try:
        done = import_places(campaign, path, name=arguments["name"], by=actor, progress=say)
    except BadInput as problem:
        path.unlink(missing_ok=True)  # it will not be read a second time
        told = problem.message.replace(str(path), arguments["name"])
        raise BadInput(told, where=arguments["name"]) from problem
    transaction.on_commit(partial(path.unlink, missing_ok=True))
    return done
