"""What somebody who holds a campaign's keys could show: another log, less of the log, and a word in it that was never said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.following import Leaf, ShownLog
from hustings.apps.exchange.packing import pack, shown_leaves
from hustings.apps.exchange.parcels import Parcel
from hustings.apps.exchange.sending import signed
from hustings.apps.statements.models import Head
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.times import now_as_records_write_it
from hustings.core.exchange.signed_request import Request
from hustings.core.ledger.bundle import make_bundle
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.merkle import CompactRange
from hustings.core.ledger.note import read_note
from hustings.core.ledger.records import sign_record
from hustings.core.ledger.tlog_proof import TlogProof
from hustings.core.ledger.tree import inclusion_path
from tests.apps.exchange.wire import address, delivered

if TYPE_CHECKING:
    from dataclasses import dataclass

    from hustings.apps.exchange.calling import Answer
    from hustings.apps.statements.key_files import Secrets
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.key_history import KeyHistory
    from tests.apps.statements.talking import Desk
else:
    from dataclasses import dataclass


@dataclass(frozen=True)
class Stolen:
    """A copy of a campaign's live keys, and of its history as it was then."""

    history: KeyHistory
    keys: Secrets

    @classmethod
    def of(cls, desk: Desk) -> Stolen:
        with tenant(desk.campaign.pk):
            return cls(*secrets_now(desk.campaign))

    def phantom(self) -> dict[str, Any]:
        """A statement of support that nobody made."""
        fields = {
            "id": uuid4().urn, "type": "statement", "issuer": self.history.node,
            "created": now_as_records_write_it(), "kind": "support", "to": [], "body": "PHANTOM",
            "lang": "en", "public": True, "seq": 0,
        }  # fmt: skip
        return sign_record(fields, self.keys.key("statement"))


def with_a_phantom(desk: Desk, party: Party, after: int, stolen: Stolen) -> Parcel:
    """The log as it was after so many records, and then the phantom, with its proof."""
    with tenant(desk.campaign.pk):
        true = pack(party, 0, whole=True)
    leaves = list(true.log.leaves[:after]) if true.log else []
    phantom = stolen.phantom()
    leaves.append(Leaf.of(canonical(phantom)))
    log, stored = CompactRange(), {}
    for leaf in leaves:
        log, made = log.append(leaf.hash)
        stored |= {(level, place): hash_ for level, place, hash_ in made}
    origin = stolen.history.now.record["origin"]
    note = Checkpoint(origin, log.size, log.root).sign(stolen.keys.key("log"))
    path = inclusion_path(after, log.size, lambda *at: stored[at])
    bundle = make_bundle(phantom, TlogProof(after, tuple(path), note), [stolen.history])
    return Parcel(
        sender=stolen.history.node, receiver=party.code, keys=stolen.history, have=true.have,
        log=ShownLog(note, 0, tuple(leaves)), bundles=(str(bundle),),
    )  # fmt: skip


def shrunken(desk: Desk, party: Party, size: int) -> Parcel:
    """The log as it was after so many records, shown as all there is."""
    with tenant(desk.campaign.pk):
        true = pack(party, 0, whole=True)
        ledger = ledger_of(desk.campaign)
        leaves = shown_leaves(desk.campaign, ledger, party.code, 0, size)
        head = Head.objects.of(desk.campaign).get(size=size)
        log = ShownLog(read_note(head.note), 0, tuple(leaves))
    return Parcel(sender=true.sender, receiver=party.code, keys=true.keys, have=true.have, log=log)


def shows(desk: Desk, to: Desk, parcel: Parcel) -> Answer:
    """The parcel, signed with the keys that the campaign has now."""
    with tenant(desk.campaign.pk):
        request = signed(
            desk.campaign,
            Request("POST", f"{address(to)}exchange/inbox", {}, str(parcel).encode()),
        )
    return delivered(request)
