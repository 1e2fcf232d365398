"""
Everything that counts, read anew: records whose proof holds, by our node or one that was met, and their states.

A row that somebody wrote into the database without the keys is passed over here, and so is never shown as said.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from hustings.apps.statements.histories import known_to
from hustings.apps.statements.models import Record
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
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.hearing import Heard
    from hustings.core.ledger.key_history import KeyHistory


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    What counts at ``now``.

    Parameters
    ----------
    rows, places
        The records that are proven, by name; the place in its log of each that has one, by the row's number.
    false
        The names of rows that are not what they say.
    histories, met
        The keys by node, and the nodes whose words were compared.
    parties
        Everybody we exchange a word with, by name.
    log, log_size
        The proven records of our own log, in its order, and how many it has.
    sizes
        How many records the log of each issuer is known to have, by what came.
    """

    us: str
    now: str
    standing: Standing
    rows: dict[str, Record] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    false: tuple[str, ...] = ()
    histories: dict[str, KeyHistory] = field(default_factory=dict)
    met: frozenset[str] = frozenset()
    parties: tuple[Party, ...] = ()
    log: tuple[Record, ...] = ()
    log_size: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def heard(self, kind: str) -> list[Heard]:
        """What was said of one kind, also where a report says it, newest first."""
        found = [one for one in self.standing.heard.values() if one.said["type"] == kind]
        return sorted(found, key=lambda one: (one.said["created"], one.name), reverse=True)

    def about(self, name: str, kind: str) -> list[Heard]:
        """What was said of one kind about the record of that name."""
        return [one for one in self.heard(kind) if one.said.get("of") == name]


def ledger_of(campaign: Campaign, at: datetime | None = None) -> Ledger:
    """All records of the campaign that are proven, and where everything stands."""
    here = known_to(campaign)
    us, histories, parties = here.us, here.histories, here.parties
    now = as_records_write_it(at or timezone.now())
    if not us:
        return Ledger("", now, fold([], now, us=""), parties=parties)
    known = here.met | {us}
    all_rows, places, ours, sizes = _everything(campaign)
    rows, said, false = {}, [], []
    for row in all_rows:
        try:
            said.append(_proven(row, histories, known, places.get(row.pk)))
        except BadInput:
            false.append(row.name)
        else:
            rows[row.name] = row
    proven = {row.pk: row for row in rows.values()}
    log = tuple(proven[pk] for pk in sorted(ours, key=ours.__getitem__) if pk in proven)
    size = max(ours.values(), default=-1) + 1
    return Ledger(
        us, now, fold(said, now, us=us), rows, places, tuple(false),
        histories, frozenset(known - {us}), parties, log, size, sizes,
    )  # fmt: skip


def _everything(
    campaign: Campaign,
) -> tuple[list[Record], dict[int, int], dict[int, int], dict[str, int]]:
    """Each record once, the place of each in its log, of ours in our own, and each issuer's log's size: one statement."""
    found: dict[int, Record] = {}
    places: dict[int, int] = {}
    ours: dict[int, int] = {}
    sizes: dict[str, int] = {}
    joined = Record.objects.of(campaign).annotate(
        place=F("entries__place"), came_at=F("arrivals__place"), came_of=F("arrivals__log_size")
    )
    for row in joined.order_by("pk", "arrivals__pk"):
        row.campaign = campaign
        found.setdefault(row.pk, row)
        if row.place is not None:
            ours[row.pk] = places[row.pk] = row.place
        if row.came_at is not None:
            places.setdefault(row.pk, row.came_at)
            sizes[row.issuer] = max(sizes.get(row.issuer, 0), row.came_of)
    return list(found.values()), places, ours, sizes


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
