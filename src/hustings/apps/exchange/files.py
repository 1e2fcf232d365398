"""The same parcels as files: on a stick or in a mail, with the same result as a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import inside, tenant
from hustings.apps.exchange.access import peer_by_code
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.packing import pack
from hustings.apps.exchange.parcels import MOST_FILE_BYTES, read_parcel
from hustings.apps.exchange.sending import FILE, contact
from hustings.apps.exchange.taking import NotMet, Outcome, take_in

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.apps.statements.reading import Ledger


def give_file(campaign: Campaign, party: Party, *, by: Actor, ledger: Ledger | None = None) -> str:
    """
    All that is for this peer and was not answered, with our whole log as it may see it.

    What is in it counts as delivered when their answer is here, by file or by call.
    """
    with inside(campaign.pk):
        text = str(pack(party, 0, whole=True, ledger=ledger))
        audit(by, "peer.file", subject="party", subject_id=party.pk)
    return text


def take_file(campaign: Campaign, text: str | bytes, *, by: Actor) -> tuple[Party, Outcome]:
    """
    A peer's parcel from a file; whose it is stands in it, and is proven by what is in it.

    Raises
    ------
    Alarming
        When it does not go on from what we hold of theirs; the evidence is kept, so this must not be undone.
    """
    alarm: Alarming | None = None
    with tenant(campaign.pk):
        parcel = read_parcel(text, most=MOST_FILE_BYTES)
        party = peer_by_code(campaign, parcel.sender)
        if party is None:
            raise NotMet(
                "This file is from nobody whose card is here: add their card, and read the eight words first."
            )
        outcome = Outcome()
        try:
            outcome = take_in(party, parcel, shown_at=timezone.now(), as_newest=False, by=by)
        except Alarming as sounded:
            alarm = sounded
        contact(party, FILE, str(alarm or ""), by=by, new=outcome.new, refused=outcome.refused)
    if alarm is not None:
        raise alarm
    return party, outcome
