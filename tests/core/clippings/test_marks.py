"""Which marks open, which close, and which are apostrophes."""

from __future__ import annotations

import pytest

from hustings.core.clippings.read import read


def quotes(text: str) -> list[str]:
    reading = read(text)
    return [reading.article.text[quote.start : quote.end] for quote in reading.quotes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We won,” said Tom Barrow.", ["We won,"]),
        ('"We won," said Tom Barrow.', ["We won,"]),
        ("‘We won,’ said Tom Barrow.", ["We won,"]),
        ("'We won,' said Tom Barrow.", ["We won,"]),
        ("``We won,'' said Tom Barrow.", ["We won,"]),
        ("«We won», said Tom Barrow.", ["We won"]),
        ("„We won“, said Tom Barrow.", ["We won"]),
        ('“We won," said Tom Barrow.', ["We won,"]),
    ],
)
def test_every_way_of_marking_a_quote(text: str, found: list[str]) -> None:
    assert quotes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The voters' time and the party's bus weren't wasted in the '90s.",
        "Mr O'Hara didn’t mind the Joneses’ dog or the dogs' bowls.",
        "Rock 'n' roll 'em in, said nobody.",
        "It was 14\" long and 6' high.",
    ],
)
def test_apostrophes_feet_and_inches_are_no_quotes(text: str) -> None:
    assert quotes(text) == []


def test_a_plural_possessive_does_not_end_a_quote() -> None:
    text = "'It's the voters' time they're wasting,' Mrs Frost said."

    assert quotes(text) == ["It's the voters' time they're wasting,"]


def test_a_quote_within_a_quote_belongs_to_the_outer_one() -> None:
    text = "‘They said, “not yet”, so we wait,’ said Farah Noon."

    assert quotes(text) == ["They said, “not yet”, so we wait,"]


def test_inches_within_a_quote_do_not_end_it() -> None:
    assert quotes('"The figure was 14" not 40", said Tom Barrow.') == ['The figure was 14" not 40']


def test_a_quote_over_paragraphs_is_one_utterance_with_a_place_in_each() -> None:
    reading = read(
        "Helen Strand said: “I have not changed.\n\n“The party has.\n\n“I am tired.”\n\nShe left."
    )
    text = reading.article.text

    assert [text[q.start : q.end] for q in reading.quotes] == [
        "I have not changed.",
        "The party has.",
        "I am tired.",
    ]
    assert {q.utterance for q in reading.quotes} == {1}
    assert {q.speaker.name for q in reading.quotes if q.speaker} == {"Helen Strand"}


def test_a_mark_that_nothing_closes_is_no_quote() -> None:
    assert quotes("The sign said “ and no more. Nobody knew why.") == []
