"""
The only way a record of ours comes to be: signed, kept in its canonical bytes, and logged with a new head.

What stays inside the campaign (drafts, approvals, hopes, what was told) is signed and kept, and not logged.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Q

from hustings.apps.statements.locking import one_at_a_time
from hustings.apps.statements.models import Entry, Head, Record, Subtree
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.times import now_as_records_write_it
from hustings.core.ledger.canonical import canonical, digest
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.merkle import CompactRange, leaf_hash
from hustings.core.ledger.records import sign_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.key_files import Secrets

LOGGED = frozenset(
    {
        "statement", "receipt", "query", "claim", "response", "retraction", "announcement",
        "referral", "consent", "deletion", "release", "event",
    }
)  # fmt: skip
"""What others may ask us for; the rest is ours alone."""


def say(campaign: Campaign, type_: str, /, **fields: Any) -> Record:
    """A new record of ours; the campaign's wall must be open, and the caller writes the audit line."""
    one_at_a_time(campaign)
    history, secrets = secrets_now(campaign)
    bare = {
        "id": uuid4().urn,
        "type": type_,
        "issuer": history.node,
        "created": now_as_records_write_it(),
        **fields,
    }
    said = sign_record(bare, secrets.key("statement"))
    record = keep(campaign, said)
    if type_ in LOGGED:
        _log(campaign, record, history.now.record["origin"], secrets)
    return record


def keep(campaign: Campaign, said: dict[str, Any]) -> Record:
    """The record as it stands, once."""
    name = digest(said)
    record: Record
    record, _made = Record.objects.of(campaign).get_or_create(
        campaign=campaign,
        name=name,
        defaults={"kind": said["type"], "issuer": said["issuer"], "content": canonical(said)},
    )
    return record


def _log(campaign: Campaign, record: Record, origin: str, secrets: Secrets) -> None:
    leaf = leaf_hash(bytes(record.content))
    log, made = range_of(campaign).append(leaf)
    Entry.objects.create(campaign=campaign, place=log.size - 1, record=record, leaf=leaf)
    Subtree.objects.bulk_create(
        Subtree(campaign=campaign, level=level, place=place, hash=hash_)
        for level, place, hash_ in made
    )
    note = Checkpoint(origin, log.size, log.root).sign(secrets.key("log"))
    Head.objects.create(campaign=campaign, size=log.size, note=str(note))


def range_of(campaign: Campaign) -> CompactRange:
    """Our log as little as an append needs of it: one hash for each 1 bit of its size."""
    last = Entry.objects.of(campaign).order_by("-place").first()
    size = last.place + 1 if last else 0
    peaks, begin = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks.append(stored(campaign, level, begin >> level))
            begin += 1 << level
    return CompactRange(size, tuple(peaks))


def stored(campaign: Campaign, level: int, place: int) -> bytes:
    """The kept hash of a complete subtree."""
    return bytes(Subtree.objects.of(campaign).get(level=level, place=place).hash)


class Hashes:
    """The kept hashes that some proofs need, read in one statement: first say which proofs, then make them."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.wanted: set[tuple[int, int]] = set()
        self.read: dict[tuple[int, int], bytes] = {}

    def want(self, path: Callable[..., object], *arguments: int) -> None:
        """That proof will be made: it is walked once without the hashes, to see which it asks for."""

        def asked(level: int, place: int) -> bytes:
            self.wanted.add((level, place))
            return b""

        path(*arguments, asked)

    def stored(self, level: int, place: int) -> bytes:
        """The kept hash of a complete subtree, as :func:`stored`."""
        if self.wanted:
            by_level: dict[int, list[int]] = {}
            for high, wide in self.wanted:
                by_level.setdefault(high, []).append(wide)
            there = (Q(level=high, place__in=wide) for high, wide in sorted(by_level.items()))
            for row in Subtree.objects.of(self.campaign).filter(reduce(or_, there)):
                self.read[row.level, row.place] = bytes(row.hash)
            self.wanted.clear()
        return self.read[level, place]
