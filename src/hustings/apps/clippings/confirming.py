"""A person confirms what an article says, says anew what it is, dismisses a proposal, or takes a confirmation back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.access import article_for
from hustings.apps.clippings.models import Excerpt, Meaning, PutAside, TakenBack, Tie
from hustings.apps.clippings.wording import KINDS
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.clippings.models import Article
    from hustings.apps.statements.models import Party, Record

MOST_CHARACTERS = 2000
"""An excerpt is a sentence or two; more of somebody else's text is not ours to keep."""
US = "us"
"""A side of a word that is ourselves; every other side is a party."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an excerpt is taken to be, whose word it is and whom it is about; everything that may be said anew."""

    kind: str
    speaker: str = ""
    role: str = ""
    authority: str = ""
    said_on: date | None = None
    due_on: date | None = None
    ours: bool | None = None
    summary: str = ""
    by: Party | str | None = None
    about: tuple[Party | str, ...] = ()
    answers: Excerpt | None = None
    awaits: str = ""
    record: Record | None = None


def confirm(
    campaign: Campaign, article: Article, number: int, taken: Taken, *, by: Actor
) -> Excerpt:
    """One proposal of the article, confirmed as what ``taken`` says."""
    with tenant(campaign.pk):
        article = article_for(campaign, article.pk, lock=True)
        proposal = proposal_of(article, number)
        standing = Excerpt.objects.of(campaign).filter(
            sha256=article.sha256, proposed=proposal["key"], taken_back__isnull=True
        )
        if standing.exists():
            raise BadInput(_("This was confirmed already; open it to say anew what it is."))
        PutAside.objects.of(campaign).filter(article=article, number=number).delete()
        excerpt = _kept(article, proposal["start"], proposal["end"], by, proposal)
        _meant(excerpt, taken, proposal["basis"], proposal["relay"], by)
        audit(by, "clipping.confirm", subject="excerpt", subject_id=excerpt.pk)
    return excerpt


def mark(campaign: Campaign, article: Article, words: str, taken: Taken, *, by: Actor) -> Excerpt:
    """Words that the reader passed over, marked and confirmed by a person; they must stand in the article."""
    with tenant(campaign.pk):
        article = article_for(campaign, article.pk, lock=True)
        words = " ".join(words.split())
        start = article.text.find(words)
        if not words or start < 0:
            raise BadInput(
                _("These words do not stand so in one paragraph of the article; copy them from it.")
            )
        excerpt = _kept(article, start, start + len(words), by)
        _meant(excerpt, taken, "own words" if taken.speaker else "paper", "", by)
        audit(by, "clipping.confirm", subject="excerpt", subject_id=excerpt.pk)
    return excerpt


def say_anew(campaign: Campaign, excerpt: Excerpt, taken: Taken, *, by: Actor) -> Meaning:
    """The words stay; what they are taken to be is said once more, and that counts from now on."""
    with tenant(campaign.pk):
        if excerpt.taken_back.exists():
            raise BadInput(_("This confirmation was taken back; confirm it again first."))
        if taken.answers is not None and taken.answers.pk == excerpt.pk:
            raise BadInput(_("Nothing answers itself."))
        before = excerpt.meanings.order_by("-pk")[0]
        meaning = _meant(excerpt, taken, before.basis, before.relay, by)
        audit(by, "clipping.change", subject="excerpt", subject_id=excerpt.pk)
    return meaning


def take_back(campaign: Campaign, excerpt: Excerpt, *, by: Actor) -> None:
    """Undo a confirmation: a row says so, and nothing is edited."""
    with tenant(campaign.pk):
        _row, new = TakenBack.objects.of(campaign).get_or_create(
            campaign=campaign, excerpt=excerpt, defaults={"by": by.label}
        )
        if new:
            audit(by, "clipping.take_back", subject="excerpt", subject_id=excerpt.pk)


def put_aside(campaign: Campaign, article: Article, number: int, *, by: Actor) -> None:
    """Dismiss one proposal; it can be brought back while the article is here."""
    with tenant(campaign.pk):
        proposal_of(article, number)
        _row, new = PutAside.objects.of(campaign).get_or_create(
            campaign=campaign, article=article, number=number, defaults={"by": by.label}
        )
        if new:
            audit(by, "clipping.put_aside", subject="article", subject_id=article.pk)


def bring_back(campaign: Campaign, article: Article, number: int, *, by: Actor) -> None:
    """Undo a dismissal."""
    with tenant(campaign.pk):
        gone, _rows = PutAside.objects.of(campaign).filter(article=article, number=number).delete()
        if gone:
            audit(by, "clipping.bring_back", subject="article", subject_id=article.pk)


def proposal_of(article: Article, number: int) -> dict[str, Any]:
    """One proposal by its number."""
    proposals = article.reading["proposals"]
    if number >= len(proposals):
        raise BadInput(_("The article has no such proposal; open it anew."))
    found: dict[str, Any] = proposals[number]
    return found


def _kept(
    article: Article, start: int, end: int, by: Actor, proposal: dict[str, Any] | None = None
) -> Excerpt:
    words = article.text[start:end]
    if len(words) > MOST_CHARACTERS:
        raise BadInput(
            _("An excerpt has at most %(n)s characters; mark the words that matter.")
            % {"n": f"{MOST_CHARACTERS:,}"}
        )
    quote = (proposal["quote"] if proposal else None) or [None, None]
    excerpt: Excerpt = Excerpt.objects.create(
        campaign_id=article.campaign_id,
        publication=article.publication,
        headline=article.headline,
        url=article.url,
        published_on=article.published_on,
        sha256=article.sha256,
        start=start,
        end=end,
        words=words,
        quote_start=quote[0],
        quote_end=quote[1],
        proposed=proposal["key"] if proposal else "",
        confirmed_by=by.label,
    )
    return excerpt


def _meant(excerpt: Excerpt, taken: Taken, basis: str, relay: str, by: Actor) -> Meaning:
    if taken.kind not in KINDS:
        raise BadInput(_("Choose what it is."))
    if taken.by is None and not taken.about:
        raise BadInput(_("Say whose word it is, or whom it is about."))
    meaning: Meaning = Meaning.objects.create(
        campaign_id=excerpt.campaign_id,
        excerpt=excerpt,
        kind=taken.kind,
        speaker=taken.speaker,
        role=taken.role,
        relay=relay,
        basis=basis,
        authority=taken.authority,
        said_on=taken.said_on or excerpt.published_on,
        due_on=taken.due_on,
        ours=taken.ours,
        summary=taken.summary,
        awaits=taken.awaits,
        by=by.label,
    )
    ties = [Tie(kind=Tie.Kind.ABOUT, party=_party(side)) for side in taken.about]
    if taken.by is not None:
        ties.append(Tie(kind=Tie.Kind.BY, party=_party(taken.by)))
    if taken.answers is not None:
        ties.append(Tie(kind=Tie.Kind.ANSWERS, answered=taken.answers))
    if taken.record is not None:
        ties.append(Tie(kind=Tie.Kind.RECORD, record=taken.record))
    for tie in ties:
        tie.campaign_id, tie.meaning = excerpt.campaign_id, meaning
    Tie.objects.bulk_create(ties)
    return meaning


def _party(side: Party | str) -> Party | None:
    return None if isinstance(side, str) else side
