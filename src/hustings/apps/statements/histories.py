"""Whose keys: our own history, and those of nodes that were met by telephone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hustings.apps.statements.models import KeyLine, Meeting
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, read_canonical
from hustings.core.ledger.key_history import KeyHistory
from hustings.core.ledger.note import Note, Verifier, read_note, sign_note
from hustings.core.ledger.spoken import words_of_both

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party
    from hustings.core.ledger.keys import SecretKey

MET = "hustings-met@v1"


def histories_of(campaign: Campaign) -> dict[str, KeyHistory]:
    """Every history of keys that is kept here, by node."""
    lines: dict[str, list[Any]] = defaultdict(list)
    for line in KeyLine.objects.of(campaign).order_by("node", "seq"):
        lines[line.node].append(read_canonical(bytes(line.content)))
    return {node: KeyHistory.of(events) for node, events in lines.items()}


def history_of(campaign: Campaign, node: str) -> KeyHistory:
    """One node's history."""
    rows = KeyLine.objects.of(campaign).filter(node=node).order_by("seq")
    return KeyHistory.of(read_canonical(bytes(line.content)) for line in rows)


def keep_history(campaign: Campaign, history: KeyHistory) -> None:
    """Add what is new in a history that goes on from the one that is kept."""
    known = KeyLine.objects.of(campaign).filter(node=history.node).count()
    KeyLine.objects.bulk_create(
        KeyLine(campaign=campaign, node=event.node, seq=event.seq, content=canonical(event.record))
        for event in history.events[known:]
    )


def met_note(us: str, them: str, day: str, key: SecretKey) -> Note:
    """What our node signs once the words were compared."""
    words = " ".join(words_of_both(us, them))
    return sign_note(f"{MET}\n{them}\n{words}\n{day}\n", us, key)


def met(campaign: Campaign, us: KeyHistory) -> set[str]:
    """The nodes whose words were compared, by notes that we did sign ourselves."""
    rows = Meeting.objects.of(campaign).select_related("party")
    return {row.party.code for row in rows if _is_ours(row.note, us, row.party)}


def _is_ours(text: str, us: KeyHistory, party: Party) -> bool:
    try:
        note = read_note(text)
        lines = note.text.split("\n")
        return (
            lines[0] == MET
            and lines[1] == party.code
            and lines[2] == " ".join(words_of_both(us.node, party.code))
            and any(
                note.signed_by(Verifier(us.node, event.key("statement"))) for event in us.events
            )
        )
    except (BadInput, IndexError):
        return False
