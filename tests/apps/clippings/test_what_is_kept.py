"""Somebody else's text goes by the clock or at once; what was confirmed stays with its source and cannot be edited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.clippings.forgetting import KEPT_FOR, forget_what_is_over
from hustings.apps.clippings.models import Article, Excerpt, Meaning, PutAside, TakenBack
from hustings.apps.clippings.queries import clippings_of
from tests.apps.clippings.cuttings import HOPED, PHANTOM

if TYPE_CHECKING:
    from tests.apps.clippings.cuttings import Cutter

FRIDAY = datetime(2031, 8, 29, 18, tzinfo=UTC)
UNCONFIRMED = "due to come to Kelby to work as volunteers"
"""Words of the article that nobody confirms here."""


def rows_with(cutter: Cutter, words: str) -> dict[str, int]:
    """Every table in which some column of some row has these words, asked of the database's own catalogue."""
    found = {}
    with tenant(cutter.campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p', 'm') "
            "and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"select count(*) from {table} t where t::text like %s",  # noqa: S608  # our own names
                [f"%{words}%"],
            )
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def test_the_text_is_in_no_column_once_its_time_is_over_and_what_was_confirmed_is(
    cutter: Cutter,
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        article = cutter.drop(PHANTOM, url="https://courier.example/birch")
        cutter.confirms(article, "denial", "told the Courier")
    assert rows_with(cutter, UNCONFIRMED) == {"clippings_article": 1}

    with time_machine.travel(FRIDAY + KEPT_FOR - timedelta(seconds=1), tick=False):
        assert forget_what_is_over() == 0
    assert rows_with(cutter, UNCONFIRMED) == {"clippings_article": 1}

    with time_machine.travel(FRIDAY + KEPT_FOR, tick=False):
        assert forget_what_is_over() == 1
        assert forget_what_is_over() == 0
        assert rows_with(cutter, UNCONFIRMED) == {}
        assert rows_with(cutter, "send a message and") == {"clippings_excerpt": 1}
        with tenant(cutter.campaign.pk):
            (clipping,) = clippings_of(cutter.campaign)
        page = cutter.open("excerpt", excerpt_id=clipping.excerpt.pk)
    for source in (
        "Northmere Courier", "Birch &#x27;did not send message&#x27; to Marlow campaign",
        "https://courier.example/birch", "26 August 2031", "Petra, 29 August 2031 19:00",
        clipping.excerpt.sha256,
    ):  # fmt: skip
        assert source in page, source


def test_an_article_that_is_thrown_away_goes_at_once(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    proposal = cutter.proposal(article, "praise", "respect")
    cutter.sends("dismiss", {}, article_id=article.pk, number=proposal.number)

    answer = cutter.sends("throw-away", {}, article_id=article.pk)

    assert "The article is gone" in answer.content.decode()
    for words in ("Two former organisers", "a lot of respect", "Ines Fallow", "Birch 'did"):
        assert rows_with(cutter, words) == {}, words
    with tenant(cutter.campaign.pk):
        assert not PutAside.objects.of(cutter.campaign).exists()


def test_what_is_dismissed_can_be_brought_back_while_the_article_is_here(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    number = cutter.proposal(article, "praise", "respect").number
    cutter.sends("dismiss", {}, article_id=article.pk, number=number)
    cutter.sends("dismiss", {}, article_id=article.pk, number=number)
    assert not cutter.proposals(article)[number].waits
    assert "1 dismissed" in cutter.open("article", article_id=article.pk)

    cutter.sends("bring-back", {}, article_id=article.pk, number=number)

    assert cutter.proposals(article)[number].waits


def test_saying_anew_is_another_row_and_changes_no_word(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    excerpt = cutter.confirms(article, "denial", "has denied")
    words = excerpt.words
    form = {
        "taken-kind": "claim", "taken-side": "us", "taken-speaker": "Somebody Else",
        "taken-words": "Ms Birch sent ten messages.", "taken-said_on": "2031-08-20",
    }  # fmt: skip

    page = cutter.sends("excerpt", form, excerpt_id=excerpt.pk).content.decode()

    assert "Said anew" in page
    with tenant(cutter.campaign.pk):
        (clipping,) = clippings_of(cutter.campaign)
        assert Meaning.objects.of(cutter.campaign).count() == 2
    assert (clipping.meaning.kind, clipping.meaning.speaker) == ("claim", "Somebody Else")
    assert (clipping.excerpt.words, str(clipping.day)) == (words, "2031-08-20")
    assert "a denial: " in page, "what it was before stays in the history"


@pytest.mark.trust(17)
@pytest.mark.parametrize("column", ["words", "start", "sha256", "publication", "confirmed_by"])
def test_the_database_lets_nobody_change_an_excerpt(cutter: Cutter, column: str) -> None:
    cutter.confirms(cutter.drop(PHANTOM), "denial", "has denied")

    with (
        tenant(cutter.campaign.pk),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        Excerpt.objects.of(cutter.campaign).update(**{column: "1"})


def test_the_database_refuses_words_that_are_longer_than_their_place(cutter: Cutter) -> None:
    excerpt = cutter.confirms(cutter.drop(PHANTOM), "denial", "has denied")

    with (
        tenant(cutter.campaign.pk),
        pytest.raises(DatabaseError, match="as_long_as_its_place"),
        transaction.atomic(),
    ):
        Excerpt.objects.create(
            campaign=cutter.campaign, sha256=excerpt.sha256, start=0, end=5, words="no such words",
            confirmed_by="Petra",
        )  # fmt: skip


def test_a_confirmation_is_taken_back_by_a_row_and_may_be_confirmed_again(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    claim = cutter.confirms(article, "claim", "We had a message")
    denial = cutter.confirms(article, "denial", "told the Courier")

    cutter.sends("take-back", {}, excerpt_id=claim.pk)
    page = cutter.sends("take-back", {}, excerpt_id=claim.pk).content.decode()

    assert "Petra took this confirmation back" in page
    with tenant(cutter.campaign.pk):
        assert TakenBack.objects.of(cutter.campaign).count() == 1
        assert [one.excerpt.pk for one in clippings_of(cutter.campaign)] == [denial.pk]
    timeline = cutter.open("timeline", party_id=cutter.birch.pk)
    assert f"/excerpts/{claim.pk}/" not in timeline
    assert f"/excerpts/{denial.pk}/" in timeline
    again = cutter.confirms(article, "claim", "We had a message")
    with tenant(cutter.campaign.pk):
        answered = {one.excerpt.pk: one.answers for one in clippings_of(cutter.campaign)}
    assert answered[denial.pk] is not None
    assert answered[denial.pk].excerpt.pk == again.pk


def test_a_denial_that_is_confirmed_before_its_claim_answers_it_all_the_same(
    cutter: Cutter,
) -> None:
    article = cutter.drop(PHANTOM)
    denial = cutter.confirms(article, "denial", "has denied")
    assert "answers:" not in cutter.open("excerpt", excerpt_id=denial.pk)

    cutter.confirms(article, "claim", "We had a message")

    assert "answers:" in cutter.open("excerpt", excerpt_id=denial.pk)


def test_a_proposal_is_confirmed_once(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    number = cutter.proposal(article, "denial", "has denied").number
    form = cutter.filled_in(article, number)

    first, second = (
        cutter.sends("confirm", form, article_id=article.pk, number=number) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (200, 422)
    assert "confirmed already" in second.content.decode()


def test_whoever_said_it_before_is_filled_in_the_next_time(cutter: Cutter) -> None:
    """A name that no side carries, put to a side once."""
    article = cutter.drop(HOPED.replace("Marlow", "Fenwick"))
    proposal = cutter.proposal(article, "hope", "I very much hope")
    assert f"p{proposal.number}-side" not in cutter.filled_in(article, proposal.number)
    cutter.confirms(article, "hope", "I very much hope", side="us")

    other = cutter.drop(HOPED.replace("Marlow", "Fenwick").replace("endorse us", "endorse us all"))

    assert cutter.filled_in(other, proposal.number)[f"p{proposal.number}-side"] == "us"


def test_words_that_the_reader_passed_over_are_marked_by_a_person(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    form = {"mark-words": "doesn't intend to get involved", "mark-kind": "fact", "mark-side": "us"}

    cutter.sends("mark", form, article_id=article.pk)

    with tenant(cutter.campaign.pk):
        (clipping,) = clippings_of(cutter.campaign)
    one = clipping.excerpt
    assert article.text[one.start : one.end] == one.words == "doesn't intend to get involved"
    answer = cutter.sends(
        "mark", form | {"mark-words": "does not intend to get involved"}, article_id=article.pk
    )
    assert answer.status_code == 422
    assert "do not stand so" in answer.content.decode()


def test_an_excerpt_belongs_to_somebody(cutter: Cutter) -> None:
    article = cutter.drop(PHANTOM)
    number = cutter.proposal(article, "denial", "has denied").number

    answer = cutter.sends(
        "confirm", {f"p{number}-kind": "denial"}, article_id=article.pk, number=number
    )

    assert answer.status_code == 422
    assert "Say whose word it is, or whom it is about." in answer.content.decode()
    with tenant(cutter.campaign.pk):
        assert not Excerpt.objects.of(cutter.campaign).exists()
        assert Article.objects.of(cutter.campaign).count() == 1


def test_where_it_was_printed_can_be_written_down_later_and_stays_as_it_was_confirmed(
    cutter: Cutter,
) -> None:
    article = cutter.drop(PHANTOM, publication="")
    before = cutter.confirms(article, "denial", "has denied")
    form = {"publication": "The Kelby Bell", "url": "", "published_on": "2031-08-27"}

    cutter.sends("source", form, article_id=article.pk)

    after = cutter.confirms(article, "denial", "told the Courier")
    with tenant(cutter.campaign.pk):
        before.refresh_from_db()
    assert (before.publication, str(before.published_on)) == ("", "2031-08-26")
    assert (after.publication, str(after.published_on)) == ("The Kelby Bell", "2031-08-27")
    refused = cutter.sends("source", {"url": "no address"}, article_id=article.pk)
    assert refused.status_code == 422
