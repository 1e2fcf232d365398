"""Whose keys: our own history, and those of nodes that were met by telephone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef

from hustings.apps.campaigns.together import together
from hustings.apps.statements.models import KeyLine, Meeting, Node, Party
from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical, read_canonical
from hustings.core.ledger.key_history import KeyHistory
from hustings.core.ledger.note import Note, Verifier, read_note, sign_note
from hustings.core.ledger.spoken import words_of_both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.ledger.keys import SecretKey

MET = "hustings-met@v1"


def histories_of(campaign: Campaign) -> dict[str, KeyHistory]:
    """Every history of keys that is kept here, by node."""
    return our_histories(campaign)[1]


def our_histories(campaign: Campaign) -> tuple[str, dict[str, KeyHistory]]:
    """The name of our own node ("" before its keys are made), and every history; one statement."""
    return histories_in(key_lines(campaign))


def key_lines(campaign: Campaign) -> QuerySet[Any]:
    """The question for it; its rows are for :func:`histories_in`."""
    ours = Node.objects.of(campaign).filter(name=OuterRef("node"))
    rows = KeyLine.objects.of(campaign).annotate(is_ours=Exists(ours))
    found: QuerySet[Any] = rows.order_by("node", "seq")
    return found


def histories_in(rows: Iterable[Any]) -> tuple[str, dict[str, KeyHistory]]:
    """The name of our own node, and every history, out of these rows."""
    us, lines = "", defaultdict[str, list[Any]](list)
    for line in rows:
        us = line.node if line.is_ours else us
        lines[line.node].append(read_canonical(bytes(line.content)))
    return us, {node: KeyHistory.of(events) for node, events in lines.items()}


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
    return {row.party.code for row in rows if is_met_by(row.note, us, row.party)}


@dataclass(frozen=True, slots=True)
class Known:
    """
    Our own node ("" before its keys are made), every history of keys, and everybody we exchange a word with.

    ``met`` are the nodes of those whose words were compared.
    """

    us: str
    histories: dict[str, KeyHistory]
    parties: tuple[Party, ...]
    met: set[str]


def known_to(campaign: Campaign) -> Known:
    """All of it, in one statement; the parties by name."""
    rows = Party.objects.of(campaign).annotate(met_note=F("meetings__note")).order_by("name", "pk")
    lines, notes = together(key_lines(campaign), rows)
    us, histories = histories_in(lines)
    parties: dict[int, Party] = {}
    met = set()
    for row in notes:
        row.campaign = campaign
        parties.setdefault(row.pk, row)
        if us and row.met_note is not None and is_met_by(row.met_note, histories[us], row):
            met.add(row.code)
    return Known(us, histories, tuple(parties.values()), met)


def is_met_by(text: str, us: KeyHistory, party: Party) -> bool:
    """Whether that note says that we compared words with this party, and we did sign it ourselves."""
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
