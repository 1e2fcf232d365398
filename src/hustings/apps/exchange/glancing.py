"""What passed between us and every peer, at one glance: as many statements for all of them as for one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import OuterRef, Subquery

from hustings.apps.exchange.models import (
    Alarm,
    Contact,
    Cosignature,
    Delivery,
    PeerAddress,
    PeerHead,
)
from hustings.apps.exchange.sending import OUT, next_after
from hustings.apps.statements.models import Party

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.rows import CampaignQuerySet


class Followed(NamedTuple):
    """A head of theirs that we co-signed: of how many records, and when."""

    size: int
    at: datetime


@dataclass(slots=True)
class Glance:
    """
    What passed between us and one peer.

    Parameters
    ----------
    last, last_good
        The last time that we called them, and the last contact that went well, of whatever kind.
    since_good
        How many calls of ours failed since one went well.
    seen
        How many records our head had that they co-signed last.
    theirs
        Their newest head that we co-signed.
    outcomes
        Their last word on each record of ours, by its number.
    """

    party: Party
    address: str = ""
    last: Contact | None = None
    last_good: Contact | None = None
    since_good: int = 0
    seen: int = 0
    theirs: Followed | None = None
    outcomes: dict[int, Delivery] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)

    @property
    def next_call(self) -> datetime:
        """When they are called again by itself."""
        return next_after(self.party, self.last, self.since_good)


def glances_at(campaign: Campaign, parties: Sequence[Party]) -> dict[int, Glance]:
    """Of each of these peers, by its number."""
    found = {party.pk: Glance(party) for party in parties}
    contacts = Contact.objects.of(campaign).filter(party=OuterRef("pk")).order_by("-id")
    called = contacts.filter(way=OUT)
    newest = Party.objects.of(campaign).filter(pk__in=list(found)).annotate(
        address=_first(PeerAddress.objects.of(campaign).order_by("-id"), "address"),
        seen=_first(Cosignature.objects.of(campaign).order_by("-head__size", "-id"), "head__size"),
        followed=_first(PeerHead.objects.of(campaign).order_by("-size", "-id"), "size"),
        followed_at=_first(PeerHead.objects.of(campaign).order_by("-size", "-id"), "at"),
        last=Subquery(called.values("pk")[:1]),
        last_good=Subquery(contacts.filter(good=True).values("pk")[:1]),
        last_good_call=Subquery(called.filter(good=True).values("pk")[:1]),
    )  # fmt: skip
    rows = {row.pk: row for row in newest}
    wanted = {pk for row in rows.values() for pk in (row.last, row.last_good) if pk}
    kept: dict[int, Contact] = {}
    since = {pk: row.last_good_call or 0 for pk, row in rows.items()}
    fails: dict[int, int] = defaultdict(int)
    floor = min(since.values(), default=0)
    asked = Contact.objects.of(campaign).filter(party__in=list(found))
    for one in asked.filter(pk__in=wanted) | asked.filter(way=OUT, pk__gt=floor):
        kept[one.pk] = one
        fails[one.party_id] += one.way == OUT and one.pk > since[one.party_id]
    for pk, glance in found.items():
        row = rows[pk]
        glance.address, glance.seen = row.address or "", row.seen or 0
        glance.theirs = Followed(row.followed, row.followed_at) if row.followed_at else None
        glance.last, glance.last_good = kept.get(row.last), kept.get(row.last_good)
        glance.since_good = fails[pk]
    for said in Delivery.objects.of(campaign).filter(party__in=list(found)).order_by("id"):
        found[said.party_id].outcomes[said.record_id] = said
    for alarm in Alarm.objects.of(campaign).filter(party__in=list(found)).order_by("-id"):
        found[alarm.party_id].alarms.append(alarm)
    return found


def _first(rows: CampaignQuerySet, name: str) -> Subquery:
    return Subquery(rows.filter(party=OuterRef("pk")).values(name)[:1])
