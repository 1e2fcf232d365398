"""What the room shows: each peer in a few words, and each record that went to it with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.exchange.access import taken_from
from hustings.apps.exchange.glancing import glances_at
from hustings.apps.exchange.packing import AGAIN, answered_in, for_it
from hustings.apps.exchange.taking import REFUSED, TOOK
from hustings.apps.exchange.wording import RECEIPTS, RECORDS

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exchange.glancing import Followed, Glance
    from hustings.apps.exchange.models import Alarm, Contact, Taken
    from hustings.apps.statements.models import Party, Record
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
    theirs: Followed | None
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


def cards_of(campaign: Campaign, ledger: Ledger) -> list[PeerCard]:
    """Everybody who was met and has keys; who needs a person first."""
    order = (ALARMED, UNREACHED, WAITS, SILENT, FINE)
    glances = glances_at(campaign, peers_in(ledger))
    cards = [card_of(ledger, glance) for glance in glances.values()]
    return sorted(cards, key=lambda card: order.index(card.look))


def peers_in(ledger: Ledger) -> list[Party]:
    """Those who were met, by name."""
    return [party for party in ledger.parties if party.code in ledger.met]


def card_of(ledger: Ledger, glance: Glance) -> PeerCard:
    """One of them."""
    last, last_good = glance.last, glance.last_good
    failed = last if last is not None and not last.good else None
    waiting = len(for_it(ledger, glance.party, answered_in(glance.outcomes)))
    look = (
        ALARMED if glance.alarms else UNREACHED if failed else WAITS if waiting
        else FINE if last_good else SILENT
    )  # fmt: skip
    return PeerCard(
        party=glance.party, look=look, address=glance.address, waiting=waiting,
        refused=sum(1 for row in glance.outcomes.values() if row.state == REFUSED),
        last=last_good, failed=failed,
        again_at=max(glance.next_call, timezone.now()) if failed and glance.address else None,
        seen=glance.seen, of=ledger.log_size, theirs=glance.theirs, alarms=glance.alarms,
    )  # fmt: skip


def unmet(ledger: Ledger) -> list[Party]:
    """Those whose card is here and whose words were not compared."""
    return [
        party
        for party in ledger.parties
        if party.code.startswith("node:") and party.code not in ledger.met
    ]


def sendings_to(ledger: Ledger, glance: Glance) -> list[Sending]:
    """Each record that is for this peer, the newest first."""
    party, outcomes = glance.party, glance.outcomes
    due = {row.pk for row in for_it(ledger, party, answered_in(outcomes))}
    found = []
    for row in reversed(ledger.log):
        outcome = outcomes.get(row.pk)
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
