"""A sentence with its people and parties as numbered tags, so that plain patterns can read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.core.clippings.people import Mention, People

PERSON, PARTY = r"⟨P(\d+)⟩", r"⟨O(\d+)⟩"
"""A person; a party. ``⟨X3⟩`` is any other name in capitals; its number counts with the parties."""


class Tagged:
    """Tags of one article: persons count in ``people.persons``, parties in ``parties``."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.parties: list[str] = []

    def sentence(self, start: int, end: int, focus: Mention | None) -> str:
        """The sentence with its people, parties and places as numbered tags, and a leading pronoun replaced."""
        parts, at = [], start
        for mention in self.people.named(start, end):
            parts += [self.people.text[at : mention.start], self._tag(mention)]
            at = mention.end
        tagged = "".join([*parts, self.people.text[at:end]])
        tagged = re.sub(
            r"\b[Ii]ndependent(?= candidate| ⟨P|\)|$)", lambda _: self._party("Independent"), tagged
        )
        return re.sub(r"^(?:He|She)\b", self._tag(focus), tagged) if focus else tagged

    def _tag(self, mention: Mention) -> str:
        if mention.person:
            return f"⟨P{self.people.persons.index(mention.person)}⟩"
        words = mention.words
        if words == "Independent":
            return self._party(words)
        party = self.people.party(words)
        if party in self.people.parties:
            return self._party(party)
        full = [p for p in self.people.parties if p.split()[0] == words]
        tag = self._party(full[0] if len(full) == 1 else words)
        return tag if len(full) == 1 else tag.replace("O", "X")

    def _party(self, name: str) -> str:
        if name not in self.parties:
            self.parties.append(name)
        return f"⟨O{self.parties.index(name)}⟩"
