"""What somebody is to a campaign, by the words the article has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hustings.core.clippings.posts import roles_by_post
from hustings.core.clippings.words import RELATIVES, ROLE_NOUN, ROLE_OF, ROLES, TITLE_ROLES

if TYPE_CHECKING:
    from hustings.core.clippings.people import People, Person
    from hustings.core.clippings.posts import Post

ORDER = list(ROLES)
APPOSITION = re.compile(
    r"(?: \([^()]{2,40}\))?, (?:(?:aged )?\d{1,3}, )?(?P<words>(?:(?:an?|the|his|her|their|its|one of|who is|who was|who chairs|whose|chair|chairman|chairwoman|president|leader|head|director|spokes\w+|secretary)\b|"
    r"[^,.;]{0,40}[’']s\b)[^,.;\ufffc]{2,90})"
)
BEFORE = re.compile(r"[\w’'-]+(?: [\w’'-]+){0,5}\s*(?:, )?$")
CHAIRS = re.compile(r"\bwho (?:chairs|heads|leads|founded)\b")
STANDS = re.compile(r"\b(?:standing|running|fighting|contesting|stands|runs)\b.*\bfor\b")


class Roles:
    """The roles of the people of one article."""

    def __init__(self, frame: str, people: People, posts: list[Post]) -> None:
        self.frame = frame
        self.people = people
        self.posts = posts
        self._words: dict[str, list[str]] = {}
        for person, role in roles_by_post(posts):
            self._words.setdefault(person, []).append(role if role == "candidate" else "leader")
        self._by_apposition()

    def of(self, person: Person, described: str = "") -> str:
        """The role of a person: by what stands at this quote, else by the first words anywhere for them."""
        role = self.of_words(described)
        if role and role not in {"relative", "unnamed source"}:
            return role
        roles = [r for words in self._words.get(person.name, []) if (r := self.of_words(words))]
        roles += [TITLE_ROLES[title] for title in person.titles if title in TITLE_ROLES]
        return min(roles, key=ORDER.index, default=self.of_words(described))

    @staticmethod
    def of_words(words: str) -> str:
        """The role that words such as «a spokesman for Ms Quill» name, by their head."""
        for part in re.split(r"[,;]", words):
            if CHAIRS.search(part):
                return "official"
            if STANDS.search(part):
                return "candidate"
            if re.search(
                r"\b(?:person|people|someone|somebody|sources?) (?:familiar|close)\b", part
            ):
                return "unnamed source"
            head = re.split(
                r"\b(?:for|of|in|at|from|to|with|who|close|within|on|whose|by)\b", part
            )[0]
            nouns = ROLE_NOUN.findall(head)
            if nouns:
                return ROLE_OF[nouns[-1].lower()]
        return ""

    def described(self, person: Person, words: str) -> None:
        """Remember words that the article has for a person."""
        known = self._words.setdefault(person.name, [])
        if words not in known:
            known.append(words)
        low = words.lower()
        if re.search(r"woman\b|\b(?:wife|sister|mother|daughter|aunt|niece|widow|mum)\b", low):
            person.gender = person.gender or "she"
        elif re.search(r"(?<!wo)man\b|\b(?:husband|brother|father|son|uncle|nephew|dad)\b", low):
            person.gender = person.gender or "he"

    def meant(self, words: str, place: int, last: str) -> Person | None:
        """Whom «the independent candidate», «the senator» or «the 31-year-old» means."""
        if not re.match(r"the\b", words, re.I) or re.search(r"\b(?:for|of|close|from)\b", words):
            return None
        if re.match(r"the \d\d-year-old", words, re.I):
            return next((p for p in self.people.persons if p.name == last), None)
        role = self.of_words(words)
        if role not in {"candidate", "office holder", "official"}:
            return None
        party = self._party_in(words)
        standing = [
            p.person
            for p in self.posts
            if (not party or p.party.lower() == party.lower()) and p.until is None
        ]
        fitting = [
            p
            for p in self.people.persons
            if self.of(p) == role
            and (p.name in standing if party else True)
            and self._before(p, place)
        ]
        near = [p for p in fitting if p.name == last]
        if near:
            return near[0]
        return fitting[0] if len(fitting) == 1 else None

    def is_definite(self, words: str) -> bool:
        """Whether words such as «the Civic Union candidate» mean somebody of whom the article just spoke."""
        if not re.match(r"the\b", words, re.I) or re.search(
            r"\b(?:for|of|close|from|who)\b", words
        ):
            return False
        years = re.match(r"the \d\d-year-old", words, re.I)
        return years is not None or self.of_words(words) in {"candidate", "office holder"}

    def may_be(self, person: Person, words: str) -> bool:
        """Whether nothing the article says of a person speaks against words for somebody."""
        role, party = self.of_words(words), self._party_in(words)
        now = [post for post in self.posts if post.since is None and post.until is None]
        parties = {post.party for post in now if post.person == person.name}
        return self.of(person) in {"", role} and (not party or not parties or party in parties)

    def _before(self, person: Person, place: int) -> bool:
        return any(m.person is person and m.start < place for m in self.people.mentions)

    def _party_in(self, words: str) -> str:
        if re.search(r"\bindependent\b", words, re.I):
            return "Independent"
        parties = {post.party for post in self.posts}
        return next((p for p in parties if p in words or p.split()[0] in words), "")

    def _by_apposition(self) -> None:
        for mention in self.people.mentions:
            if mention.person is None:
                continue
            found = APPOSITION.match(self.frame, mention.end)
            if found and (ROLE_NOUN.search(found["words"]) or CHAIRS.search(found["words"])):
                self.described(mention.person, found["words"])
            before = BEFORE.search(self.frame[max(0, mention.start - 80) : mention.start])
            if before:
                self._described_before(mention.person, before[0])

    def _described_before(self, person: Person, words: str) -> None:
        words = re.split(r"[.;:!?]\s|\b(?:said|told|that|and|but|with|by)\b", words)[-1]
        nouns = [*ROLE_NOUN.finditer(words)]
        if not nouns:
            return
        gap = words[nouns[-1].end() :]
        if (re.fullmatch(r",? ?", gap) and nouns[-1][0].lower() not in RELATIVES) or (
            re.fullmatch(r",? ?", gap) and re.search(r"\b(?:his|her|their|[’']s)\s*", words, re.I)
        ):
            self.described(person, words.strip(" ,"))
