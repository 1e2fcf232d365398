"""Did they send us a message of support? For each of the others, in one line, as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.statements.queries import between, searched
from hustings.core.ledger.records import STRENGTH, SUPPORT
from hustings.core.ledger.states import is_for

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party
    from hustings.apps.statements.queries import Word
    from hustings.apps.statements.reading import Ledger

YES, LESS, NO = "yes", "less", "no"
LOUDER = {"claimed": 3, "denied": 2, "told": 1}
"""What is said to have been sent is answered before what was only hoped for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What stands between this party's message of support and us.

    ``verdict`` is yes, less (they gave a greeting, which is none) or no; ``word`` is what they gave, and ``said``
    what is claimed, hoped or told instead.
    """

    party: Party
    met: bool
    verdict: str
    word: Word | None
    said: Word | None
    held: int
    known: int

    @property
    def look(self) -> str:
        """Its colour: green for theirs, and otherwise that of what is said instead."""
        if self.verdict == YES:
            return "signed"
        return self.said.look if self.said is not None else "told"


def answers(ledger: Ledger) -> list[Answer]:
    """Of everybody we exchange a word with: those who sent one first, then by name."""
    found = [answer_of(ledger, party) for party in ledger.parties]
    return sorted(found, key=lambda one: one.verdict != YES)


def answer_of(ledger: Ledger, party: Party) -> Answer:
    """Of one of them."""
    words = between(ledger, party)
    given = [word for word in words if _is_their_word(ledger, word, party)]
    best = max(given, key=lambda word: (STRENGTH[word.kind], word.at), default=None)
    strength = STRENGTH[best.kind] if best else 0
    verdict = YES if strength >= STRENGTH[SUPPORT] else LESS if best else NO
    instead = [word for word in words if word is not best and _instead(ledger, word, party)]
    said = max(instead, key=lambda word: (LOUDER.get(word.look, 0), word.at), default=None)
    met = party.code in ledger.met
    return Answer(party, met, verdict, best, said, *searched(ledger, party))


def _is_their_word(ledger: Ledger, word: Word, party: Party) -> bool:
    one = ledger.standing.heard[word.row.name]
    return (
        one.name in ledger.standing.statements
        and one.by == party.code
        and one.is_their_word
        and word.kind in STRENGTH
        and not ledger.standing.statements[one.name].ended
        and is_for(one, ledger.us)
    )


def _instead(ledger: Ledger, word: Word, party: Party) -> bool:
    """Whether it is about a word of theirs to us, without being one that stands."""
    one = ledger.standing.heard[word.row.name]
    about = one.said.get("about") == party.code
    theirs = one.said["type"] == "statement" and one.by == party.code and is_for(one, ledger.us)
    return word.kind in STRENGTH and (about or (theirs and word.look != "signed"))
