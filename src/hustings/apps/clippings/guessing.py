"""Whose word a proposal may be, guessed from names; only ever filled in beforehand for a person to confirm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hustings.apps.clippings.confirming import US

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        self.named: list[tuple[Party | str, set[str]]] = [(US, _words(campaign.name))]
        self.named += [(party, _words(party.name)) for party in parties]
        self.spoke: Mapping[str, Party | str] = {
            one.meaning.speaker: one.by
            for one in known
            if one.meaning.speaker and one.by is not None
        }
        self.stands_for: dict[str, str] = {}
        for said in article.reading["proposals"]:
            person, colon, post = said["summary"].partition(": ")
            if colon:
                self.stands_for[person] = f"{self.stands_for.get(person, '')} {post}"

    def by(self, said: dict[str, Any]) -> Party | str | None:
        """Whose word: as whoever confirmed the same speaker before said, else the side that the speaker's words name."""
        speaker = said["speaker"]
        if not speaker:
            return None
        if speaker in self.spoke:
            return self.spoke[speaker]
        words = f"{speaker} {said['described']} {self.stands_for.get(speaker, '')}"
        return next(iter(self.sides_in(words)), None)

    def about(self, said: dict[str, Any]) -> tuple[Party | str, ...]:
        """Whom else its sentence names; where it names nobody, as with «she», the one other whom the article names."""
        by = self.by(said)
        names = " ".join(f"{name} {self.stands_for.get(name, '')}" for name in said["about"])
        sentence = self.article.text[said["start"] : said["end"]]
        named = self.sides_in(f"{sentence} {names} {said['summary']}")
        others = [side for side in named if side != by]
        if not others:
            unless = {by, US} if by is None else {by}
            others = [side for side in self.sides_in(self.article.text) if side not in unless]
            others = others if len(others) == 1 else []
        return tuple(others)

    def sides_in(self, words: str) -> list[Party | str]:
        """The sides whose own names share a word with these."""
        there = _words(words)
        return [side for side, names in self.named if names & there]


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", text.lower())
    return {word for word in found if len(word) >= LEAST_LETTERS} - NAMES_NOBODY
