"""An article comes in: it is read once, and what was found in it waits for a person."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.forgetting import KEPT_FOR
from hustings.apps.clippings.models import Article
from hustings.core.clippings.article import article_of
from hustings.core.clippings.read import read
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.clippings.proposals import Proposal
    from hustings.core.clippings.read import Reading
    from hustings.core.clippings.spoken import Speaker

MOST_CHARACTERS = 60_000
"""Ten thousand words; what is longer is a book or a whole paper, and is not read."""
MOST_PASTED = 1_000_000
"""A pasted page with its scripts may be long; beyond this nobody pasted one article."""
MOST_IN_A_PARAGRAPH = 4_000
"""What is longer has lost its empty lines; who speaks is found paragraph by paragraph."""
HEADLINE_LENGTH = 300


def drop(
    campaign: Campaign,
    source: str,
    *,
    publication: str = "",
    url: str = "",
    published_on: date | None = None,
    by: Actor,
) -> tuple[Article, bool]:
    """
    The article, and whether it is new here.

    Raises
    ------
    BadInput
        When nothing of it is an article, or it is longer than any.
    """
    if len(source) > MOST_PASTED:
        raise BadInput(
            _("This is longer than any article: %(n)s characters. Paste the article alone.")
            % {"n": f"{len(source):,}"}
        )
    found = article_of(source, published_on)
    text = found.text
    if not any(letter.isalpha() for letter in text):
        raise BadInput(
            _("There is no article in it. Paste its text, or save the page and drop it.")
        )
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            _("The article has %(n)s characters, and at most %(most)s are read. Paste it in parts.")
            % {"n": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
        )
    longest = max(one.end - one.start for one in found.paragraphs)
    if longest > MOST_IN_A_PARAGRAPH:
        raise BadInput(
            _(
                "One paragraph has %(n)s characters, and at most %(most)s are read. Part it by empty lines."
            )
            % {"n": f"{longest:,}", "most": f"{MOST_IN_A_PARAGRAPH:,}"}
        )
    with tenant(campaign.pk):
        reading = read(source, published_on)
        article: Article
        article, new = Article.objects.of(campaign).get_or_create(
            campaign=campaign,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            defaults={
                "publication": publication,
                "headline": _headline(reading),
                "url": url,
                "published_on": reading.article.published,
                "text": text,
                "reading": as_kept(reading),
                "dropped_by": by.label,
                "kept_until": timezone.now() + KEPT_FOR,
            },
        )
        if new:
            audit(by, "clipping.drop", subject="article", subject_id=article.pk)
    return article, new


def say_where(
    campaign: Campaign,
    article: Article,
    *,
    publication: str,
    url: str,
    published_on: date | None,
    by: Actor,
) -> None:
    """Where it was printed, for what is confirmed from now on; an excerpt keeps what it was confirmed with."""
    with tenant(campaign.pk):
        Article.objects.of(campaign).filter(pk=article.pk).update(
            publication=publication, url=url, published_on=published_on
        )
        audit(by, "clipping.source", subject="article", subject_id=article.pk)


def _headline(reading: Reading) -> str:
    paragraphs = reading.article.paragraphs
    heading = next((one for one in paragraphs if one.heading), paragraphs[0])
    return reading.article.words(heading)[:HEADLINE_LENGTH]


def as_kept(reading: Reading) -> dict[str, Any]:
    """What is kept of a reading beside the text; a proposal is known by its ``key`` in whatever reading of the same text."""
    proposals = [_proposal(reading, proposal) for proposal in reading.proposals]
    proposals += [
        {
            "kind": "conflict", "start": found.start, "end": found.end, "cue": [found.start, found.end],
            "quote": None, "basis": "paper", "speaker": "", "described": "", "role": "", "authority": "",
            "about": [], "relay": "", "when": None, "ours": None, "answers": None, "summary": found.what,
        }
        for found in reading.conflicts
    ]  # fmt: skip
    seen: Counter[str] = Counter()
    for kept in proposals:
        place = f"{kept['kind']} {kept['start']}-{kept['end']}"
        kept["key"] = f"{place} {seen[place]}"
        seen[place] += 1
    return {"proposals": proposals, "left_out": list(reading.article.left_out)}


def _proposal(reading: Reading, proposal: Proposal) -> dict[str, Any]:
    speaker = proposal.speaker
    return {
        "kind": proposal.kind,
        "start": proposal.start,
        "end": proposal.end,
        "cue": [proposal.cue_start, proposal.cue_end],
        "quote": _spoken(reading, proposal),
        "basis": proposal.basis,
        "speaker": _called(speaker),
        "described": speaker.described if speaker else "",
        "role": speaker.role if speaker else "",
        "authority": proposal.authority.replace(" ", "_"),
        "about": list(proposal.about),
        "relay": ", ".join(proposal.relay),
        "when": proposal.when.first.isoformat() if proposal.when else None,
        "ours": proposal.ours,
        "answers": proposal.answers,
        "summary": _summary(proposal),
    }


def _called(speaker: Speaker | None) -> str:
    return (speaker.name or speaker.described) if speaker else ""


def _spoken(reading: Reading, proposal: Proposal) -> list[int] | None:
    """The quoted part of the sentence, where its speaker's own words make the proposal."""
    if proposal.basis != "own words":
        return None
    for quote in reading.quotes:
        if quote.start <= proposal.cue_start < quote.end:
            return [max(quote.start, proposal.start), min(quote.end, proposal.end)]
    return None


def _summary(proposal: Proposal) -> str:
    """Who is what, where the article states it as a fact."""
    if proposal.post:
        post = proposal.post
        years = "–".join(str(year) for year in dict.fromkeys([post.since, post.until]) if year)
        parts = [post.post or _("stands with"), post.party, years]
        return f"{post.person}: {', '.join(part for part in parts if part)}"
    if proposal.relation:
        relation = proposal.relation
        return _("%(person)s: %(relation)s of %(other)s") % {
            "person": relation.person, "relation": relation.relation, "other": relation.other,
        }  # fmt: skip
    return ""
