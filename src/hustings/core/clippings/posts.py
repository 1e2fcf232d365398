"""Plain facts about people: who stood or stands for whom, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.article import MASK
from hustings.core.clippings.relations import Relation, Relations
from hustings.core.clippings.sentences import sentences
from hustings.core.clippings.tagged import PARTY, PERSON, Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.core.clippings.article import Article
    from hustings.core.clippings.people import Mention, People
POST = (
    r"(?:(?:deputy |group |chief |party |prospective |parliamentary |mayoral |by-election |council )*"
    r"(?:candidate|councillor|nominee|MP|mayor|leader|whip|senator|member of parliament|hopeful|contender))"
)
OF_PARTY = rf"{PARTY}(?:[’']s?)? (?:group )?(?P<post>{POST})"
POSTS = [
    re.compile(pattern)
    for pattern in (
        rf"{PARTY}(?:[’']s?)? (?P<post>{POST})(?: (?:in|for) (?:⟨X\d+⟩|[a-z]+))?,? {PERSON}",
        rf"(?P<post>[Ll]eader|[Cc]andidate|[Mm]ayor) (?:of|for) the {PARTY}(?: group)?(?: in \w+| for \w+)?[^.;⟨]{{0,60}}? {PERSON}",
        rf"{PERSON}(?: \(\w+\))?,? (?:\d+,? )?(?:who )?(?:(?:is|was|will be|remains|became|has been|had been|himself|herself|"
        rf"now|also|then|once|sat as|elected as|selected as) ?)*(?:the |a |an )?{OF_PARTY}",
        rf"{PERSON} (?:was|is) (?:himself |herself )?(?:the |an? )(?P<post>{POST}) for the {PARTY}",
        rf"{PERSON},? (?P<post>[Mm]ayor|[Cc]ouncillor|MP)[^.;⟨]{{0,30}} \({PARTY}\)",
        rf"{PERSON} \({PARTY}\)(?:, (?P<post>[Mm]ayor|[Cc]ouncillor|[Cc]andidate))?",
        rf"{PERSON}, {PARTY}(?= ?[:,]|$)",
        rf"{PERSON},? (?:of|for) (?:the )?{PARTY}(?! (?:⟨|[A-Z]))(?: group)?(?=,| (?:said|says|told|posted|wrote)\b| has\b)",
        rf"{PERSON} (?:was|is|has been) (?:once )?an? (?P<post>member|councillor) (?:of|for) (?:the )?{PARTY}",
        rf"(?:[Tt]he )?{PARTY}[’']s? {PERSON}",
        rf"⟨O(\d+)⟩ {PERSON}",
    )
]
VERB_POST = re.compile(
    rf"{PERSON}(?:, (?!who)[^,.;]{{2,60}},)?,?(?: who(?:[’']s)?)? (?:(?:has|had|is|was|will|to|also|once|previously|resigned and|then|never|"
    r"be|[a-z]+ly) )*(?:has [a-z ]{5,40}? and (?:will )?)?"
    r"(?P<verb>stood|stand|stands|standing|ran|run|runs|running|fought|fighting|fights|defended|defending|defends|contest|contests|contested|"
    r"contesting|sat|sits|joined|won|lost|defected|represents|represented)\b"
    rf"(?P<between>[^.;⟨]{{0,40}}?(?:⟨X\d+⟩[^.;⟨]{{0,20}}?)?)\b(?:(?:for|as an?|to|of|joined) (?:the )?{PARTY}|for the ⟨X(?P<any>\d+)⟩)"
)
JOINED = re.compile(rf"{PERSON} (?:had |has )?(?P<verb>joined|left|quit) the {PARTY}")
CURRENT = re.compile(
    rf"^[Tt]he {PARTY}(?:[’']s?)? (?P<post>candidate|mayoral candidate|leader)\b(?!,? ⟨P)"
)
FROM_TO = re.compile(r"\bfrom ((?:19|20)\d\d) (?:to|until) ((?:19|20)\d\d)")
SINCE, UNTIL = re.compile(r"\bsince ((?:19|20)\d\d)"), re.compile(r"\buntil ((?:19|20)\d\d)")
IN = re.compile(r"\bin ((?:19|20)\d\d)")


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


class Facts:
    """The posts of the people of one article, and their relations."""

    def __init__(self, article: Article, frame: str, people: People) -> None:
        self.frame = frame
        self.people = people
        self.tagged = Tagged(people)
        self.posts: list[Post] = []
        self._relations = Relations(people)
        self._focus: Mention | None = None
        for start, end in sentences(article):
            self._read(start, end)

    @property
    def relations(self) -> list[Relation]:
        """Who is whose relative."""
        return self._relations.found

    def _read(self, start: int, end: int) -> None:
        tagged = self.tagged.sentence(start, end, self._focus)
        mentions = self.people.named(start, end)
        for pattern in (*POSTS, VERB_POST, JOINED):
            for found in pattern.finditer(tagged):
                self._post(found, tagged, start, end)
        current, person = CURRENT.match(tagged), self._focus.person if self._focus else None
        if current and person and not any(post.person == person.name for post in self.posts):
            self._add(person.name, current["post"], int(current[1]), "", start, end)
        self._relations.read(tagged, start, end)
        spoken_of = [m for m in mentions if m.person and MASK not in self.frame[m.start : m.end]]
        self._focus = next(iter(spoken_of), self._focus)
        self._relations.spoken_of += spoken_of

    def _post(self, found: re.Match[str], tagged: str, start: int, end: int) -> None:
        person = re.search(PERSON, found[0])
        parties = re.findall(PARTY, found[0])
        given = found.groupdict()
        if not person or not (parties or given.get("any")):
            return
        post = given.get("post") or ""
        verb = given.get("verb") or ""
        if verb:
            joined = verb in {"joined", "left", "quit", "defected"}
            post = "member" if joined else post or ("" if verb.startswith("sat") else "candidate")
        self._add(
            self.people.persons[int(person[1])].name,
            post,
            int(given.get("any") or parties[-1]),
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
        made = Post(name, post.lower(), self.tagged.parties[party], since, until, start, end)
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
