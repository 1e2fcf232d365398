"""The job of this room: calling one peer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.exchange.sending import JOB, MOST_CALLS, send
from hustings.apps.jobs.actions import start
from hustings.apps.jobs.kinds import kind
from hustings.apps.statements.access import party_for

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.jobs.kinds import Progress


@kind(JOB)
def call_a_peer(
    campaign: Campaign, progress: Progress, actor: Actor, **arguments: Any
) -> dict[str, Any]:
    """Bring it what is for it; where more is left, another job goes on."""
    party = party_for(campaign, arguments["party"])
    call = arguments.get("call", 1)
    progress(0.1, party.name)
    sent = send(party, by=actor)
    if sent.more and call < MOST_CALLS:
        start(campaign, JOB, {"party": party.pk, "call": call + 1}, by=actor)
    return {"good": sent.contact.good, "sentence": sent.contact.sentence}
