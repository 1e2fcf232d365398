"""The only way to a record, a party, a bundle or an erasable word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.campaigns.together import together
from hustings.apps.statements.models import (
    Arrival,
    Countdown,
    Entry,
    Node,
    Party,
    Record,
    Refusal,
    Salted,
)
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


class NoNodeYet(HustingsError):
    """The campaign has no keys to sign with."""

    def __init__(self) -> None:
        super().__init__(
            "This campaign has no keys yet; an organiser makes them on the press desk, once."
        )


class NotYet(HustingsError):
    """Something has to happen before this can."""


def node_of(campaign: Campaign) -> Node | None:
    """The campaign's own node; None before its keys are made."""
    node: Node | None = Node.objects.of(campaign).first()
    return node


def node_for(campaign: Campaign) -> Node:
    """The same, where it must be there."""
    node = node_of(campaign)
    if node is None:
        raise NoNodeYet
    return node


def record_for(campaign: Campaign, record_id: int, *kinds: str) -> Record:
    """A record of one of these kinds (any, where none is named); :class:`NotHere` otherwise."""
    rows = Record.objects.of(campaign).filter(pk=record_id)
    record: Record | None = (rows.filter(kind__in=kinds) if kinds else rows).first()
    if record is None:
        raise NotHere
    record.campaign = campaign
    return record


def ours_for(campaign: Campaign, record_id: int, *kinds: str) -> Record:
    """A record of one of these kinds that our own node said; :class:`NotHere` otherwise."""
    records, nodes = together(
        Record.objects.of(campaign).filter(pk=record_id, kind__in=kinds),
        Node.objects.of(campaign).order_by("pk")[:1],
    )
    if not records:
        raise NotHere
    if not nodes:
        raise NoNodeYet
    record: Record = records[0]
    if record.issuer != nodes[0].name:
        raise NotHere
    record.campaign = campaign
    return record


def record_named(campaign: Campaign, name: str) -> Record | None:
    """The record with that hash; None if we hold none."""
    record: Record | None = Record.objects.of(campaign).filter(name=name).first()
    return record


def refusal_for(campaign: Campaign, refusal_id: int) -> Refusal:
    """A text that was refused; :class:`NotHere` otherwise."""
    refusal: Refusal | None = Refusal.objects.of(campaign).filter(pk=refusal_id).first()
    if refusal is None:
        raise NotHere
    return refusal


def party_for(campaign: Campaign, party_id: int) -> Party:
    """A party we know; :class:`NotHere` otherwise."""
    party: Party | None = Party.objects.of(campaign).filter(pk=party_id).first()
    if party is None:
        raise NotHere
    return party


def entry_of(record: Record) -> Entry | None:
    """The record's place in our log."""
    entry: Entry | None = Entry.objects.of(record.campaign_id).filter(record=record).first()
    return entry


def arrival_of(record: Record) -> Arrival | None:
    """The bundle in which it came last."""
    rows = Arrival.objects.of(record.campaign_id).filter(record=record)
    arrival: Arrival | None = rows.order_by("-id").first()
    return arrival


def countdown_of(draft: Record) -> Countdown | None:
    """When the draft will be signed, if that was asked for and not stopped."""
    rows = Countdown.objects.of(draft.campaign_id).filter(draft=draft, ended_at=None)
    countdown: Countdown | None = rows.first()
    return countdown


def words_behind(campaign: Campaign, commitment: str) -> dict[str, str] | None:
    """What a salted hash stands for; None once it was erased."""
    kept = Salted.objects.of(campaign).filter(commitment=commitment).first()
    words: dict[str, str] | None = kept.words if kept else None
    return words
