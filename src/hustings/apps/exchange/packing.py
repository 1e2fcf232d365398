"""What goes to a peer now: the next of our log, and each record for it that it did not answer yet, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.exchange import attachments
from hustings.apps.exchange.access import leaves_of, log_size, outcomes_of, taken_from
from hustings.apps.exchange.addressing import is_for, may_read
from hustings.apps.exchange.following import Leaf, ShownLog
from hustings.apps.exchange.parcels import (
    MOST_ATTACHMENTS,
    MOST_BUNDLES,
    MOST_ENTRIES,
    MOST_RESULTS,
    Parcel,
    Result,
)
from hustings.apps.exchange.witnessing import our_line
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Entry, Head
from hustings.apps.statements.publishing import bundle_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.ledger.note import read_note

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.reading import Ledger

AGAIN = "again"
"""The state of a delivery that a person asked to be tried once more."""


def pack(party: Party, start: int, *, whole: bool = False, have: int | None = None) -> Parcel:
    """
    The parcel for this peer.

    Parameters
    ----------
    start
        How many records of our log it holds already.
    whole
        All in one, as a file wants it; otherwise no more than a request takes, and the rest next time.
    have
        From which place on we want theirs; None where nothing of what we hold is to be shown again.
    """
    campaign = party.campaign
    size = log_size(campaign)  # before the ledger, which then knows all of them
    ledger = ledger_of(campaign)
    start = min(start, size)
    end = size if whole else min(size, start + MOST_ENTRIES)
    due = due_to(party, ledger) if end == size else []
    along = attachments.due_to(campaign, party) if end == size else []
    if not whole:
        due, along = due[:MOST_BUNDLES], along[:MOST_ATTACHMENTS]
    return Parcel(
        sender=ledger.us,
        receiver=party.code,
        keys=history_of(campaign, ledger.us),
        have=len(leaves_of(party)) if have is None else have,
        cosigned=our_line(party),
        log=shown_log(campaign, ledger, party.code, start, end) if size else None,
        bundles=tuple(bundle_of(row) for row in due),
        attachments=tuple(along),
        results=tuple(
            Result(row.name, row.sentence) for row in reversed(taken_from(party)[:MOST_RESULTS])
        ),
    )


def shown_log(campaign: Campaign, ledger: Ledger, reader: str, start: int, end: int) -> ShownLog:
    """Places of our log up to the head of ``end`` records, as that reader ("" for everyone) may see them."""
    head: Head = Head.objects.of(campaign).get(size=end)
    return ShownLog(
        read_note(head.note), start, tuple(shown_leaves(campaign, ledger, reader, start, end))
    )


def shown_leaves(
    campaign: Campaign, ledger: Ledger, reader: str, start: int, end: int
) -> list[Leaf]:
    """The places alone."""
    rows = Entry.objects.of(campaign).filter(place__gte=start, place__lt=end)
    return [
        Leaf.of(bytes(row.record.content))
        if may_read(ledger, ledger.standing.heard.get(row.record.name), reader)
        else Leaf(bytes(row.leaf))
        for row in rows.select_related("record").order_by("place")
    ]


def due_to(party: Party, ledger: Ledger) -> list[Record]:
    """The records for this peer that it neither took nor refused, oldest first."""
    answered = {
        record_id for record_id, row in outcomes_of(party).items() if row.state != AGAIN
    }  # fmt: skip
    rows = Entry.objects.of(party.campaign_id).select_related("record", "record__campaign")
    found = []
    for row in rows.exclude(record_id__in=answered).order_by("place"):
        one = ledger.standing.heard.get(row.record.name)
        if one is not None and row.record.issuer == ledger.us and is_for(ledger, one, party.code):
            found.append(row.record)
    return found
