"""Where a peer is called: entered by a person, and only where this server may call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.calling import check_address
from hustings.apps.exchange.models import PeerAddress
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party


def enter_address(campaign: Campaign, party: Party, address: str, *, by: Actor) -> PeerAddress:
    """
    From now on this peer is called there; "" ends the calls.

    Raises
    ------
    NotAllowedToCall
        When whoever runs this server did not allow that host.
    """
    with tenant(campaign.pk):
        if not party.has_node:
            raise BadInput("They have no keys, so there is nobody to call; ring them up.")
        address = address.strip()
        if address:
            check_address(address)
            address = address.rstrip("/") + "/"
        row: PeerAddress = PeerAddress.objects.create(
            campaign=campaign, party=party, address=address, entered_by=by.label
        )
        audit(by, "peer.address", subject="party", subject_id=party.pk)
    return row
