"""What a person is asked to confirm: claims, hopes, denials, corrections and the rest, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hustings.core.clippings.cues import CUES, EVENT_IS_CAMPAIGN, EVENT_NOT_OURS, is_event
from hustings.core.clippings.sentences import sentences

if TYPE_CHECKING:
    from hustings.core.clippings.article import Article
    from hustings.core.clippings.dates import When
    from hustings.core.clippings.people import People
    from hustings.core.clippings.posts import Post
    from hustings.core.clippings.relations import Relation
    from hustings.core.clippings.speakers import Speakers
    from hustings.core.clippings.spoken import Quote, Speaker

RECORDS = {
    "claim": "claim",
    "hope": "expectation",
    "denial": "response",
    "correction": "response",
    "retraction": "retraction",
    "praise": "claim",
    "offer of help": "claim",
    "event": "event",
    "fact": "fact",
}
"""The record that a confirmed proposal becomes; praise and offers in a paper are claims of what was said."""
AUTHORITY = {
    "candidate": "candidate",
    "office holder": "candidate",
    "spokesman": "press office",
    "aide": "delegate",
}
ANSWERS = {"denial", "correction", "retraction"}
SHORT_WORD = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    The sentence ``text[start:end]``, and within it the words ``text[cue_start:cue_end]`` that speak for ``kind``.

    ``basis`` is ``own words`` (within a quote), ``reported`` (said by somebody, in the paper's words) or ``paper``.
    ``authority`` is given for answers only. ``answers`` is the number of the claim that a denial, a correction or
    a retraction answers. ``ours`` is given for events: no, yes, or nothing where the article does not say.
    """

    kind: str
    record: str
    start: int
    end: int
    cue_start: int
    cue_end: int
    basis: str
    speaker: Speaker | None
    authority: str
    about: tuple[str, ...]
    relay: tuple[str, ...]
    when: When | None
    ours: bool | None = None
    answers: int | None = None
    post: Post | None = None
    relation: Relation | None = None


class Proposals:
    """Reads the sentences of one article."""

    def __init__(
        self,
        article: Article,
        quotes: list[Quote],
        speakers: Speakers,
        people: People,
        whens: list[When],
    ) -> None:
        self.article = article
        self.quotes = quotes
        self.speakers = speakers
        self.people = people
        self.whens = whens

    def all(self, posts: list[Post], relations: list[Relation]) -> list[Proposal]:
        """Every proposal in the order of the text, answers linked to what they answer."""
        found = [
            proposal
            for start, end in sentences(self.article)
            if not self._in_heading(start)
            for proposal in self._of_sentence(start, end)
        ]
        found += [self._fact(post.start, post.end, post=post) for post in posts]
        found += [self._fact(r.start, r.end, relation=r) for r in relations]
        found.sort(key=lambda proposal: (proposal.start, proposal.cue_start))
        found = self._events_once(found)
        return self._linked(found)

    def _of_sentence(self, start: int, end: int) -> list[Proposal]:
        words = self.article.text[start:end]
        found = []
        for kind, pattern, unless in CUES:
            cue = pattern.search(words)
            if cue and not (unless and unless.search(words)):
                found.append(
                    self._proposal(kind, start, end, start + cue.start(), start + cue.end())
                )
        days = [when.first for when in self.whens if start <= when.start < end]
        published = self.article.published
        coming = published is not None and any(day > published for day in days)
        event = is_event(words, bool(days), coming)
        if event:
            found.append(self._proposal("event", start, end, start + event[0], start + event[1]))
        return _without_doubles(found)

    def _proposal(self, kind: str, start: int, end: int, cue_start: int, cue_end: int) -> Proposal:
        quote = next((q for q in self.quotes if q.start <= cue_start < q.end and q.speaker), None)
        if quote:
            speaker, relay, basis = quote.speaker, quote.relay, "own words"
        else:
            speaker, relay = self.speakers.reported(start, end)
            basis = "reported" if speaker else "paper"
        about = self._about(start, end, speaker.name if speaker else "")
        authority = ""
        if kind in {"denial", "correction"}:
            authority = AUTHORITY.get(speaker.role, "third party") if speaker else ""
        ours = None
        words = self.article.text[start:end]
        if kind == "event":
            ours = (
                False
                if EVENT_NOT_OURS.search(words)
                else EVENT_IS_CAMPAIGN.search(words) is not None or None
            )
        when = next((when for when in self.whens if start <= when.start < end), None)
        return Proposal(
            kind,
            RECORDS[kind],
            start,
            end,
            cue_start,
            cue_end,
            basis,
            speaker,
            authority,
            about,
            relay,
            when,
            ours,
        )

    def _fact(
        self, start: int, end: int, *, post: Post | None = None, relation: Relation | None = None
    ) -> Proposal:
        about = (
            (post.person, post.party)
            if post
            else (relation.person, relation.other)
            if relation
            else ()
        )
        return Proposal(
            "fact",
            "fact",
            start,
            end,
            start,
            end,
            "paper",
            None,
            "",
            about,
            (),
            None,
            post=post,
            relation=relation,
        )

    def _about(self, start: int, end: int, speaker: str) -> tuple[str, ...]:
        names = []
        for mention in self.people.named(start, end):
            name = mention.person.name if mention.person else mention.words
            if name != speaker and (mention.person or " " in name):
                names.append(name)
        return tuple(dict.fromkeys(names))

    def _events_once(self, found: list[Proposal]) -> list[Proposal]:
        """A book tour that three sentences mention is one event."""
        known: set[tuple[str, object]] = set()
        kept = []
        for proposal in found:
            words = self.article.text[proposal.cue_start : proposal.cue_end].lower()
            named = (words, proposal.when.first if proposal.when and " " not in words else None)
            if proposal.kind != "event" or named not in known:
                kept.append(proposal)
            if proposal.kind == "event":
                known.add(named)
        return kept

    def _in_heading(self, place: int) -> bool:
        return self.article.paragraph_at(place).heading

    def _linked(self, found: list[Proposal]) -> list[Proposal]:
        claims = [n for n, proposal in enumerate(found) if proposal.kind == "claim"]
        content = [self._content(proposal) for proposal in found]
        linked: list[Proposal] = []
        for proposal in found:
            best = None
            if proposal.kind in ANSWERS:
                mine = content[len(linked)]
                scored = [
                    (len(mine & content[n]), n < len(linked), -abs(n - len(linked)), n)
                    for n in claims
                    if found[n].start != proposal.start
                ]
                top = max(scored, default=(0, False, 0, 0))
                best = top[3] if top[0] else None
            linked.append(replace(proposal, answers=best))
        return linked

    def _content(self, proposal: Proposal) -> set[str]:
        words = re.findall(
            r"[^\W\d_]{4,}", self.article.text[proposal.start : proposal.end].lower()
        )
        stems = {word[:SHORT_WORD] for word in words} - COMMON
        names = {name.split()[-1].lower()[:SHORT_WORD] for name in proposal.about}
        if proposal.speaker and proposal.speaker.name:
            names.add(proposal.speaker.name.split()[-1].lower()[:SHORT_WORD])
        return stems | names


COMMON = frozenset(
    word[:SHORT_WORD]
    for word in (
        "that this with from have been will would said told says they them their there which were what "
        "when about after before into also more than some only party candidate campaign spokesman "
        "spokeswoman"
    ).split()
)


def _without_doubles(found: list[Proposal]) -> list[Proposal]:
    """One proposal a kind and sentence."""
    kept: dict[str, Proposal] = {}
    for proposal in found:
        kept.setdefault(proposal.kind, proposal)
    return list(kept.values())
