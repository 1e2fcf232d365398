"""Whose word a proposal may be, guessed from names; only ever filled in beforehand for a person to confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hustings.apps.clippings.confirming import US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.clippings.models import Article
    from hustings.apps.clippings.queries import Clipping
    from hustings.apps.statements.models import Party

NAMES_NOBODY = frozenset(
    {
        "party", "campaign", "office", "press", "team", "committee", "candidate", "senator", "governor",
        "mayor", "councillor", "for", "the", "and", "mrs", "miss", "sir", "lady", "friends", "group",
        "association", "movement", "union", "alliance", "new", "old", "people", "member",
    }
)  # fmt: skip
"""Words by which no campaign is told from another."""
LEAST_LETTERS = 3
STANDING = ("candidate", "office holder")
"""Roles in which a name stands for a campaign."""


class Guess:
    """Guesses for the proposals of one article."""

    def __init__(
        self,
        campaign: Campaign,
        article: Article,
        parties: Iterable[Party],
        known: Iterable[Clipping],
    ) -> None:
        self.article = article
        self.named: dict[Party | str, set[str]] = {US: _words(campaign.name)}
        self.named |= {party: _words(party.name) for party in parties}
        self.spoke: dict[str, Party | str] = {}
        self.stands_for: dict[str, str] = {}
        self._learn(known)
        self._read()

    def _learn(self, known: Iterable[Clipping]) -> None:
        """Whoever was put to a side before; a candidate's surname stands for the side from then on."""
        for one in known:
            speaker, side = one.meaning.speaker, one.by
            if side is not None and _names_somebody(speaker):
                self.spoke[speaker] = side
                if one.meaning.role in STANDING:
                    self.named.setdefault(side, set()).update(_words(speaker.split()[-1]))

    def _read(self) -> None:
        """Who stands for whom by the article itself; the surname of a side's candidate stands for it here."""
        for said in self.article.reading["proposals"]:
            person, colon, post = said["summary"].partition(": ")
            if colon:
                self.stands_for[person] = f"{self.stands_for.get(person, '')} {post}"
        for person, posts in self.stands_for.items():
            sides = self.sides_in(posts)
            if len(sides) == 1:
                self.named[sides[0]] |= _words(person.split()[-1])

    def by(self, said: dict[str, Any]) -> Party | str | None:
        """Whose word: as whoever confirmed the same speaker before said, else the side that the speaker's words name."""
        speaker = said["speaker"]
        if not speaker:
            return None
        if speaker in self.spoke:
            return self.spoke[speaker]
        words = f"{speaker} {said['described']} {self.stands_for.get(speaker, '')}"
        sides = self.sides_in(words)
        return sides[0] if len(sides) == 1 else None

    def about(self, said: dict[str, Any]) -> tuple[Party | str, ...]:
        """Whom else its sentence names; where it names nobody, as with «she», the one other whom the article names."""
        by = self.by(said)
        names = " ".join(f"{name} {self.stands_for.get(name, '')}" for name in said["about"])
        sentence = self.article.text[said["start"] : said["end"]]
        stated = said["summary"] or sentence
        named = self.sides_in(f"{stated} {names}")
        others = [side for side in named if side != by]
        if not others:
            unless = {by, US} if by is None else {by}
            others = [side for side in self.sides_in(self.article.text) if side not in unless]
            others = others if len(others) == 1 else []
        return tuple(others)

    def sides_in(self, words: str) -> list[Party | str]:
        """The sides whose own names share a word with these."""
        there = _words(words)
        return [side for side, names in self.named.items() if names & there]


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", text.lower())
    return {word for word in found if len(word) >= LEAST_LETTERS} - NAMES_NOBODY


def _names_somebody(speaker: str) -> bool:
    """«A spokesman» speaks for everybody in turn, «Tom Marlow» and «a spokesman for Ms Birch» for one."""
    return any(word[:1].isupper() for word in speaker.split()[1:])
