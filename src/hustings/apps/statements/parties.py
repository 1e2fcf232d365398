"""Whom we exchange a word with: known by their card and eight words, or by a telephone alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.histories import histories_of, keep_history, met_note
from hustings.apps.statements.models import Meeting, Party
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.times import now_as_records_write_it
from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import read_keys
from hustings.core.ledger.canonical import canonical

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.ledger.key_history import KeyHistory


def card_of(history: KeyHistory) -> str:
    """A node's card as a file: its key lines, as bundles have them."""
    return "".join(f"key {canonical(event.record).decode()}\n" for event in history.events)


def add_by_card(campaign: Campaign, text: str, *, telephone: str = "", by: Actor) -> Party:
    """
    Somebody whose card we were given; not met until the words were read over the telephone.

    Raises
    ------
    BadInput
        When it is no card of one node, our own, or one that forks from the one we have.
    """
    with tenant(campaign.pk):
        found = read_keys(text)
        ours, _keys = secrets_now(campaign)
        if len(found) != 1:
            raise BadInput("A card has the keys of one node; this file has several.")
        (history,) = found
        if history.node == ours.node:
            raise BadInput("This is our own card; ask the other campaign for theirs.")
        known = histories_of(campaign).get(history.node)
        keep_history(campaign, known.joined(history) if known else history)
        party: Party
        party, made = Party.objects.of(campaign).get_or_create(
            campaign=campaign,
            code=history.node,
            defaults={"name": history.now.name, "telephone": telephone},
        )
        if made or known is None or len(known.events) < len(history.events):
            audit(by, "party.add", subject="party", subject_id=party.pk)
    return party


def add_by_name(campaign: Campaign, name: str, *, telephone: str, by: Actor) -> Party:
    """Somebody who signs nothing: what they say is called back."""
    with tenant(campaign.pk):
        party: Party = Party.objects.create(
            campaign=campaign, code=f"party:{uuid4()}", name=name, telephone=telephone
        )
        audit(by, "party.add", subject="party", subject_id=party.pk)
    return party


def meet(campaign: Campaign, party: Party, *, read_with: str, by: Actor) -> Meeting:
    """The eight words were the same on both ends of the telephone; ``read_with`` is who read theirs."""
    with tenant(campaign.pk):
        if not party.has_node:
            raise BadInput("They have no card, so there are no words to compare.")
        ours, keys = secrets_now(campaign)
        note = met_note(ours.node, party.code, now_as_records_write_it(), keys.key("statement"))
        meeting: Meeting = Meeting.objects.create(
            campaign=campaign, party=party, note=str(note), read_by=by.label, read_with=read_with,
            at=timezone.now(),
        )  # fmt: skip
        audit(by, "party.meet", subject="party", subject_id=party.pk)
    return meeting
