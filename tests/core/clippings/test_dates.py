"""What «yesterday» and «on Monday» mean in an article of Wednesday 14 May 2031."""

from __future__ import annotations

from datetime import date

import pytest

from hustings.core.clippings.dates import whens
from hustings.core.clippings.read import read

PUBLISHED = date(2031, 5, 14)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("He said yesterday that he had won.", (5, 13), (5, 13)),
        ("He won last night.", (5, 13), (5, 13)),
        ("He said this morning that he won.", (5, 14), (5, 14)),
        ("He will speak tomorrow.", (5, 15), (5, 15)),
        ("He spoke on Monday evening.", (5, 12), (5, 12)),
        ("He spoke on Wednesday.", (5, 14), (5, 14)),
        ("He will speak on Monday.", (5, 19), (5, 19)),
        ("A rally is to be held on Friday.", (5, 16), (5, 16)),
        ("He spoke last Wednesday.", (5, 7), (5, 7)),
        ("He has until Friday.", (5, 16), (5, 16)),
        ("He spoke last week.", (5, 5), (5, 11)),
        ("He will speak next week.", (5, 19), (5, 25)),
        ("He left last month.", (4, 1), (4, 30)),
        ("It happens on 7 June.", (6, 7), (6, 7)),
        ("It happened on May 2.", (5, 2), (5, 2)),
        ("It happens on Saturday 7 June.", (6, 7), (6, 7)),
    ],
)
def test_relative_dates(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    (found,) = whens(text, PUBLISHED)

    assert (found.first, found.last) == (date(2031, *first), date(2031, *last))


@pytest.mark.parametrize(
    "text", ["He may 5 times.", "On Mondays he sings.", "He met Sunday Times staff on 31 June."]
)
def test_what_is_no_date(text: str) -> None:
    assert [w for w in whens(text, PUBLISHED) if "Sunday" not in text[w.start : w.end]] == []


def test_without_a_date_of_the_article_only_full_dates_are_known() -> None:
    assert [when.first for when in whens("On Monday and on 3 June 2031.", None)] == [
        date(2031, 6, 3)
    ]


def test_yesterday_in_a_quote_is_the_day_before_it_was_spoken() -> None:
    reading = read("Speaking on Monday, Tom Barrow said: “We had a message yesterday.”", PUBLISHED)

    assert [when.first for when in reading.whens] == [date(2031, 5, 12), date(2031, 5, 11)]
