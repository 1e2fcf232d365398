"""Two campaigns with keys, logs and a word for each other: Alder and Birch, who are witness to one another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hustings.core.ledger.bundle import Bundle, make_bundle
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.key_history import (
    KeyHistory,
    commitment,
    first_event,
    next_event,
    recovery_hash,
)
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.merkle import CompactRange, leaf_hash
from hustings.core.ledger.note import Note
from hustings.core.ledger.records import sign_record
from hustings.core.ledger.tlog_proof import TlogProof
from hustings.core.ledger.tree import consistency_path, inclusion_path
from hustings.core.ledger.witness import Witness

T0 = "2016-06-01T09:00:00Z"
NOON = 1_472_040_000  # 2016-08-24T12:00:00Z
MADE = "2016-08-24T10:00:00Z"


def secret(name: str) -> SecretKey:
    """The same secret for the same name."""
    return SecretKey(hashlib.sha256(f"secret of {name}".encode()).digest())


def urn(number: int | str) -> str:
    """The same id for the same number."""
    return f"urn:uuid:{UUID(bytes=hashlib.sha256(str(number).encode()).digest()[:16])}"


def key_set(name: str, turn: int) -> dict[str, str]:
    """The public keys that a campaign uses in its turn."""
    parts = ("statement", "log", "witness")
    return {part: secret(f"{name} {part} {turn}").public.multikey for part in parts}


@dataclass
class Campaign:
    """A campaign as its server would be: it holds secrets, a log, and what it saw of others."""

    name: str
    extra: dict[str, Any] = field(default_factory=dict)
    turn: int = 0
    records: list[dict[str, Any]] = field(default_factory=list)
    hashes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    log: CompactRange = field(default_factory=CompactRange)
    saw: dict[str, Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fields = self._fields(0, T0, 0) | self.extra
        self.history = KeyHistory.of([first_event(fields, self.statement_key)])

    @property
    def node(self) -> str:
        return self.history.node

    @property
    def statement_key(self) -> SecretKey:
        return secret(f"{self.name} statement {self.turn}")

    @property
    def log_key(self) -> SecretKey:
        return secret(f"{self.name} log {self.turn}")

    @property
    def witness_key(self) -> SecretKey:
        return secret(f"{self.name} witness {self.turn}")

    @property
    def origin(self) -> str:
        return f"{self.name.lower()}.example/log"

    def _fields(self, turn: int, created: str, size: int) -> dict[str, Any]:
        return {
            "id": urn(f"{self.name} keys {turn}"),
            "created": created,
            "name": f"{self.name} for Mayor",
            "origin": self.origin,
            "keys": key_set(self.name, turn),
            "next": commitment(key_set(self.name, turn + 1)),
            "recovery": recovery_hash(secret(f"{self.name} recovery {turn}").public),
            "logSize": size,
        }

    def rotate(self, created: str, **more: Any) -> None:
        """The next keys come into force."""
        self.turn += 1
        fields = self._fields(self.turn, created, self.log.size) | more
        event = next_event(self.history.now, fields, self.statement_key)
        self.history = KeyHistory.of([*(e.record for e in self.history.events), event])

    def say(self, type_: str, *, created: str = MADE, **fields: Any) -> dict[str, Any]:
        """A signed record; not yet logged."""
        bare = {
            "id": urn(f"{self.name} {len(self.records)} {type_} {sorted(fields.items())!r}"),
            "type": type_,
            "issuer": self.node,
            "created": created,
            **fields,
        }
        return sign_record(bare, self.statement_key)

    def statement(
        self, kind: str, body: str, *, to: Campaign | None = None, **more: Any
    ) -> dict[str, Any]:
        fields = {
            "kind": kind, "to": [to.node] if to else [], "body": body, "lang": "en", "public": True,
            "seq": len(self.records),
        } | more  # fmt: skip
        return self.say("statement", **fields)

    def add(self, record: dict[str, Any]) -> int:
        """The record at the end of the log; its index."""
        self.log, made = self.log.append(leaf_hash(canonical(record)))
        self.hashes |= {(level, index): hash_ for level, index, hash_ in made}
        self.records.append(record)
        return len(self.records) - 1

    def head(self) -> Note:
        return Checkpoint(self.origin, self.log.size, self.log.root).sign(self.log_key)

    def watch(self, other: Campaign, time: int = NOON) -> Note:
        """The other's head with our line under it."""
        last, shown = self.saw.get(other.node), other.head()
        old = int(last.text.split("\n")[1]) if last else 0
        size = other.log.size
        path = consistency_path(old, size, lambda *at: other.hashes[at]) if 0 < old < size else []
        line = Witness(self.origin, self.witness_key).consider(
            shown, path, log=other.history.now.log, last=last, time=time
        )
        self.saw[other.node] = shown
        return shown.with_lines([line])

    def bundle(self, index: int, note: Note, *witnesses: Campaign) -> Bundle:
        size = int(note.text.split("\n")[1])
        path = tuple(inclusion_path(index, size, lambda *at: self.hashes[at]))
        histories = [self.history, *(witness.history for witness in witnesses)]
        return make_bundle(self.records[index], TlogProof(index, path, note), histories)


def pair() -> tuple[Campaign, Campaign]:
    """Alder and Birch, whose logs hold a few records each."""
    alder, birch = Campaign("Alder"), Campaign("Birch")
    for campaign, other in ((alder, birch), (birch, alder)):
        for number in range(11):
            campaign.add(campaign.statement("fact", f"Fact {number} of {campaign.name}.", to=other))
    return alder, birch


def greeting_bundle() -> tuple[Campaign, Campaign, Bundle]:
    """Birch greets Alder; Alder saw it in Birch's log."""
    alder, birch = pair()
    index = birch.add(
        birch.statement("greeting", "We wish you well, “neighbours” — été.", to=alder)
    )
    birch.add(birch.statement("fact", "One more.", to=alder))
    return alder, birch, birch.bundle(index, alder.watch(birch), alder)
