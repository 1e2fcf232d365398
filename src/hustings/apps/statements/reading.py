"""
Everything that counts, read anew: records whose proof holds, by our node or one that was met, and their states.

A row that somebody wrote into the database without the keys is passed over here, and so is never shown as said.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.statements.access import node_of
from hustings.apps.statements.histories import histories_of, met
from hustings.apps.statements.models import Arrival, Entry, Record
from hustings.apps.statements.times import as_records_write_it
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import read_canonical
from hustings.core.ledger.keys import PublicKey
from hustings.core.ledger.proof import proofs_of, verify_proof
from hustings.core.ledger.signatures import check_in_force, check_signed, signed_with
from hustings.core.ledger.states import Standing, fold

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.ledger.hearing import Heard
    from hustings.core.ledger.key_history import KeyHistory


@dataclass(frozen=True, slots=True)
class Ledger:
    """What counts at ``now``; ``false`` are the rows that are not what they say."""

    us: str
    now: str
    standing: Standing
    rows: dict[str, Record] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    false: tuple[str, ...] = ()

    def heard(self, kind: str) -> list[Heard]:
        """What was said of one kind, also where a report says it, newest first."""
        found = [one for one in self.standing.heard.values() if one.said["type"] == kind]
        return sorted(found, key=lambda one: (one.said["created"], one.name), reverse=True)

    def about(self, name: str, kind: str) -> list[Heard]:
        """What was said of one kind about the record of that name."""
        return [one for one in self.heard(kind) if one.said.get("of") == name]


def ledger_of(campaign: Campaign, at: datetime | None = None) -> Ledger:
    """All records of the campaign that are proven, and where everything stands."""
    node = node_of(campaign)
    now = as_records_write_it(at or timezone.now())
    if node is None:
        return Ledger("", now, fold([], now, us=""))
    histories = histories_of(campaign)
    ours = histories[node.name]
    known = met(campaign, ours) | {node.name}
    places = dict(Entry.objects.of(campaign).values_list("record_id", "place"))
    for record_id, place in Arrival.objects.of(campaign).values_list("record_id", "place"):
        places.setdefault(record_id, place)
    rows, said, false = {}, [], []
    for row in Record.objects.of(campaign).order_by("pk"):
        try:
            said.append(_proven(row, histories, known, places.get(row.pk)))
        except BadInput:
            false.append(row.name)
        else:
            rows[row.name] = row
    return Ledger(node.name, now, fold(said, now, us=node.name), rows, places, tuple(false))


def _proven(
    row: Record, histories: dict[str, KeyHistory], known: set[str], place: int | None
) -> dict[str, Any]:
    content = bytes(row.content)
    said = read_canonical(content)
    if not isinstance(said, dict) or hashlib.sha256(content).hexdigest() != row.name:
        raise BadInput("This row does not hold the record that its name is the hash of.")
    issuer = said.get("issuer")
    if issuer not in known:
        raise BadInput("This record is by nobody who was met.")
    history = histories[issuer]
    if place is not None:
        check_signed(said, place, history)
        check_in_force(said, place, history)
        return said
    event = signed_with(said, history.now, history)
    verify_proof(said, proofs_of(said)[0], PublicKey.of_multikey(event.record["keys"]["statement"]))
    stolen = history.stolen(event)
    if stolen and said["created"] >= stolen[0]:
        raise BadInput("This record was signed with a key that was stolen by then.")
    return said
