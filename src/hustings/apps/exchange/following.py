"""
A peer's keys and log, followed: each only goes on from what is held here, or is refused with the evidence.

The leaves of their log are held, and each record that they show us. A head counts if the log key that was in force
when we saw it had signed it, so that keys changed later take nothing back, and a thief's head can be put aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hustings.apps.exchange.access import heads_of, leaves_of
from hustings.apps.exchange.alarms import FORKED, KEYS, SHRANK, Alarming
from hustings.apps.exchange.models import PeerEntry, PeerHead
from hustings.apps.statements.histories import history_of, keep_history
from hustings.apps.statements.times import as_records_write_it
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.key_history import ForkedHistory, KeyHistory
from hustings.core.ledger.merkle import CompactRange, leaf_hash
from hustings.core.ledger.note import Note, read_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from hustings.apps.statements.models import Party

LATE = timedelta(seconds=60)
"""Two requests of one minute may overtake each other; a smaller log later than that has lost something."""


class Missing(BadInput):
    """Not enough of the log was sent; ``have`` says from which place on it is wanted."""

    def __init__(self, have: int) -> None:
        super().__init__(f"We hold {have} records of your log; send it from there on.")
        self.have = have


@dataclass(frozen=True, slots=True)
class Leaf:
    """One place of a log as it was shown: the record, or only the hash of its leaf."""

    hash: bytes
    content: bytes | None = None

    @classmethod
    def of(cls, content: bytes) -> Leaf:
        """A record that is shown."""
        return cls(leaf_hash(content), content)


@dataclass(frozen=True, slots=True)
class ShownLog:
    """A head, and the places of the log from ``start`` up to it."""

    note: Note
    start: int
    leaves: tuple[Leaf, ...]

    @property
    def head(self) -> Checkpoint:
        """The head as a value."""
        return Checkpoint.of_text(self.note.text)


def joined(party: Party, shown: KeyHistory) -> KeyHistory:
    """Their keys as we know them, with what goes on from there; nothing is written unless they forked."""
    known = history_of(party.campaign, party.code)
    if shown.node != party.code:
        raise BadInput("These are the keys of another node than the one that sends them.")
    try:
        return known.joined(shown)
    except ForkedHistory as error:
        first, second = (
            canonical(event.record).decode() + "\n" for event in (error.known, error.shown)
        )
        raise Alarming(KEYS, error.message, seen=first, shown=second) from error


def keep_keys(party: Party, shown: KeyHistory) -> KeyHistory:
    """The same, and what is new is pinned; what a thief had logged is put aside."""
    history = joined(party, shown)
    before = history_of(party.campaign, party.code)
    if len(history.events) > len(before.events):
        keep_history(party.campaign, history)
        _drop_unvouched(party, counting(party, history))
    return history


def counting(party: Party, history: KeyHistory) -> list[PeerHead]:
    """The heads that hold by the keys in force when we saw them, the largest first."""
    return holding(heads_of(party), history)


def holding(heads: Iterable[PeerHead], history: KeyHistory) -> list[PeerHead]:
    """Those of these."""
    return [
        head
        for head in heads
        if _holds(read_note(head.note), history, None)
        or _holds(read_note(head.note), history, as_records_write_it(head.at))
    ]


def _drop_unvouched(party: Party, counted: list[PeerHead]) -> None:
    """Forget places that no head stands for any more, as what a thief had logged."""
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party)
    rows.filter(place__gte=counted[0].size if counted else 0).delete()


def check_head(note: Note, history: KeyHistory) -> Checkpoint:
    """The head, if the log key in force signed it."""
    head = Checkpoint.of_text(note.text)
    if not _holds(note, history, None):
        raise BadInput(
            f"The head of {head.size} records is not signed with the log key that is in force."
        )
    return head


def _holds(note: Note, history: KeyHistory, seen: str | None) -> bool:
    head = Checkpoint.of_text(note.text)
    event = history.at(head.size - 1, seen)
    stolen = history.stolen(event, seen)
    return (
        head.origin == event.log.name
        and note.signed_by(event.log)
        and not (stolen and head.size > stolen[1])
    )


def follow(
    party: Party, history: KeyHistory, shown: ShownLog, *, shown_at: datetime, as_newest: bool
) -> None:
    """
    Take a peer's log in as far as it was shown.

    Parameters
    ----------
    shown_at, as_newest
        When they say so, and whether they say that this is all they have (a request), or it may be old (a file).

    Raises
    ------
    Missing
        When places before those that were sent are not held here.
    Alarming
        When it does not go on from what is held, or lost something; the evidence is kept.
    """
    head = check_head(shown.note, history)
    counted = counting(party, history)
    _drop_unvouched(party, counted)
    held = leaves_of(party)
    leaves = _whole(held, shown, head)
    roots = roots_at(leaves, {one.size for one in counted} | {head.size})
    forked = [place for place, ours in enumerate(held[: head.size]) if leaves[place] != ours]
    for one in reversed(counted):
        root = Checkpoint.of_text(read_note(one.note).text).root
        if (one.size <= head.size and roots[one.size] != root) or (forked and one.size > forked[0]):
            raise Alarming(
                FORKED,
                f"The log of {party.name} is forked: its head of {head.size} records does not go on from the "
                f"one of {one.size} that we co-signed.",
                seen=one.note, shown=str(shown.note), leaves=leaves,
            )  # fmt: skip
    last = counted[0] if counted else None
    if last is not None and head.size < last.size:
        if as_newest and shown_at > last.shown_at + LATE:
            raise Alarming(
                SHRANK,
                f"The log of {party.name} had {last.size} records and now shows {head.size}: it shrank.",
                seen=last.note, shown=str(shown.note), leaves=leaves,
            )  # fmt: skip
        return
    _keep(party, shown, len(held))
    if last is None or last.size < head.size:
        PeerHead.objects.create(
            campaign_id=party.campaign_id, party=party, size=head.size, note=str(shown.note),
            shown_at=shown_at,
        )  # fmt: skip


def roots_at(leaves: Sequence[bytes], sizes: set[int]) -> dict[int, bytes]:
    """The root that the log had at each of these sizes."""
    log, found = CompactRange(), {}
    for leaf in leaves:
        log, _ = log.append(leaf)
        if log.size in sizes:
            found[log.size] = log.root
    return found


def _whole(held: list[bytes], shown: ShownLog, head: Checkpoint) -> list[bytes]:
    """All leaves up to the head, which they lead to."""
    if shown.start > len(held):
        raise Missing(len(held))
    leaves = [*held[: shown.start], *(leaf.hash for leaf in shown.leaves)]
    if len(leaves) == head.size and roots_at(leaves, {head.size})[head.size] == head.root:
        return leaves
    if shown.start:
        raise Missing(0)
    raise BadInput(
        f"These are not the {head.size} records of the log {head.origin}: they do not lead to its root."
    )


def _keep(party: Party, shown: ShownLog, held: int) -> None:
    rows = PeerEntry.objects.of(party.campaign_id).filter(party=party)
    hidden = set(rows.filter(content=None).values_list("place", flat=True))
    for place, leaf in enumerate(shown.leaves, shown.start):
        if place in hidden and leaf.content is not None:
            rows.filter(place=place).update(content=leaf.content)
    PeerEntry.objects.bulk_create(
        PeerEntry(
            campaign_id=party.campaign_id, party=party, place=place, leaf=leaf.hash,
            content=leaf.content,
        )
        for place, leaf in enumerate(shown.leaves, shown.start)
        if place >= held
    )  # fmt: skip
