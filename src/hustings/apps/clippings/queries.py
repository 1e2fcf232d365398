"""What the clippings desk shows: articles that wait, proposals with what became of each, and confirmed excerpts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.models import Article, Carried, Excerpt, Meaning, TakenBack, Tie
from hustings.apps.clippings.wording import ANSWERING

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Party, Record


@dataclass(slots=True)
class Clipping:
    """
    One confirmed excerpt with what it is taken to be.

    Parameters
    ----------
    by, about
        Whose word, and whom it is about: ourselves or parties.
    answers
        The excerpt that it answers, if that one stands.
    record
        The record of the press desk that it was linked to.
    answered_by
        Standing excerpts that answer this one.
    history
        All that it was ever taken to be, the newest first.
    """

    excerpt: Excerpt
    meaning: Meaning
    by: Party | str | None = None
    about: tuple[Party | str, ...] = ()
    answers: Clipping | None = None
    record: Record | None = None
    carried: Record | None = None
    taken_back: TakenBack | None = None
    answered_by: list[Clipping] = field(default_factory=list)
    answered_id: int | None = None
    history: list[Meaning] = field(default_factory=list)

    @property
    def day(self) -> date:
        """When it was said, or printed, or else came here."""
        known = self.meaning.said_on or self.excerpt.published_on
        return known or timezone.localtime(self.excerpt.confirmed_at).date()

    @property
    def sides(self) -> set[Party | str]:
        """Everybody it is between."""
        return {*self.about, *([self.by] if self.by is not None else [])}

    @property
    def claim(self) -> Record | None:
        """The claim on the press desk that it answers: the one it is linked to, or what the answered excerpt became."""
        found = [self.record]
        if self.answers is not None:
            found += [self.answers.carried, self.answers.record]
        return next((row for row in found if row is not None and row.kind == "claim"), None)

    @property
    def on_desk(self) -> Record | None:
        """The record of the press desk that has a page for what this became: an answer stands on its claim's."""
        if self.carried is not None and self.carried.kind == "report":
            answer = self.carried.said["record"]["type"] == "response"
            return self.claim if answer else self.carried
        return self.carried

    @property
    def against(self) -> Clipping | None:
        """The answer by which a claim is denied, corrected or taken back by somebody who may; the newest."""
        found = [
            one
            for one in self.answered_by
            if one.meaning.kind in ("denial", "correction", "retraction")
            and (one.meaning.kind == "retraction" or one.meaning.authority != "third_party")
        ]
        return max(found, key=lambda one: (one.day, one.excerpt.pk), default=None)

    @property
    def look(self) -> str:
        """The colours of the press desk: grey for hopes, amber for claims, red for claims that were denied."""
        if self.meaning.kind == "hope":
            return "hoped"
        if self.meaning.kind == "claim":
            return "denied" if self.against else "claimed"
        return "told"


def clippings_of(campaign: Campaign, *, also_taken_back: bool = False) -> list[Clipping]:
    """Every confirmed excerpt of the campaign, in the order in which things were said."""
    meanings: dict[int, list[Meaning]] = defaultdict(list)
    backs = set()
    rows = Meaning.objects.of(campaign).select_related("excerpt")
    for meaning in rows.annotate(back=F("excerpt__taken_back__pk")).order_by("pk"):
        backs |= {meaning.back} - {None}
        if not any(one.pk == meaning.pk for one in meanings[meaning.excerpt_id][-1:]):
            meanings[meaning.excerpt_id].append(meaning)
    ties: dict[int, list[Tie]] = defaultdict(list)
    for tie in Tie.objects.of(campaign).select_related("party", "record").order_by("pk"):
        ties[tie.meaning_id].append(tie)
    carried = {
        row.excerpt_id: row.record for row in Carried.objects.of(campaign).select_related("record")
    }
    undone = TakenBack.objects.of(campaign).filter(pk__in=backs) if backs else ()
    taken_back = {row.excerpt_id: row for row in undone}
    found: dict[int, Clipping] = {}
    for _pk, said in sorted(meanings.items()):
        excerpt, newest = said[-1].excerpt, said[-1]
        clipping = _clipping(excerpt, newest, ties[newest.pk])
        clipping.history = said[::-1]
        clipping.carried = carried.get(excerpt.pk)
        clipping.taken_back = taken_back.get(excerpt.pk)
        found[excerpt.pk] = clipping
    _join(found)
    kept = [one for one in found.values() if also_taken_back or one.taken_back is None]
    return sorted(kept, key=lambda one: (one.day, one.excerpt.sha256, one.excerpt.start))


def _clipping(excerpt: Excerpt, meaning: Meaning, ties: list[Tie]) -> Clipping:
    clipping = Clipping(excerpt, meaning)
    for tie in ties:
        if tie.kind == Tie.Kind.BY:
            clipping.by = tie.party or US
        elif tie.kind == Tie.Kind.ABOUT:
            clipping.about += (tie.party or US,)
        elif tie.kind == Tie.Kind.ANSWERS:
            clipping.answered_id = tie.answered_id
        else:
            clipping.record = tie.record
    return clipping


def _join(found: dict[int, Clipping]) -> None:
    """Answers and what they answer; one that was taken back and confirmed again is the same."""
    standing = {
        (one.excerpt.sha256, one.excerpt.proposed): one
        for one in found.values()
        if one.taken_back is None and one.excerpt.proposed
    }
    for one in found.values():
        if one.meaning.kind not in ANSWERING:
            continue
        named = found.get(one.answered_id or 0)
        if named is None and one.meaning.awaits:
            named = standing.get((one.excerpt.sha256, one.meaning.awaits))
        elif named is not None and named.taken_back is not None:
            named = standing.get((named.excerpt.sha256, named.excerpt.proposed))
        if named is not None:
            one.answers = named
            if one.taken_back is None:
                named.answered_by.append(one)


def clipping_of(campaign: Campaign, excerpt: Excerpt) -> Clipping:
    """One of them, also where it was taken back."""
    found = clippings_of(campaign, also_taken_back=True)
    return next(one for one in found if one.excerpt.pk == excerpt.pk)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the reader proposes, and what became of it: ``confirmed``, put aside, or it waits."""

    number: int
    said: dict[str, Any]
    before: str
    cue: str
    after: str
    answers: str
    confirmed: Clipping | None
    put_aside: bool

    @property
    def waits(self) -> bool:
        """Nobody confirmed or dismissed it yet."""
        return self.confirmed is None and not self.put_aside


def proposals_of(
    campaign: Campaign, article: Article, known: list[Clipping] | None = None
) -> list[Proposal]:
    """Every proposal of an article in the order of its text; ``known`` are the clippings, where they were read."""
    confirmed = {
        one.excerpt.proposed: one
        for one in (clippings_of(campaign) if known is None else known)
        if one.excerpt.sha256 == article.sha256
    }
    aside = set(article.put_aside.values_list("number", flat=True))
    text, kept = article.text, article.reading["proposals"]
    found = []
    for number, said in enumerate(kept):
        start, end, (cue_start, cue_end) = said["start"], said["end"], said["cue"]
        whole = (cue_start, cue_end) == (start, end)
        answered = kept[said["answers"]] if said["answers"] is not None else None
        found.append(
            Proposal(
                number,
                said,
                text[start:end] if whole else text[start:cue_start],
                "" if whole else text[cue_start:cue_end],
                "" if whole else text[cue_end:end],
                _spoken(text, answered) if answered else "",
                confirmed.get(said["key"]),
                number in aside,
            )
        )
    return found


def _spoken(text: str, said: dict[str, Any]) -> str:
    start, end = said["quote"] or (said["start"], said["end"])
    return text[start:end]


def articles_of(campaign: Campaign) -> list[tuple[Article, int, int]]:
    """Articles that are still here, the newest first, each with how many proposals wait and how many there are."""
    done = set(
        Excerpt.objects.of(campaign)
        .filter(taken_back__isnull=True)
        .values_list("sha256", "proposed")
    )
    found = []
    rows = Article.objects.of(campaign).defer("text").prefetch_related("put_aside")
    for article in rows.order_by("-dropped_at", "-pk"):
        kept = article.reading["proposals"]
        aside = {one.number for one in article.put_aside.all()}
        waiting = sum(
            number not in aside and (article.sha256, said["key"]) not in done
            for number, said in enumerate(kept)
        )
        found.append((article, waiting, len(kept)))
    return found
