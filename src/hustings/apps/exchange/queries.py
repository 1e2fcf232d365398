"""What the room shows: each peer in a few words, and each record that went to it with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.exchange.access import (
    address_of,
    alarms_about,
    contacts_with,
    cosignatures_by,
    heads_of,
    log_size,
    outcomes_of,
    peers_of,
    taken_from,
)
from hustings.apps.exchange.packing import AGAIN, due_to
from hustings.apps.exchange.sending import OUT, next_call
from hustings.apps.exchange.taking import REFUSED, TOOK
from hustings.apps.exchange.wording import RECEIPTS, RECORDS
from hustings.apps.statements.models import Entry, Party
from hustings.apps.statements.reading import ledger_of

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exchange.models import Alarm, Contact, PeerHead, Taken
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger

FINE, WAITS, UNREACHED, SILENT, ALARMED = "fine", "waits", "unreached", "silent", "alarm"
"""How a peer looks at a glance, from green to red."""
QUEUED, ACKNOWLEDGED = "queued", "acknowledged"


@dataclass(frozen=True, slots=True)
class PeerCard:
    """One peer at a glance."""

    party: Party
    look: str
    address: str
    waiting: int
    refused: int
    last: Contact | None
    failed: Contact | None
    again_at: datetime | None
    seen: int
    of: int
    theirs: PeerHead | None
    alarms: list[Alarm]


@dataclass(frozen=True, slots=True)
class Sending:
    """One record for a peer and where it stands: queued, delivered, acknowledged or refused."""

    row: Record
    kind: str
    words: str
    state: str
    sentence: str
    at: datetime | None


def cards_of(campaign: Campaign) -> list[PeerCard]:
    """Everybody who was met and has keys; who needs a person first."""
    ledger = ledger_of(campaign)
    order = (ALARMED, UNREACHED, WAITS, SILENT, FINE)
    cards = [card_of(campaign, ledger, party) for party in peers_of(campaign)]
    return sorted(cards, key=lambda card: order.index(card.look))


def card_of(campaign: Campaign, ledger: Ledger, party: Party) -> PeerCard:
    """One of them."""
    calls = contacts_with(party)
    last_call, last_good = calls.filter(way=OUT).first(), calls.filter(good=True).first()
    failed = last_call if last_call is not None and not last_call.good else None
    waiting, alarms = len(due_to(party, ledger)), list(alarms_about(party))
    address = address_of(party)
    seen = cosignatures_by(party).first()
    look = (
        ALARMED if alarms else UNREACHED if failed else WAITS if waiting
        else FINE if last_good else SILENT
    )  # fmt: skip
    return PeerCard(
        party=party, look=look, address=address, waiting=waiting,
        refused=sum(1 for row in outcomes_of(party).values() if row.state == REFUSED),
        last=last_good, failed=failed,
        again_at=max(next_call(party), timezone.now()) if failed and address else None,
        seen=seen.head.size if seen else 0, of=log_size(campaign), theirs=heads_of(party).first(),
        alarms=alarms,
    )  # fmt: skip


def unmet(campaign: Campaign, cards: list[PeerCard]) -> list[Party]:
    """Those whose card is here and whose words were not compared."""
    known = {card.party.pk for card in cards}
    rows = Party.objects.of(campaign).filter(code__startswith="node:").order_by("name", "pk")
    return [party for party in rows if party.pk not in known]


def sendings_to(campaign: Campaign, ledger: Ledger, party: Party) -> list[Sending]:
    """Each record that is for this peer, the newest first."""
    outcomes, due = outcomes_of(party), {row.pk for row in due_to(party, ledger)}
    rows = Entry.objects.of(campaign).select_related("record").order_by("-place")
    found = []
    for entry in rows:
        row, outcome = entry.record, outcomes.get(entry.record_id)
        if outcome is None and row.pk not in due:
            continue
        state = QUEUED if outcome is None or outcome.state == AGAIN else outcome.state
        if state == TOOK and row.kind == "statement":
            answers = dict(ledger.standing.statements[row.name].answers)
            if answers.get(party.code) in ("accepted", "announced"):
                state = ACKNOWLEDGED
        found.append(
            Sending(
                row, str(RECORDS.get(row.kind, row.kind)), _words(row.said), state,
                outcome.sentence if outcome and state == REFUSED else "",
                outcome.at if outcome else None,
            )
        )  # fmt: skip
    return found


def refused_of(party: Party) -> list[Taken]:
    """What came from them and was refused here, the newest first."""
    return list(taken_from(party).exclude(sentence="")[:20])


def _words(said: dict[str, Any]) -> str:
    if said["type"] == "receipt":
        return str(RECEIPTS[said["decision"]])
    for name in ("body", "quote", "text", "reason", "title", "purpose"):
        if said.get(name):
            return str(said[name])
    return ""
