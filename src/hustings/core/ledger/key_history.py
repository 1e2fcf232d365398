"""
Whose keys, and since when: a chain of key events, each bound by the one before it.

A node's name is the hash of its first event, so nobody else can begin its history.
Every event holds the hash of the *next* keys: a thief of the live keys cannot rotate to keys of his own.
If the next keys are lost too, the recovery key, of which only the hash is known, may rotate once.
Keys are known by this history alone; they are never fetched again because a signature failed.
Which keys are in force is told by the place in the log, which a witness has seen, not by the date in a record,
which whoever signs can choose. And nobody can take back what a witness had seen before by changing keys later.
Sources: KERI (Smith 2019, arXiv:1907.02143) for pre-rotation; did:webvh 1.0 for names that certify themselves.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger import fields as f
from hustings.core.ledger.canonical import canonical, digest
from hustings.core.ledger.keys import PublicKey
from hustings.core.ledger.multibase import to_multibase
from hustings.core.ledger.note import COSIGNATURE, Verifier
from hustings.core.ledger.proof import method_of, proofs_of, signed, verify_proof
from hustings.core.ledger.seal_keys import SealKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.core.ledger.keys import SecretKey


_KEYS = f.parts({"statement": f.TEXT, "log": f.TEXT, "witness": f.TEXT}, {"seal": f.TEXT})
_COMPROMISED = f.parts({"since": f.TIME, "logSize": f.WHOLE})
NEEDED = {
    "id": f.ID, "type": f.one_of("key_event"), "issuer": f.TEXT, "created": f.TIME, "seq": f.WHOLE,
    "name": f.TEXT, "origin": f.LOG_NAME, "keys": _KEYS, "next": f.HASH, "recovery": f.HASH,
    "logSize": f.WHOLE, "proof": f.by_name(f.ANYTHING),
}  # fmt: skip
ALLOWED = {
    "previous": f.HASH, "domain": f.TEXT, "recoveryKey": f.TEXT, "compromised": _COMPROMISED,
    "roles": f.by_name(f.TEXT), "threshold": f.by_name(f.WHOLE),
}  # fmt: skip


class ForkedHistory(BadInput):
    """A node showed two histories of its keys; ``known`` and ``shown`` are the two events."""

    def __init__(self, message: str, known: KeyEvent, shown: KeyEvent) -> None:
        super().__init__(message)
        self.known = known
        self.shown = shown


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One event, read from its record; whether it may follow another is the history's question."""

    record: dict[str, Any]

    @classmethod
    def of(cls, record: Any) -> KeyEvent:
        """The event that this record is."""
        if not isinstance(record, dict) or record.get("type") != "key_event":
            raise BadInput("A key line holds a record of the type key_event; this one does not.")
        f.check(record, NEEDED, ALLOWED, "key_event")
        event = cls(record)
        if len({event.key(name).raw for name in ("statement", "log", "witness")}) < 3:
            raise BadInput(
                "A node signs statements, heads and co-signatures with three keys, not fewer."
            )
        if "seal" in record["keys"]:
            SealKey.of_multikey(record["keys"]["seal"])
        for key in record.get("roles", {}).values():
            PublicKey.of_multikey(key)
        return event

    @property
    def node(self) -> str:
        """The name of the node."""
        return str(self.record["issuer"])

    @property
    def seq(self) -> int:
        """0, 1, 2 …"""
        return int(self.record["seq"])

    @property
    def hash(self) -> str:
        """The name of this record."""
        return digest(self.record)

    @property
    def name(self) -> str:
        """What the node calls itself."""
        return str(self.record["name"])

    @property
    def valid_from(self) -> str:
        """When these keys came into force."""
        return str(self.record["created"])

    @property
    def log_size(self) -> int:
        """How many records the log had before these keys came into force."""
        return int(self.record["logSize"])

    def key(self, name: str) -> PublicKey:
        """The key with which this node signs statements, its log, or as a witness."""
        return PublicKey.of_multikey(self.record["keys"][name])

    @property
    def seal(self) -> SealKey | None:
        """The key to which parts for this node alone are sealed; None where it has none."""
        text = self.record["keys"].get("seal")
        return SealKey.of_multikey(text) if text else None

    @property
    def log(self) -> Verifier:
        """The key that signs heads of this node's log."""
        return Verifier(self.record["origin"], self.key("log"))

    @property
    def witness(self) -> Verifier:
        """The key that co-signs heads of others."""
        return Verifier(self.record["origin"], self.key("witness"), COSIGNATURE)


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """A chain of events in which each was allowed by the one before it."""

    events: tuple[KeyEvent, ...]

    @classmethod
    def of(cls, records: Iterable[Any]) -> KeyHistory:
        """The history that these records are; ``BadInput`` where the chain does not hold."""
        events = tuple(map(KeyEvent.of, records))
        if not events:
            raise BadInput("There are no keys here; ask the campaign for its card.")
        _check_first(events[0])
        for before, after in pairwise(events):
            _check_next(before, after)
        return cls(events)

    @property
    def node(self) -> str:
        """The name of the node, which its first event certifies."""
        return self.events[0].node

    @property
    def now(self) -> KeyEvent:
        """The last event."""
        return self.events[-1]

    def joined(self, other: KeyHistory) -> KeyHistory:
        """The longer of two histories of one node; :class:`ForkedHistory` if neither goes on from the other."""
        for known, shown in zip(self.events, other.events, strict=False):
            if known.hash != shown.hash:
                message = f"The node {self.node} shows two different key events {known.seq}."
                raise ForkedHistory(message, known, shown)
        return max(self, other, key=lambda history: len(history.events))

    def at(self, index: int, seen: str | None = None) -> KeyEvent:
        """
        The event whose keys are in force for record ``index`` of the log.

        What came into force after a witness that the reader knows had ``seen`` the head is too late for it.
        """
        return [
            event
            for event in self.events
            if event.seq == 0
            or (event.log_size <= index and (seen is None or event.valid_from <= seen))
        ][-1]

    def stolen(self, event: KeyEvent, seen: str | None = None) -> tuple[str, int] | None:
        """Since when, and from which record on, the keys of ``event`` are not to be trusted; None if they are."""
        for later in self.events[event.seq + 1 : event.seq + 2]:
            theft = later.record.get("compromised")
            if theft and (seen is None or seen >= theft["since"]):
                return theft["since"], theft["logSize"]
        return None


def commitment(keys: Mapping[str, str]) -> str:
    """The hash by which an event binds the keys that come next."""
    return digest(dict(keys))


def recovery_hash(key: PublicKey) -> str:
    """The hash by which an event binds its recovery key."""
    return hashlib.sha256(key.multikey.encode()).hexdigest()


def first_event(fields: Mapping[str, Any], secret: SecretKey) -> dict[str, Any]:
    """The signed first event; ``fields`` without issuer, type, seq and proof."""
    record = {**fields, "type": "key_event", "seq": 0}
    return _signed({**record, "issuer": node_name(record)}, secret)


def next_event(before: KeyEvent, fields: Mapping[str, Any], secret: SecretKey) -> dict[str, Any]:
    """The signed event after ``before``; ``secret`` is its new statement key, or the recovery key."""
    record = {
        **fields, "type": "key_event", "issuer": before.node, "seq": before.seq + 1,
        "previous": before.hash,
    }  # fmt: skip
    return _signed(record, secret)


def node_name(record: Mapping[str, Any]) -> str:
    """The name that a first event gives its node: the hash of all it says but the name and the proof."""
    bare = {name: part for name, part in record.items() if name not in ("issuer", "proof")}
    return "node:" + to_multibase(hashlib.sha256(canonical(bare)).digest())


def _signed(record: Mapping[str, Any], secret: SecretKey) -> dict[str, Any]:
    return signed(record, secret, f"{record['issuer']}#{secret.public.multikey}")


def _check_first(event: KeyEvent) -> None:
    record = event.record
    if event.seq != 0 or {"previous", "recoveryKey", "compromised"} & set(record):
        raise BadInput("A history of keys begins with event 0; this one does not.")
    if event.node != node_name(record):
        raise BadInput(
            f"The name {event.node[:60]} is not the one that its first event gives it: it is somebody else's."
        )
    _check_signed(event, event.key("statement"))


def _check_next(before: KeyEvent, after: KeyEvent) -> None:
    record = after.record
    if after.node != before.node or after.seq != before.seq + 1:
        raise BadInput(
            f"After key event {before.seq} of {before.node[:60]} comes another than its next."
        )
    if record.get("previous") != before.hash:
        raise BadInput(f"Key event {after.seq} does not name the one before it.")
    if after.valid_from < before.valid_from or after.log_size < before.log_size:
        raise BadInput(f"Key event {after.seq} is older than the one before it.")
    stolen = record.get("compromised")
    if stolen and stolen["logSize"] > after.log_size:
        raise BadInput(f"Key event {after.seq} says keys were stolen after they were replaced.")
    if "recoveryKey" in record:
        key = PublicKey.of_multikey(record["recoveryKey"])
        if recovery_hash(key) != before.record["recovery"]:
            raise BadInput(f"Key event {after.seq} shows a recovery key that was not promised.")
        if before.record["recovery"] == record["recovery"]:
            raise BadInput(f"Key event {after.seq} promises a recovery key that is used up.")
        _check_signed(after, key)
        return
    if commitment(record["keys"]) != before.record["next"]:
        raise BadInput(
            f"Key event {after.seq} has other keys than were promised: whoever made it did not hold them."
        )
    _check_signed(after, after.key("statement"))


def _check_signed(event: KeyEvent, key: PublicKey) -> None:
    (proof,) = proofs_of(event.record)
    if method_of(proof) != f"{event.node}#{key.multikey}":
        raise BadInput(f"Key event {event.seq} is not signed with the key that may sign it.")
    verify_proof(event.record, proof, key)
