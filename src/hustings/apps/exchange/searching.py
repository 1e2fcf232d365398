"""
«No message on record»: a peer's whole log, with its root worked out again, searched for a word to us.

What they do not show us (a word to somebody else, an embargo) is counted and named, never passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.exchange.access import heads_of
from hustings.apps.exchange.models import PeerEntry
from hustings.apps.statements.access import node_for
from hustings.apps.statements.histories import histories_of
from hustings.apps.statements.witnesses import LogSearch
from hustings.core.errors import BadInput
from hustings.core.ledger.absence import search_log
from hustings.core.ledger.checkpoint import Checkpoint, cosigned_at
from hustings.core.ledger.note import Note, read_note
from hustings.core.ledger.records import STRENGTH

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.key_history import KeyHistory


def searched(campaign: Campaign, party: Party) -> LogSearch | None:
    """What came out of it; None where we do not hold a log of theirs that leads to a head we co-signed."""
    rows = PeerEntry.objects.of(campaign).filter(party=party).order_by("place")
    entries = [
        (bytes(leaf), None if content is None else bytes(content))
        for leaf, content in rows.values_list("leaf", "content")
    ]
    head = heads_of(party).filter(size=len(entries)).first() if entries else None
    if head is None:
        return None
    note, us = read_note(head.note), node_for(campaign).name

    def is_message_to_us(said: dict[str, Any]) -> bool:
        to = said.get("to")
        return said.get("kind") in STRENGTH and said["type"] == "statement" and (not to or us in to)

    try:
        result = search_log(
            [leaf if content is None else content for leaf, content in entries],
            Checkpoint.of_text(note.text),
            is_message_to_us,
            hidden={place for place, (_leaf, content) in enumerate(entries) if content is None},
        )
    except BadInput:
        return None
    witnesses = _witnesses(note, histories_of(campaign), party)
    return LogSearch(
        len(result.found), result.read, result.records, head.at, (campaign.name, *witnesses)
    )


def _witnesses(note: Note, histories: dict[str, KeyHistory], party: Party) -> list[str]:
    """Who else stands under the head, of those whose keys we know."""
    found = []
    for node, history in histories.items():
        if node == party.code:
            continue
        for event in history.events:
            try:
                if cosigned_at(note, event.witness) is not None:
                    found.append(history.now.name)
                    break
            except BadInput:
                continue
    return sorted(found)
