"""Plain facts about people: who stood or stands for whom, when, and who is whose brother."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.people import is_outlet
from hustings.core.clippings.sentences import sentences
from hustings.core.clippings.words import PARTY_WORDS, RELATIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.core.clippings.article import Article
    from hustings.core.clippings.people import Mention, People

P, O = r"⟨P(\d+)⟩", r"⟨O(\d+)⟩"
POST = (
    r"(?:(?:deputy |group |party |prospective |parliamentary |mayoral |by-election |council )*"
    r"(?:candidate|councillor|nominee|MP|mayor|leader|senator|member of parliament|hopeful|contender))"
)
OF_PARTY = rf"{O}(?:[’']s?)? (?:group )?(?P<post>{POST})"
POSTS = [
    re.compile(pattern)
    for pattern in (
        rf"{O}(?:[’']s?)? (?P<post>{POST})(?: (?:in|for) (?:⟨X⟩|[a-z]+))?,? {P}",
        rf"(?P<post>[Ll]eader|[Cc]andidate|[Mm]ayor) (?:of|for) the {O}(?: group)?(?: in \w+| for \w+)?[^.;⟨]{{0,60}}? {P}",
        rf"{P}(?: \(\w+\))?,? (?:\d+,? )?(?:who )?(?:(?:is|was|will be|remains|became|has been|had been|himself|herself|"
        rf"now|also|then|once|sat as|elected as|selected as) ?)*(?:the |a |an )?{OF_PARTY}",
        rf"{P} (?:was|is) (?:himself |herself )?(?:the |an? )(?P<post>{POST}) for the {O}",
        rf"{P},? (?P<post>[Mm]ayor|[Cc]ouncillor|MP)[^.;⟨]{{0,30}} \({O}\)",
        rf"{P} \({O}\)(?:, (?P<post>[Mm]ayor|[Cc]ouncillor|[Cc]andidate))?",
        rf"{P}, {O}(?= ?[:,])",
        rf"(?:[Tt]he )?{O}[’']s? {P}",
        rf"⟨O(\d+)⟩ {P}",
    )
]
VERB_POST = re.compile(
    rf"{P}(?:, (?!who)[^,.;]{{2,60}},)?,?(?: who(?:[’']s)?)? (?:(?:has|had|is|was|will|to|also|once|previously|resigned and|then|never|"
    r"be|[a-z]+ly) )*(?:has [a-z ]{5,40}? and (?:will )?)?"
    r"(?P<verb>stood|stand|stands|standing|ran|run|runs|running|fought|fighting|fights|contest|contests|contested|"
    r"contesting|sat|sits|joined|won|lost|defected|represents|represented)\b"
    rf"(?P<between>[^.;⟨]{{0,40}}?(?:⟨X⟩[^.;⟨]{{0,20}}?)?)\b(?:for|as an?|to|of|joined) (?:the )?{O}"
)
JOINED = re.compile(rf"{P} (?:had |has )?(?P<verb>joined|left|quit) the {O}")
CURRENT = re.compile(
    rf"^[Tt]he {O}(?:[’']s?)? (?P<post>candidate|mayoral candidate|leader)\b(?!,? ⟨P)"
)
FROM_TO = re.compile(r"\bfrom ((?:19|20)\d\d) (?:to|until) ((?:19|20)\d\d)")
SINCE, UNTIL = re.compile(r"\bsince ((?:19|20)\d\d)"), re.compile(r"\buntil ((?:19|20)\d\d)")
IN = re.compile(r"\bin ((?:19|20)\d\d)")
RELATION = rf"(?P<relation>{'|'.join(sorted(RELATIVES, key=len, reverse=True))})"
RELATIONS = [
    (re.compile(pattern), swap)
    for pattern, swap in (
        (rf"{P}[’']s? {RELATION},? {P}", True),
        (
            rf"{P}(?:,| is| was) (?:the |a )?{RELATION} of (?:the )?(?:{O}(?:[’']s)? )?(?:\w+ ){{0,2}}(?:in ⟨X⟩, |in \w+, )?{P}",
            False,
        ),
    )
]
OWN = re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir) {RELATION},? {P}")
NEXT = re.compile(
    rf"(?:^|[-–—] )[Tt]he {RELATION} of (?:the )?(?:⟨O\d+⟩(?:[’']s)? )?(?:\w+ ){{0,2}}{P}"
)
KIN = re.compile(r"^(?:uncle|aunt|cousin|niece|nephew)$")


@dataclass(frozen=True, slots=True)
class Post:
    """``person`` holds, held or seeks ``post`` for ``party``, by the sentence ``text[start:end]``."""

    person: str
    post: str
    party: str
    since: int | None
    until: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """``person`` is the ``relation`` of ``other``, by the sentence ``text[start:end]``."""

    person: str
    relation: str
    other: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something a press officer should know before anybody else says it."""

    what: str
    start: int
    end: int


class Facts:
    """The posts and relations of one article."""

    def __init__(self, article: Article, people: People) -> None:
        self.people = people
        self.parties: list[str] = []
        self.posts: list[Post] = []
        self.relations: list[Relation] = []
        self._focus: Mention | None = None
        self._waiting: tuple[str, str, int, int] | None = None
        for start, end in sentences(article):
            self._read(article.text, start, end)

    def conflicts(self, year: int | None) -> list[Conflict]:
        """Relatives who stand for different parties now; two parties of one person are no conflict."""
        found = []
        for relation in self.relations:
            mine = self._standing(relation.person, year)
            for post in mine:
                for other in self._standing(relation.other, year):
                    if post.party != other.party:
                        what = (
                            f"{relation.person} ({post.party}) is the {relation.relation} of "
                            f"{relation.other} ({other.party})"
                        )
                        found.append(Conflict(what, relation.start, relation.end))
        return list({conflict.what: conflict for conflict in found}.values())

    def _standing(self, name: str, year: int | None) -> list[Post]:
        last = {}
        for post in self.posts:
            stated = [n for n in (post.since, post.until) if n is not None]
            past = post.until is not None or any(year is not None and n < year for n in stated)
            if post.person == name and not (past and post.post != "member"):
                last[post.party] = post
        return list(last.values())

    def _read(self, text: str, start: int, end: int) -> None:
        tagged = self._tagged(text, start, end)
        mentions = self.people.named(start, end)
        for pattern in (*POSTS, VERB_POST, JOINED):
            for found in pattern.finditer(tagged):
                self._post(found, tagged, start, end)
        if (found := CURRENT.match(tagged)) and self._focus and self._focus.person:
            if not any(p.person == self._focus.person.name for p in self.posts):
                self._add(self._focus.person.name, found["post"], int(found[1]), "", start, end)
        self._relations(tagged, start, end)
        person = next((m for m in mentions if m.person), None)
        self._focus = person or self._focus

    def _tagged(self, text: str, start: int, end: int) -> str:
        """The sentence with its people, parties and places as numbered tags, and a leading pronoun replaced."""
        parts, at = [], start
        for mention in self.people.named(start, end):
            parts += [text[at : mention.start], self._tag(mention)]
            at = mention.end
        tagged = "".join([*parts, text[at:end]])
        tagged = re.sub(
            r"\b[Ii]ndependent(?= candidate| ⟨P|\)|$)", lambda _: self._party("Independent"), tagged
        )
        if self._focus:
            tag = self._tag(self._focus)
            tagged = re.sub(r"^(?:He|She)\b", tag, tagged)
        return tagged

    def _tag(self, mention: Mention) -> str:
        if mention.person:
            return f"⟨P{self.people.persons.index(mention.person)}⟩"
        words = mention.words
        party = self.people.party(words)
        last = party.split()[-1].lower()
        if (
            last in PARTY_WORDS
            and not is_outlet(party)
            and (" " in party or party == "Independent")
        ):
            return self._party(party)
        full = [p for p in self._known_parties() if p.split()[0] == words]
        return self._party(full[0]) if len(full) == 1 else "⟨X⟩"

    def _known_parties(self) -> set[str]:
        return {
            m.words
            for m in self.people.mentions
            if m.person is None and " " in m.words and m.words.split()[-1].lower() in PARTY_WORDS
        }

    def _party(self, name: str) -> str:
        if name not in self.parties:
            self.parties.append(name)
        return f"⟨O{self.parties.index(name)}⟩"

    def _post(self, found: re.Match[str], tagged: str, start: int, end: int) -> None:
        person = re.search(P, found[0])
        parties = re.findall(O, found[0])
        if not person or not parties:
            return
        given = found.groupdict()
        post = given.get("post") or ""
        verb = given.get("verb") or ""
        if verb:
            joined = verb in {"joined", "left", "quit", "defected"}
            post = "member" if joined else post or ("" if verb.startswith("sat") else "candidate")
        self._add(
            self.people.persons[int(person[1])].name,
            post,
            int(parties[-1]),
            tagged[found.start() : found.end() + 50],
            start,
            end,
        )

    def _add(self, name: str, post: str, party: int, clause: str, start: int, end: int) -> None:
        clause = re.split(r"[.;]|, (?:when|but|and)\b", clause)[0]
        span = FROM_TO.search(clause)
        since, until = (int(span[1]), int(span[2])) if span else (None, None)
        if not span and (found := SINCE.search(clause)):
            since = int(found[1])
        elif not span and (found := UNTIL.search(clause)):
            until = int(found[1])
        elif not span and (found := IN.search(clause)):
            since = until = int(found[1])
        made = Post(name, post.lower(), self.parties[party], since, until, start, end)
        for known in self.posts:
            same = (known.person, known.party) == (made.person, made.party)
            if same and known.since == since and (since or not post or known.post == made.post):
                return
        self.posts = [
            p
            for p in self.posts
            if not (
                (p.person, p.party) == (made.person, made.party) and not p.post and p.since is None
            )
        ]
        self.posts.append(made)

    def _relations(self, tagged: str, start: int, end: int) -> None:
        for pattern, swap in RELATIONS:
            for found in pattern.finditer(tagged):
                numbers = re.findall(P, found[0])
                if len(numbers) >= 2:
                    one, two = numbers[0], numbers[-1]
                    person, other = (two, one) if swap else (one, two)
                    self._relate(int(person), found["relation"], int(other), start, end)
        for found in OWN.finditer(tagged):
            before = re.findall(P, tagged[: found.start()])
            if before:
                self._relate(int(found[2]), found["relation"], int(before[0]), start, end)
            elif self._focus and self._focus.person:
                owner = self.people.persons.index(self._focus.person)
                self._relate(int(found[2]), found["relation"], owner, start, end)
        if self._waiting:
            other, relation, *span = self._waiting
            for number in re.findall(P, tagged)[:1]:
                person = self.people.persons[int(number)]
                if person.name != other and person.surname == other.split()[-1]:
                    self.relations.append(Relation(person.name, relation, other, *span))
            self._waiting = None
        if found := NEXT.search(tagged):
            self._waiting = (self.people.persons[int(found[2])].name, found["relation"], start, end)

    def _relate(self, person: int, relation: str, other: int, start: int, end: int) -> None:
        if person != other:
            one, two = self.people.persons[person].name, self.people.persons[other].name
            self.relations.append(Relation(one, relation, two, start, end))


def roles_by_post(posts: list[Post]) -> Iterator[tuple[str, str]]:
    """Each person with the role that their post gives them."""
    for post in posts:
        if (
            post.post.endswith(("candidate", "nominee", "hopeful", "contender"))
            and post.until is None
        ):
            yield post.person, "candidate"
        elif post.post and post.post != "member" and post.until is None:
            yield post.person, "office holder"
