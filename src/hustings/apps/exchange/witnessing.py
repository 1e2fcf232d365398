"""Each the witness of the other: our line under their head, and theirs under ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from hustings.apps.exchange.access import cosignatures_by
from hustings.apps.exchange.alarms import FORKED, SHRANK, Alarming
from hustings.apps.exchange.following import LATE, counting, holding
from hustings.apps.exchange.models import Cosignature, PeerHead
from hustings.apps.statements import key_files
from hustings.apps.statements.histories import history_of, is_met_by
from hustings.apps.statements.models import Head, Record
from hustings.apps.statements.node import secrets_now
from hustings.apps.statements.witnesses import SeenHead
from hustings.core.errors import BadInput
from hustings.core.ledger.checkpoint import Checkpoint, cosign, cosigned_at
from hustings.core.ledger.fields import moment_of
from hustings.core.ledger.note import Note, NoteSignature, read_note
from hustings.core.ledger.witness import Equivocation, Witness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.apps.statements.reading import Ledger
    from hustings.apps.statements.witnesses import Newest
    from hustings.core.ledger.key_history import KeyHistory


class OtherSize(BadInput):
    """The witness was asked to go on from another size than the one it co-signed last."""

    def __init__(self, size: int) -> None:
        super().__init__(f"The last head that was co-signed here has {size} records.")
        self.size = size


def our_line(
    party: Party, ledger: Ledger, known: Sequence[PeerHead]
) -> tuple[int, NoteSignature] | None:
    """The size of the newest head of theirs that we followed, of those known, and our line under it."""
    campaign = party.campaign
    theirs = ledger.histories.get(party.code)
    heads = holding(known, theirs) if theirs else []
    if not heads:
        return None
    ours = ledger.histories[ledger.us]
    secrets = key_files.read(campaign.pk, ours.node, ours.now.seq)
    note = read_note(heads[0].note)
    line = cosign(note.text, _now_s(), ours.now.witness.name, secrets.key("witness"))
    return heads[0].size, line


def add_checkpoint(
    party: Party, old: int, path: Sequence[bytes], shown: Note, *, shown_at: datetime | None
) -> NoteSignature:
    """
    Co-sign a head that goes on from the one that was co-signed last.

    Parameters
    ----------
    shown_at
        When the log itself says that this is its head now; None where anybody may have brought it.

    Raises
    ------
    OtherSize
        When it is to go on from a head that is not the last one.
    Alarming
        When it is a fork, or the log says that it shrank; both heads are kept.
    """
    campaign = party.campaign
    history = history_of(campaign, party.code)
    head = Checkpoint.of_text(shown.text)
    if old > head.size:
        raise BadInput(f"A head of {head.size} records does not go on from one of {old}.")
    heads = counting(party, history)
    last = read_note(heads[0].note) if heads else None
    if heads and head.size < heads[0].size:
        _check_same(heads, head, shown)
        if shown_at is None or shown_at <= heads[0].shown_at + LATE:
            raise OtherSize(heads[0].size)
    elif old != (heads[0].size if heads else 0) and not (heads and head.size == heads[0].size):
        raise OtherSize(heads[0].size if heads else 0)
    ours, secrets = secrets_now(campaign)
    log = history.at(head.size - 1).log
    witness = Witness(ours.now.witness.name, secrets.key("witness"))
    try:
        line = witness.consider(shown, path, log=log, last=last, time=_now_s())
    except Equivocation as error:
        kind = SHRANK if heads and head.size < heads[0].size else FORKED
        raise Alarming(kind, error.message, seen=str(error.seen), shown=str(shown)) from error
    if not heads or heads[0].size < head.size:
        PeerHead.objects.create(
            campaign=campaign, party=party, size=head.size, note=str(shown),
            shown_at=shown_at or timezone.now(),
        )  # fmt: skip
    return line


def _check_same(heads: list[PeerHead], head: Checkpoint, shown: Note) -> None:
    """An older head may come late; another one of the same size is a fork, whoever brings it."""
    for one in heads:
        if one.size == head.size and Checkpoint.of_text(read_note(one.note).text).root != head.root:
            message = f"The log {head.origin} shows two heads of {head.size} records: it is forked."
            raise Alarming(FORKED, message, seen=one.note, shown=str(shown))


def keep_line(party: Party, size: int, line: NoteSignature) -> None:
    """Keep a peer's line under our head, if it is true and not dated before what the head covers."""
    campaign = party.campaign
    head = Head.objects.of(campaign).filter(size=size).first()
    if head is None:
        raise BadInput(f"We have no head of {size} records that could be co-signed.")
    moment = _moment(head, line, history_of(campaign, party.code))
    if moment < _made(campaign, size):
        raise BadInput(
            f"{party.name} dates its line under our head before our last record; one of the two clocks is wrong."
        )
    for one in cosignatures_by(party).filter(head=head):
        if _moment(head, _line_of(one), history_of(campaign, party.code)) >= _made(campaign, size):
            return
    Cosignature.objects.create(campaign=campaign, head=head, party=party, line=str(line))


def is_seen_by(party: Party, size: int) -> bool:
    """Whether they co-signed our head of that size."""
    return cosignatures_by(party).filter(head__size=size).exists()


def seen_from(
    campaign: Campaign, place: int, us: str, histories: Mapping[str, KeyHistory]
) -> Newest:
    """Of the heads over that place of our log and those after it: the newest that a peer co-signed."""
    lines: dict[int, Cosignature] = {}
    known: set[str] = set()
    rows = Cosignature.objects.of(campaign).filter(head__size__gt=place)
    rows = rows.select_related("head", "party").annotate(met_note=F("party__meetings__note"))
    for row in rows.order_by("-head__size", "party_id", "id"):
        lines.setdefault(row.pk, row)
        if row.met_note is not None and is_met_by(row.met_note, histories[us], row.party):
            known.add(row.party.code)
    met = [row for row in lines.values() if row.party.code in known]

    def newest(at: int, made: str) -> SeenHead | None:
        found: dict[str, tuple[NoteSignature, KeyHistory]] = {}
        head: Head | None = None
        for row in met:
            if row.head.size <= at or (head is not None and row.head.size != head.size):
                break
            history = histories.get(row.party.code)
            if history is None:
                continue
            try:
                moment = _moment(row.head, _line_of(row), history)
            except BadInput:
                continue
            if moment >= made:
                head = row.head
                found[row.party.code] = (_line_of(row), history)
        return SeenHead(head, tuple(found.values())) if head is not None else None

    return newest


def _moment(head: Head, line: NoteSignature, history: KeyHistory) -> str:
    """When the peer saw the head, by its line; ``BadInput`` if the line is not true."""
    note = Note(read_note(head.note).text, (line,))
    for event in reversed(history.events):
        at_s = cosigned_at(note, event.witness)
        if at_s is None:
            continue
        moment, stolen = moment_of(at_s), history.stolen(event)
        if moment < event.valid_from or (stolen and moment >= stolen[0]):
            break
        return moment
    raise BadInput("The line under our head is not by a witness key of theirs that is in force.")


def line_of_text(text: str) -> NoteSignature:
    """A line as it stands under a note."""
    return read_note(f"-\n\n{text.rstrip(chr(10))}\n").signatures[0]


def _line_of(row: Cosignature) -> NoteSignature:
    return line_of_text(row.line)


def _made(campaign: Campaign, size: int) -> str:
    """When the last record under that head was made."""
    rows = Record.objects.of(campaign).filter(entries__place=size - 1)
    row: Record = rows.get()
    return str(row.said["created"])


def _now_s() -> int:
    return int(timezone.now().timestamp())
