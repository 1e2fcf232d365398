"""What goes to a peer now: the next of our log, and each record for it that it did not answer yet, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from hustings.apps.campaigns.together import together
from hustings.apps.exchange import attachments
from hustings.apps.exchange.access import deliveries_to, heads_of, outcomes_of, taken_from
from hustings.apps.exchange.addressing import is_for, may_read
from hustings.apps.exchange.following import Leaf, ShownLog
from hustings.apps.exchange.models import PeerEntry
from hustings.apps.exchange.parcels import (
    MOST_ATTACHMENTS,
    MOST_BUNDLES,
    MOST_ENTRIES,
    MOST_RESULTS,
    Parcel,
    Result,
)
from hustings.apps.exchange.witnessing import our_line
from hustings.apps.statements.models import Entry, Head
from hustings.apps.statements.proving import bundles_of
from hustings.apps.statements.reading import ledger_of
from hustings.core.ledger.note import read_note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exchange.models import Delivery, PeerHead
    from hustings.apps.statements.models import Party, Record
    from hustings.apps.statements.reading import Ledger

AGAIN = "again"
"""The state of a delivery that a person asked to be tried once more."""


def pack(
    party: Party,
    start: int,
    *,
    whole: bool = False,
    have: int | None = None,
    ledger: Ledger | None = None,
) -> Parcel:
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
    ledger
        What was read already, where it was.
    """
    campaign = party.campaign
    ledger = ledger or ledger_of(campaign)
    size = ledger.log_size  # of the same moment, so that the ledger knows all of them
    start = min(start, size)
    end = size if whole else min(size, start + MOST_ENTRIES)
    held = _held_of(party, start, end)
    due = for_it(ledger, party, held.answered) if end == size else []
    waiting = attachments.waiting_for(campaign, party, ledger) if end == size else {}
    if not whole:
        due = due[:MOST_BUNDLES]
    # Proven together: places, hashes and witnesses are read once for all of them.
    records = {row.pk: row for rows in (due, *waiting.values()) for row in rows}
    bundles = bundles_of(campaign, list(records.values()), ledger)
    along = attachments.due(campaign, waiting, bundles)
    if not whole:
        along = along[:MOST_ATTACHMENTS]
    return Parcel(
        sender=ledger.us,
        receiver=party.code,
        keys=ledger.histories[ledger.us],
        have=held.leaves if have is None else have,
        cosigned=our_line(party, ledger, held.heads),
        log=_shown(ledger, party.code, start, held) if size else None,
        bundles=tuple(bundles[row.pk] for row in due),
        attachments=tuple(along),
        results=tuple(Result(name, sentence) for name, sentence in reversed(held.taken)),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """
    What we hold of a peer: what it answered, how many leaves and which heads of its log, what came last.

    And what is shown to it of our log: the head (none where nothing is in it), and each leaf with its record's name.
    """

    answered: set[int]
    leaves: int
    heads: list[PeerHead]
    taken: list[tuple[str, str]]
    ours: list[Head]
    entries: list[tuple[bytes, str]]


def _held_of(party: Party, start: int, end: int) -> _Held:
    """All of it, in one question."""
    said, leaves, heads, taken, ours, entries = together(
        deliveries_to(party).values_list("record_id", "state"),
        PeerEntry.objects.of(party.campaign_id)
        .filter(party=party)
        .values_list("party")
        .annotate(leaves=Count("pk"))
        .values_list("leaves", flat=True),
        heads_of(party),
        taken_from(party).values_list("name", "sentence")[:MOST_RESULTS],
        Head.objects.of(party.campaign_id).filter(size=end),
        _entries(party.campaign_id, start, end),
    )
    answered = {record for record, state in dict(said).items() if state != AGAIN}
    return _Held(answered, next(iter(leaves), 0), heads, taken, ours, entries)


def _shown(ledger: Ledger, reader: str, start: int, held: _Held) -> ShownLog:
    """Places of our log up to that head, as the peer may see them."""
    shown = tuple(_leaf(ledger, reader, *entry) for entry in held.entries)
    return ShownLog(read_note(held.ours[0].note), start, shown)


def shown_leaves(
    campaign: Campaign, ledger: Ledger, reader: str, start: int, end: int
) -> list[Leaf]:
    """Places of our log as that reader ("" for everyone) may see them."""
    return [_leaf(ledger, reader, *entry) for entry in _entries(campaign.pk, start, end)]


def _entries(campaign_id: UUID, start: int, end: int) -> QuerySet[Any]:
    """The leaf of each place, and the name of its record."""
    rows = Entry.objects.of(campaign_id).filter(place__gte=start, place__lt=end).order_by("place")
    found: QuerySet[Any] = rows.values_list("leaf", "record__name")
    return found


def _leaf(ledger: Ledger, reader: str, leaf: bytes, name: str) -> Leaf:
    row = ledger.rows.get(name)
    if row is not None and may_read(ledger, ledger.standing.heard.get(name), reader):
        return Leaf.of(bytes(row.content))
    return Leaf(bytes(leaf))


def due_to(party: Party, ledger: Ledger) -> list[Record]:
    """The records for this peer that it neither took nor refused, oldest first."""
    return for_it(ledger, party, answered_in(outcomes_of(party)))


def answered_in(outcomes: Mapping[int, Delivery]) -> set[int]:
    """The numbers of the records that a peer took or refused, by its last word on each."""
    return {record_id for record_id, row in outcomes.items() if row.state != AGAIN}


def for_it(ledger: Ledger, party: Party, answered: set[int]) -> list[Record]:
    """The same, where it is known which it answered."""
    return [
        row
        for row in ledger.log
        if row.pk not in answered
        and row.issuer == ledger.us
        and (one := ledger.standing.heard.get(row.name)) is not None
        and is_for(ledger, one, party.code)
    ]
