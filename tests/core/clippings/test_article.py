"""What belongs to an article and what to the page round it, and when it was published."""

from __future__ import annotations

from datetime import date

import pytest

from hustings.core.clippings.article import article_of
from hustings.core.clippings.read import read
from tests.core.clippings.labelled import Labelled, labelled


@pytest.mark.parametrize("article", labelled(), ids=lambda article: article.name)
def test_no_furniture_is_left_in_an_article(article: Labelled) -> None:
    text = article_of(article.source).text

    assert [words for words in article.labels.get("furniture", []) if words in text] == []


@pytest.mark.parametrize(
    "line",
    [
        "Sign up now or lose your vote, Tom Barrow told the meeting.",
        "“Read more books,” said the mayor.",
        "Support for the mayor has fallen.",
        "Photographs of the mayor were torn down.",
        "Advertisements will be banned near schools, the council said.",
        "Comments by the mayor have upset people.",
        "Get out and vote, the mayor told the crowd.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    text = article_of(f"Mayor speaks\n\nThe mayor spoke on Monday.\n\n{line}\n\nThe end came.").text

    assert line in text


def test_a_class_that_only_sounds_like_furniture_keeps_the_article() -> None:
    page = (
        "<body class='has-sidebar no-ads'><div class='page-with-comments'><main><h1>Won</h1>"
        "<p>“We won,” said Tom Barrow.</p></main></div></body>"
    )

    assert "We won" in article_of(page).text


def test_lines_broken_by_a_mail_program_are_one_paragraph() -> None:
    text = (
        "Tom Barrow has denied that he ever had a message from\n"
        "the senator, and says that he will ring back before he\n"
        "tells anybody anything again.\n"
    )

    assert len(article_of(text).paragraphs) == 1


def test_everything_after_the_end_of_a_press_release_is_left_out() -> None:
    text = "Party wins\n\nThe party has won.\n\nENDS\n\n“Call me,” said the press officer."

    assert article_of(text).text.endswith("has won.")


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("<meta property='article:published_time' content='2031-05-14T23:59:00+01:00'><p>A.</p>", date(2031, 5, 14)),
        ("<p>A.</p><script type='application/ld+json'>[{\"datePublished\": \"2031-05-14\"}]</script>", date(2031, 5, 14)),
        ("<p>A.</p><time datetime='2031-05-14'>14 May</time>", date(2031, 5, 14)),
        ("Won\n\nPublished 17:40, 14 May 2031\nUpdated 19:02, 15 May 2031\n\nThe party won.", date(2031, 5, 14)),
        ("Won\n\nKELBY, May 14, 2031 (Coastal Press) - The party has won in Kelby.", date(2031, 5, 14)),
        ("Won\n\n14/05/2031\n\nThe party won.", date(2031, 5, 14)),
        ("Won\n\nThe party, founded on 3 June 1999 in Kelby, won.", None),
    ],
)  # fmt: skip
def test_the_date_of_an_article(source: str, day: date | None) -> None:
    assert article_of(source).published == day


def test_quotes_in_headlines_are_an_editors_and_nobodys() -> None:
    reading = read("Barrow: ‘I quit’\n\nTom Barrow has resigned.\n\n“I am going,” he said.")

    assert [(quote.kind, quote.speaker is None) for quote in reading.quotes] == [
        ("headline", True),
        ("speech", False),
    ]
