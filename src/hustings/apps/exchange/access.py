"""The only way to what passed between us and a peer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from hustings.apps.exchange.models import (
    Alarm,
    Contact,
    Cosignature,
    Delivery,
    PeerAddress,
    PeerEntry,
    PeerHead,
    Taken,
)
from hustings.apps.statements.access import node_of
from hustings.apps.statements.histories import known_to
from hustings.apps.statements.models import Entry, Party
from hustings.core.ledger.canonical import read_canonical

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign


def peers_of(campaign: Campaign) -> list[Party]:
    """Those who have keys and were met, by name."""
    node = node_of(campaign)
    if node is None:
        return []
    known = known_to(campaign)
    return [party for party in known.parties if party.code in known.met]


def peer_by_code(campaign: Campaign, code: str) -> Party | None:
    """The party whose node that is; whether it was met is another question."""
    party: Party | None = Party.objects.of(campaign).filter(code=code).first()
    return party


def address_of(party: Party) -> str:
    """Where a peer is called; "" where nobody entered it, or it was taken out again."""
    rows = PeerAddress.objects.of(party.campaign_id).filter(party=party)
    row: PeerAddress | None = rows.order_by("-id").first()
    return row.address if row else ""


def log_size(campaign: Campaign) -> int:
    """How many records our own log has."""
    last: int | None = Entry.objects.of(campaign).aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def leaves_of(party: Party) -> list[bytes]:
    """The hashes of the leaves of a peer's log, as far as we hold it."""
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party).order_by("place")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]


def entries_of(party: Party) -> list[tuple[bytes, dict[str, Any] | None]]:
    """Leaf and record (None where it is not shown to us) of each place of a peer's log."""
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party).order_by("place")
    return [
        (bytes(leaf), None if content is None else read_canonical(bytes(content)))
        for leaf, content in rows.values_list("leaf", "content")
    ]


def first_hidden(party: Party) -> int | None:
    """The first place of a peer's log that is not shown to us; None where all is."""
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party, content=None)
    place: int | None = rows.order_by("place").values_list("place", flat=True).first()
    return place


def heads_of(party: Party) -> QuerySet[PeerHead]:
    """The heads that a peer showed and that went on, the largest first."""
    return PeerHead.objects.of(party.campaign_id).filter(party=party).order_by("-size", "-id")


def cosignatures_by(party: Party) -> QuerySet[Cosignature]:
    """A peer's lines under our heads, the largest head first."""
    rows = Cosignature.objects.of(party.campaign_id).filter(party=party).select_related("head")
    return rows.order_by("-head__size", "-id")


def outcomes_of(party: Party) -> dict[int, Delivery]:
    """The last word of a peer on each record of ours that came to it, by the record's number."""
    return {row.record_id: row for row in deliveries_to(party)}


def deliveries_to(party: Party) -> QuerySet[Delivery]:
    """Every word of a peer on our records, the oldest first."""
    return Delivery.objects.of(party.campaign_id).filter(party=party).order_by("id")


def taken_from(party: Party) -> QuerySet[Taken]:
    """What came from a peer, the newest first."""
    return Taken.objects.of(party.campaign_id).filter(party=party).order_by("-id")


def contacts_with(party: Party) -> QuerySet[Contact]:
    """When there was a contact, the newest first."""
    return Contact.objects.of(party.campaign_id).filter(party=party).order_by("-id")


def alarms_about(party: Party) -> QuerySet[Alarm]:
    """What a peer showed that cannot both be true, the newest first."""
    return Alarm.objects.of(party.campaign_id).filter(party=party).order_by("-id")
