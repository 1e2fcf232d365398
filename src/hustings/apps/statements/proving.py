"""
Records with their proofs and the keys, to be verified by anybody; theirs as they came.

However many are asked for, places, hashes and witnesses are read once for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.together import together
from hustings.apps.statements.histories import histories_in, key_lines
from hustings.apps.statements.models import Arrival, Entry, Head
from hustings.apps.statements.recording import Hashes
from hustings.apps.statements.witnesses import seen_from
from hustings.core.errors import BadInput
from hustings.core.ledger.bundle import make_bundle
from hustings.core.ledger.note import read_note
from hustings.core.ledger.tlog_proof import TlogProof
from hustings.core.ledger.tree import inclusion_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.core.ledger.key_history import KeyHistory


def bundle_of(record: Record) -> str:
    """One record with its proof."""
    return bundles_of(record.campaign, [record])[record.pk]


def bundles_of(
    campaign: Campaign, records: Sequence[Record], ledger: Ledger | None = None
) -> dict[int, str]:
    """
    The bundle of each, by the record's number; ``BadInput`` where one of them stays inside the campaign.

    Parameters
    ----------
    ledger
        What was read already, where it was.
    """
    if not records:
        return {}
    if ledger:
        places = {row.pk: ledger.places[row.pk] for row in ledger.log}
        us, histories = ledger.us, ledger.histories
    else:
        entries = Entry.objects.of(campaign).filter(record__in=[row.pk for row in records])
        placed, lines = together(entries.values_list("record_id", "place"), key_lines(campaign))
        places = dict(placed)
        us, histories = histories_in(lines)
    found = _as_they_came(campaign, [row for row in records if row.pk not in places])
    ours = [row for row in records if row.pk in places]
    if ours:
        found |= _proven(campaign, ours, places, us, histories)
    return found


def _as_they_came(campaign: Campaign, records: Sequence[Record]) -> dict[int, str]:
    rows = Arrival.objects.of(campaign).filter(record__in=records) if records else ()
    found = {row.record_id: row.bundle for row in sorted(rows, key=lambda row: row.pk)}
    if any(row.pk not in found for row in records):
        raise BadInput("This record stays inside the campaign; there is no proof of it to give.")
    return found


def _proven(
    campaign: Campaign,
    records: Sequence[Record],
    places: Mapping[int, int],
    us: str,
    histories: Mapping[str, KeyHistory],
) -> dict[int, str]:
    newest = seen_from(campaign, min(places[row.pk] for row in records), us, histories)
    seen = {row.pk: newest(places[row.pk], row.said["created"]) for row in records}
    heads: dict[int, Head] = {pk: one.head for pk, one in seen.items() if one}
    if len(heads) < len(seen):
        ours: Head = Head.objects.of(campaign).order_by("-size")[0]
        heads = {pk: heads.get(pk, ours) for pk in seen}
    hashes = Hashes(campaign)
    for row in records:
        hashes.want(inclusion_path, places[row.pk], heads[row.pk].size)
    found = {}
    for row in records:
        one, head = seen[row.pk], heads[row.pk]
        lines = one.lines if one else ()
        path = inclusion_path(places[row.pk], head.size, hashes.stored)
        note = read_note(head.note).with_lines(line for line, _history in lines)
        proof = TlogProof(places[row.pk], tuple(path), note)
        keys = [histories[us], *(theirs for _line, theirs in lines)]
        found[row.pk] = str(make_bundle(row.said, proof, keys))
    return found
