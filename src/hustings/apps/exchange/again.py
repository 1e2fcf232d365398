"""Trying once more what a peer refused, because a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.access import outcomes_of
from hustings.apps.exchange.models import Delivery
from hustings.apps.exchange.packing import AGAIN
from hustings.apps.exchange.taking import REFUSED
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record


def try_again(campaign: Campaign, party: Party, record: Record, *, by: Actor) -> Delivery:
    """It waits for this peer again; their refusal stays written down."""
    with tenant(campaign.pk):
        last = outcomes_of(party).get(record.pk)
        if last is None or last.state != REFUSED:
            raise BadInput("They did not refuse this; there is nothing to try again.")
        row: Delivery = Delivery.objects.create(
            campaign=campaign, party=party, record=record, state=AGAIN
        )
        audit(by, "peer.again", subject="record", subject_id=record.pk)
    return row
