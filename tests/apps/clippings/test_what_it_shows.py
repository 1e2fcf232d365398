"""The two stories of the clippings: a message that nobody sent, and an endorsement that was hoped for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.models import Excerpt
from hustings.apps.clippings.queries import clippings_of
from hustings.apps.clippings.timeline import timeline
from hustings.apps.statements.reading import ledger_of
from tests.apps.clippings.cuttings import BROTHERS, HOPED, PHANTOM

if TYPE_CHECKING:
    from hustings.apps.clippings.timeline import Entry
    from tests.apps.clippings.cuttings import Cutter


def between_us_and_birch(cutter: Cutter) -> list[Entry]:
    with tenant(cutter.campaign.pk):
        return timeline(cutter.campaign, ledger_of(cutter.campaign), US, cutter.birch)


def test_a_denied_message_is_a_claim_then_a_denial_then_a_correction_and_helpers_a_fact(
    cutter: Cutter,
) -> None:
    article = cutter.drop(PHANTOM)
    cutter.confirms(article, "denial", "told the Courier")
    cutter.confirms(article, "claim", "We had a message yesterday")
    cutter.confirms(article, "correction", "misinformed by an aide")
    cutter.confirms(article, "fact", "due to come to Kelby")

    entries = {entry.words[:24]: entry for entry in between_us_and_birch(cutter)}
    claim, denial, correction, helpers = (
        entries[words]
        for words in (
            "Speaking to volunteers a", "But a spokesman for Ms B", "Mr Marlow's team later s",
            "Two former organisers of",
        )
    )  # fmt: skip

    assert (claim.who, claim.about, claim.kind, claim.look) == (
        US, (cutter.birch,), "claim", "denied",
    )  # fmt: skip
    assert (denial.who, denial.kind) == (cutter.birch, "denial")
    assert denial.answers.startswith("We had a message yesterday")
    assert (correction.who, correction.kind) == (US, "correction")
    assert correction.answers.startswith("We had a message yesterday")
    assert (helpers.kind, helpers.answers) == ("fact", "")
    assert [entry.grade for entry in entries.values()] == ["published"] * 4
    page = cutter.open("timeline", party_id=cutter.birch.pk)
    assert page.index("We had a message") < page.index("send a message and") < page.index("misin")
    assert "claimed, and corrected since" in page


def test_an_endorsement_that_is_hoped_for_is_a_hope_and_an_event_that_is_not_ours(
    cutter: Cutter,
) -> None:
    article = cutter.drop(HOPED)
    hope = cutter.confirms(article, "hope", "I very much hope")
    event = cutter.confirms(
        article, "event", "The book tour", side="", about=[str(cutter.birch.pk)]
    )

    entries = {
        entry.clipping.excerpt.pk: entry for entry in between_us_and_birch(cutter) if entry.clipping
    }
    assert (entries[hope.pk].look, entries[hope.pk].grade) == ("hoped", "")
    assert entries[hope.pk].done == "hoped for, not received"
    assert entries[event.pk].done == "an event that is no campaign’s"
    for page in (
        cutter.open("timeline", party_id=cutter.birch.pk),
        cutter.open("excerpt", excerpt_id=hope.pk),
        cutter.open("article", article_id=article.pk),
        cutter.open("desk"),
    ):
        assert "hoped for, not received" in page
    assert "word-hoped" in cutter.open("timeline", party_id=cutter.birch.pk)
    assert "word-hoped" in cutter.open("article", article_id=article.pk), "the other hope waits"


def test_relatives_who_stand_for_different_parties_are_shown_as_a_conflict(cutter: Cutter) -> None:
    article = cutter.drop(BROTHERS)

    assert "a conflict to know of" in cutter.open("article", article_id=article.pk)
    excerpt = cutter.confirms(article, "conflict", "The brother of", side="us")

    page = cutter.open("excerpt", excerpt_id=excerpt.pk)
    assert "Owen Denham (Civic Union) is the brother of Miles Denham" in page


def test_every_excerpt_is_what_stands_in_the_article_at_its_place(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    for proposal in cutter.proposals(article):
        cutter.confirms(
            article,
            proposal.said["kind"],
            proposal.before + proposal.cue + proposal.after,
            side="us",
        )

    with tenant(cutter.campaign.pk):
        excerpts = list(Excerpt.objects.of(cutter.campaign))
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    assert len(excerpts) == len(cutter.proposals(article)) >= 7
    for one in excerpts:
        assert article.text[one.start : one.end] == one.words
        assert one.sha256 == digest
        if one.quote_start is not None:
            assert one.quote_start == one.start or article.text[one.quote_start - 1] == '"'
            assert one.spoken in one.words


def test_two_parties_have_a_timeline_without_us(cutter: Cutter) -> None:
    from hustings.apps.statements import parties
    from tests.apps.cast import SETUP

    with tenant(cutter.campaign.pk):
        union = parties.add_by_name(cutter.campaign, "Civic Union", telephone="", by=SETUP)
    article = cutter.drop(PHANTOM)
    theirs = cutter.confirms(
        article, "denial", "has denied", side=str(cutter.birch.pk), about=[str(union.pk)]
    )
    cutter.confirms(article, "claim", "We had a message", about=[str(cutter.birch.pk)])

    page = cutter.open("timeline-of-two", party_id=cutter.birch.pk, other_id=union.pk)
    assert f"/excerpts/{theirs.pk}/" in page
    with tenant(cutter.campaign.pk):
        assert len(clippings_of(cutter.campaign)) == 2
    assert "We had a message yesterday" in cutter.open("timeline", party_id=cutter.birch.pk)
