"""
What a bundle proves, and what it does not.

The laws, each judged by itself:

- *record*: it has the fields of its type;
- *keys*: the histories of keys hold, and begin with the name of the node;
- *signature*: a statement key of the issuer signed the record, and those it names approved it;
- *in-force*: that key was in force at this place of the log, and not stolen by then;
- *log*: the record stands at this place of the log with this head;
- *head*: the issuer's log key signed the head, under the name of its log;
- *witness*: every further line under the head is by a node whose keys are known, once, and true;
- *dated*: the record is not dated after a witness saw it;
- *asked-for*: it is from the node that was asked for.

Nothing here asks whether what was said is true, nor whether it was withdrawn after the head.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import Bundle, read_bundle
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.checkpoint import cosigned_at
from hustings.core.ledger.fields import moment_of
from hustings.core.ledger.records import check_record
from hustings.core.ledger.signatures import check_in_force, check_signed
from hustings.core.ledger.wording import not_proven, proven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hustings.core.ledger.key_history import KeyEvent, KeyHistory

LAWS = (
    "record", "keys", "signature", "in-force", "log", "head", "witness", "dated", "asked-for",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that does not hold, and how."""

    law: str
    message: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A witness that co-signed the head, and when."""

    node: str
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out; ``proven`` and ``not_proven`` are a sentence each."""

    record: dict[str, Any]
    hash: str
    issuer_name: str
    log: str
    index: int
    size: int
    witnesses: tuple[Seen, ...]
    broken: tuple[Broken, ...]
    proven: str = field(default="")
    not_proven: str = field(default="")

    @property
    def good(self) -> bool:
        """Whether no law is broken."""
        return not self.broken


def verify_bundle(
    text: str, known: Iterable[KeyHistory] = (), *, node: str | None = None
) -> Verdict:
    """
    The verdict on a bundle; ``BadInput`` where the text is no bundle at all.

    ``known`` are histories of keys that one has from elsewhere: they count before those in the bundle,
    and may stand for them. ``node`` is whom the record should be from.
    """
    return Judge(read_bundle(text), list(known), node).verdict()


class Judge:
    """One bundle under the laws; each law that does not hold is written down, and the rest are judged all the same."""

    def __init__(self, bundle: Bundle, known: list[KeyHistory], node: str | None) -> None:
        self.bundle = bundle
        self.node = node
        self.broken: list[Broken] = []
        self.brought: list[KeyHistory] = []
        self.histories = {history.node: history for history in known}
        self.known = frozenset(self.histories)
        self.seen: list[Seen] = []

    def verdict(self) -> Verdict:
        """All laws, then the sentences."""
        readable = self._holds("record", lambda: check_record(self.bundle.record))
        if self._holds("keys", self._read_keys):
            self._holds("witness", self._witnesses)
            if readable:
                self._holds("signature", self._signature)
                self._holds("in-force", self._in_force)
            self._holds("head", self._head)
        self._holds("log", lambda: self.bundle.proof.verify(self.bundle.leaf))
        self._holds("dated", self._dated)
        self._holds("asked-for", self._asked_for)
        issuer = self.histories.get(self.issuer)
        verdict = Verdict(
            record=self.bundle.record,
            hash=digest(self.bundle.record),
            issuer_name=issuer.now.name if issuer else "",
            log=self.bundle.proof.note.text.partition("\n")[0],
            index=self.bundle.proof.index,
            size=self._size(),
            witnesses=tuple(self.seen),
            broken=tuple(self.broken),
        )
        return _in_words(verdict)

    @property
    def issuer(self) -> str:
        """The node that is said to have signed the record."""
        return str(self.bundle.record.get("issuer", ""))

    @property
    def before(self) -> str | None:
        """
        When a witness whose keys the reader has from elsewhere saw this head; None if none did.

        Keys that only the bundle brings may be anybody's, so they do not tell a time.
        """
        return min((seen.at for seen in self.seen if seen.node in self.known), default=None)

    def _holds(self, law: str, judge: Callable[[], None]) -> bool:
        try:
            judge()
        except BadInput as error:
            self.broken.append(Broken(law, error.message))
            return False
        return True

    def _read_keys(self) -> None:
        self.brought = self.bundle.histories()
        for history in self.brought:
            before = self.histories.get(history.node)
            self.histories[history.node] = before.joined(history) if before else history
        if self.issuer not in self.histories:
            raise BadInput(
                f"The keys of {self.issuer[:60]} are not in this bundle; ask the campaign for its card."
            )
        if self.brought and self.brought[0].node != self.issuer:
            raise BadInput("The first keys of a bundle should be the issuer's.")

    def _signature(self) -> None:
        history, index = self.histories[self.issuer], self.bundle.proof.index
        check_signed(self.bundle.record, index, history, self.before)

    def _in_force(self) -> None:
        history, index = self.histories[self.issuer], self.bundle.proof.index
        check_in_force(self.bundle.record, index, history, self.before)

    def _head(self) -> None:
        proof = self.bundle.proof
        head, event = proof.head, self._log_event()
        if head.origin != event.log.name:
            raise BadInput(f"The head is of the log {head.origin}, not of the issuer's own.")
        if proof.extra is not None:
            raise BadInput("The proof brings extra data that nobody vouches for.")
        if not proof.note.signed_by(event.log):
            raise BadInput("The head is not signed with the log key that was in force.")
        stolen = self.histories[self.issuer].stolen(event, self.before)
        if stolen and head.size > stolen[1]:
            raise BadInput("The head is signed with a log key that was stolen by then.")

    def _log_event(self) -> KeyEvent:
        return self.histories[self.issuer].at(self._size() - 1, self.before)

    def _witnesses(self) -> None:
        note = self.bundle.proof.note
        first, *lines = note.signatures
        for line in lines:
            history, time = self._seen_by(line.name)
            self.seen.append(Seen(history.node, history.now.name, moment_of(time)))
        if not first.is_by(self._log_event().log):
            raise BadInput("The first line under the head should be the log's own.")
        nodes = [seen.node for seen in self.seen]
        if len(set(nodes)) != len(nodes):
            raise BadInput("One witness stands twice under the head.")
        brought = [history.node for history in self.brought if history.node != self.issuer]
        if brought and brought != nodes:
            raise BadInput(
                "The keys of a witness are here without its line, or in another order; something was taken out."
            )

    def _seen_by(self, name: str) -> tuple[KeyHistory, int]:
        for history in self.histories.values():
            for event in history.events:
                if history.node == self.issuer or event.witness.name != name:
                    continue
                time = cosigned_at(self.bundle.proof.note, event.witness)
                if time is None:
                    continue
                stolen = history.stolen(event)
                moment = moment_of(time)
                if moment < event.valid_from or (stolen and moment >= stolen[0]):
                    raise BadInput(f"The witness key of {name} was not in force at {moment}.")
                return history, time
        raise BadInput(f"The line of {name} under the head is by nobody whose keys are here.")

    def _dated(self) -> None:
        created = self.bundle.record.get("created")
        early = [seen for seen in self.seen if isinstance(created, str) and seen.at < created]
        if early:
            raise BadInput(
                f"The record is dated {created}, but {early[0].name} saw it already at {early[0].at}."
            )

    def _asked_for(self) -> None:
        if self.node is not None and self.issuer != self.node:
            raise BadInput(
                f"This is from {self.issuer[:60]}, not from {self.node[:60]}, which was asked for."
            )

    def _size(self) -> int:
        try:
            return self.bundle.proof.head.size
        except BadInput:
            return 0


def _in_words(verdict: Verdict) -> Verdict:
    return replace(verdict, proven=proven(verdict), not_proven=not_proven(verdict))
