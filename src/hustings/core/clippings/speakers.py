"""Who spoke each quote, by what stands before it, after it and in the paragraph above."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hustings.core.clippings.article import MASK
from hustings.core.clippings.phrases import Phrases
from hustings.core.clippings.refer import Refer
from hustings.core.clippings.relay import relay_in
from hustings.core.clippings.sentences import breaks
from hustings.core.clippings.spoken import Quote
from hustings.core.clippings.words import SPOKE

if TYPE_CHECKING:
    from hustings.core.clippings.article import Article
    from hustings.core.clippings.people import People
    from hustings.core.clippings.phrases import Who
    from hustings.core.clippings.quotes import Quoted, Span
    from hustings.core.clippings.roles import Roles
    from hustings.core.clippings.spoken import Speaker

AS_SAYING = re.compile(r"\bquot(?:ed|es|ing)\s+(?P<who>[^.;:]{3,100}?)\s+as saying")
ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,.;:]{2,80})")
ALSO = re.compile(r"\b(?:and|but)\s+(?:also\s+|then\s+|later\s+)?$")
THAT = re.compile(r"[^,.;:]{0,40}\bthat\s")
AT_THE_END = re.compile(
    r", (?P<who>[^,.;\ufffc]{2,60}?) (?:has |have |had )?(?:said|says|added|claimed|insisted|explained|admitted)[,.]"
)
FOLLOWS = re.compile(r"\s*[,–—-]?\s*")
MORE_SPOKE = re.compile(r"(?:added|adding|continued)\b")
SO_CALLED = re.compile(
    r"\b(?:so-called|dubbed|known as|nicknamed|called|words?|reading|titled|entitled|labelled)\s+$"
)
MODIFIED = re.compile(
    r"(?:\b(?:the|an?|its|their|his|her|this|that|these|those|any|no|some)|[’']s?)\s+$"
)
OF_SOME = re.compile(rf"\b(?:of|with|for|by) {MASK} [a-z]+s\b")
FRAGMENT_WORDS, MODIFIER_WORDS = 14, 4


@dataclass(frozen=True, slots=True)
class _Found:
    who: Who | None
    relay: tuple[str, ...]


class Speakers:
    """Finds the speakers of one article, from the first quote to the last."""

    def __init__(self, article: Article, quoted: Quoted, people: People, roles: Roles) -> None:
        self.article = article
        self.frame = quoted.frame
        self.spans = quoted.spans
        self.people = people
        self.refer = Refer(article, quoted.frame, people, roles)
        self.phrases = Phrases(quoted.frame, people)
        self._last: Speaker | None = None

    def quotes(self) -> list[Quote]:
        """Every quote with its speaker, where the article names one."""
        result: list[Quote] = []
        utterance = 0
        for number, span in enumerate(self.spans):
            before = self._previous(number, result)
            if span.headline:
                utterance += 1
                result.append(Quote(span.start, span.end, "headline", None, (), utterance))
                continue
            found = self._found(number, span)
            last = self._told_above(span) or self._last
            speaker = self.refer.speaker(found.who, span.opened, last) if found.who else None
            relay, goes_on = found.relay, False
            if speaker is None:
                inherited = self._inherited(number, span, before)
                if inherited:
                    speaker, goes_on = inherited.speaker, True
                    relay = relay or inherited.relay
            elif before and before.speaker and before.speaker.name == speaker.name:
                goes_on = self.spans[number - 1].paragraph == span.paragraph
            kind = self._kind(span, speaker, found)
            if kind == "scare":
                speaker, relay, goes_on = None, (), False
            utterance += not (goes_on and result)
            result.append(Quote(span.start, span.end, kind, speaker, relay, utterance))
            if speaker and (speaker.name or speaker.role):
                self._last = speaker
        return self._backwards(result)

    def reported(self, start: int, end: int) -> tuple[Speaker | None, tuple[str, ...]]:
        """Who, by a sentence without a quote, said or did what it reports."""
        who = self._in_clause(start, end)
        speaker = self.refer.speaker(who, start, self._last) if who else None
        return speaker, relay_in(self.article.text, start, end, self.people)

    def _told_above(self, span: Span) -> Speaker | None:
        """«His wife said he was out.» above a paragraph in which «she» speaks."""
        if span.paragraph == 0:
            return None
        above = self.article.paragraphs[span.paragraph - 1]
        words = self.frame[above.start : above.end]
        if above.heading or MASK in words:
            return None
        who = self._in_clause(above.start + max(breaks(words), default=0), above.end)
        if who is None or who.person or who.pronoun or who.organisation or who.document:
            return None
        return self.refer.speaker(who, above.end, self._last)

    def _previous(self, number: int, result: list[Quote]) -> Quote | None:
        if not result or self.spans[number].paragraph - self.spans[number - 1].paragraph > 1:
            return None
        return result[-1]

    # Where the speaker stands

    def _found(self, number: int, span: Span) -> _Found:
        paragraph = self.article.paragraphs[span.paragraph]
        start = self._clause_start(number, span)
        end = self._clause_end(number, span)
        relay = relay_in(self.frame, start, end, self.people)
        if not relay:
            relay = relay_in(self.frame, paragraph.start, start, self.people, told=True)
        who = (
            self._after(span, end)
            or self._in_clause(start, span.opened, colon=True)
            or self._at_the_end(span, end)
        )
        return _Found(who, relay)

    def _clause_start(self, number: int, span: Span) -> int:
        """Where the sentence begins in which a quote stands, or the part of it after the quote before."""
        paragraph = self.article.paragraphs[span.paragraph]
        before = self.spans[number - 1] if number else None
        least = before.closed if before and before.paragraph == span.paragraph else paragraph.start
        text = self.frame[least : span.opened] + "A"  # the quote begins with a capital letter
        return least + max(breaks(text), default=0)

    def _clause_end(self, number: int, span: Span) -> int:
        paragraph = self.article.paragraphs[span.paragraph]
        following = self.spans[number + 1] if number + 1 < len(self.spans) else None
        end = paragraph.end
        if following and following.paragraph == span.paragraph:
            end = following.opened
        place = next(breaks(self.frame[span.closed : end] + "A"), None)
        return end if place is None else span.closed + place

    def _after(self, span: Span, end: int) -> Who | None:
        """«…,» said NAME; «…,» NAME said; «…,» NAME told the Courier."""
        inner = self.article.text[span.start : span.end]
        lead = FOLLOWS.match(self.frame, span.closed, end)
        start = lead.end() if lead else span.closed
        outer_comma = "," in self.frame[span.closed : start]
        verb = SPOKE.match(self.frame, start, end)
        if inner[-1] in ".;:" or not (verb or outer_comma or inner[-1] in ",?!…-–—'’\"”"):
            return None
        if verb:
            return self.phrases.object(verb.end() + 1, self._without_stop(verb.end() + 1, end))
        verb = SPOKE.search(self.frame, start, end)
        return self.phrases.subject(start, verb.start()) if verb else None

    def _at_the_end(self, span: Span, end: int) -> Who | None:
        """He had been «surprised» to be asked, he said."""
        found = AT_THE_END.search(self.frame, span.closed, end)
        return self.phrases.phrase(found.start("who"), found.end("who")) if found else None

    def _without_stop(self, start: int, end: int) -> int:
        return start + len(self.frame[start:end].split(";")[0].rstrip(" .:"))

    def _in_clause(self, start: int, end: int, *, colon: bool = False) -> Who | None:
        """NAME said: «…»; NAME described it as «…»; NAME (Party): «…»; according to NAME, «…»."""
        clause = self.frame[start:end]
        for pattern in (AS_SAYING, ACCORDING):
            if found := pattern.search(clause):
                who = self.phrases.object(start + found.start("who"), start + found.end("who"))
                if who:
                    return who
        document, told = None, 0
        for verb in SPOKE.finditer(clause):
            if verb[0].endswith("ing") or ALSO.search(clause, 0, verb.start()):
                who = self.phrases.opening(start, start + verb.start())
            else:
                who = self.phrases.subject(start, start + verb.start())
                who = who or self.phrases.subject(start + told, start + verb.start())
            told = verb.end()
            that = THAT.match(clause, told)
            if that and not SPOKE.search(clause, told, that.end()):
                told = that.end()
            if who and not who.document:
                return who
            document = document or who
        if document:
            return document
        if colon and clause.rstrip().endswith(":") and not SPOKE.search(clause):
            return self.phrases.first_person(start, start + len(clause.rstrip()) - 1)
        return None

    # Whose words go on

    def _inherited(self, number: int, span: Span, before: Quote | None) -> Quote | None:
        """The quote that this one goes on with."""
        if before is None or before.kind == "headline":
            return self._announced(span)
        previous = self.spans[number - 1]
        paragraph = self.article.paragraphs[span.paragraph]
        if previous.paragraph == span.paragraph:
            start = self._clause_start(number, span)
            between = self.frame[start : span.opened].strip(" ,-–—")
            goes_on = start == previous.closed or not between or MORE_SPOKE.search(between)
            return before if goes_on and before.speaker else None
        if span.opened != paragraph.start:
            return None
        alone = not self.frame[paragraph.start : paragraph.end].strip(MASK + " .,")
        unattributed = not SPOKE.search(self.frame, span.closed, paragraph.end)
        if previous.paragraph < span.paragraph - 1 and not previous.carries_on:
            return self._announced(span)
        if previous.carries_on or alone or (unattributed and self._opens_speech(previous)):
            return before
        return self._announced(span)

    def _opens_speech(self, previous: Span) -> bool:
        paragraph = self.article.paragraphs[previous.paragraph]
        return not self.frame[previous.closed : paragraph.end].strip(" .")

    def _announced(self, span: Span) -> Quote | None:
        """The paragraph above ends with «Commenting, NAME said:», or reports what NAME said."""
        paragraph = self.article.paragraphs[span.paragraph]
        if span.paragraph == 0 or span.opened != paragraph.start:
            return None
        above = self.article.paragraphs[span.paragraph - 1]
        words = self.frame[above.start : above.end]
        alone = not self.frame[paragraph.start : paragraph.end].strip(MASK + " .,")
        if above.heading or not (words.endswith(":") or (alone and MASK not in words)):
            return None
        start = above.start + max(breaks(words), default=0)
        who = self._in_clause(start, above.end, colon=True)
        speaker = self.refer.speaker(who, span.opened, self._last) if who else None
        if speaker is None:
            return None
        relay = relay_in(self.frame, start, above.end, self.people)
        return Quote(span.start, span.end, "speech", speaker, relay, 0)

    def _backwards(self, quotes: list[Quote]) -> list[Quote]:
        """A first part without a speaker takes that of the part it runs into."""
        for number in range(len(quotes) - 2, -1, -1):
            one, two = quotes[number], quotes[number + 1]
            mine, other = self.spans[number], self.spans[number + 1]
            if one.speaker is not None or one.kind != "speech" or two.speaker is None:
                continue
            if mine.carries_on and other.paragraph > mine.paragraph:
                quotes[number] = replace(one, speaker=two.speaker, relay=two.relay)
        return quotes

    # What kind of quote it is

    def _kind(self, span: Span, speaker: Speaker | None, found: _Found) -> str:
        inner = self.article.text[span.start : span.end]
        whole = inner[-1] in ".,?!…" or len(inner.split()) > FRAGMENT_WORDS
        if whole or span.carries_on:
            return "speech"
        paragraph = self.article.paragraphs[span.paragraph]
        before = self.frame[paragraph.start : span.opened]
        after = self.frame[span.closed : paragraph.end]
        modifies = (
            (
                MODIFIED.search(before) is not None
                or OF_SOME.search(before + MASK + after) is not None
            )
            and re.match(
                r" (?!(?:of|in|to|for|at|by|and|or|as|but|on|with|about|from|after|over|than|that|which|who|towards?|against)\b)[a-z]",
                after,
            )
            is not None
            and len(inner.split()) <= MODIFIER_WORDS
        )
        if speaker is None or modifies or (SO_CALLED.search(before) and found.who is None):
            return "scare"
        starts_sentence = inner[0].isupper() and re.search(r"[:,]\s*$", before) is not None
        return "speech" if starts_sentence else "fragment"
