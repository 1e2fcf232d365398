"""
How often the reader is right, on articles that were labelled before there was a reader.

Half of them, by the hash of their names, were looked at while it was built; the other half was not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from hustings.core.clippings.check import check
from hustings.core.clippings.read import read
from tests.core.clippings.labelled import Labelled, Score, labelled, measure

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "clippings.md"
SETS = ("seen", "opened", "unseen")


@pytest.fixture(scope="module", params=SETS)
def half(request: pytest.FixtureRequest) -> tuple[str, dict[str, Score]]:
    name = str(request.param)
    return name, measure(labelled(name))


def test_there_are_forty_articles_in_two_halves() -> None:
    sizes = [len(labelled(name)) for name in SETS]

    assert sum(sizes) >= 40
    assert min(sizes) >= 20


def test_speakers_are_right_nine_times_in_ten_and_four_in_five_are_found(
    half: tuple[str, dict[str, Score]], capsys: pytest.CaptureFixture[str]
) -> None:
    name, scores = half
    with capsys.disabled():
        sys.stdout.write(f"\nclippings, {name}:\n")
        for what, score in scores.items():
            sys.stdout.write(f"  {what:<10} {score}\n")

    assert scores["speakers"].precision >= 0.9
    assert scores["speakers"].recall >= 0.8


def test_the_methods_page_gives_the_figures_measured_here(
    half: tuple[str, dict[str, Score]],
) -> None:
    name, scores = half
    page = PAGE.read_text(encoding="utf-8")
    for what, score in scores.items():
        row = re.search(rf"^\| {name} \| {what} \| ([\d.]+) \| ([\d.]+) \|", page, re.MULTILINE)
        assert row, (name, what)
        assert (row[1], row[2]) == (f"{score.precision:.3f}", f"{score.recall:.3f}"), (name, what)


@pytest.mark.parametrize("article", labelled(), ids=lambda article: article.name)
def test_the_judge_finds_nothing_wrong(article: Labelled) -> None:
    assert check(article.source, read(article.source)) == []


@pytest.mark.parametrize("article", labelled("seen"), ids=lambda article: article.name)
def test_scare_quotes_are_nobodys_and_conflicts_are_shown(article: Labelled) -> None:
    reading = read(article.source)
    spoken = [
        reading.article.text[quote.start : quote.end]
        for quote in reading.quotes
        if quote.kind not in {"scare", "headline"}
    ]

    assert not set(spoken) & set(article.labels.get("scare", []))
    assert len(reading.conflicts) == article.labels["conflicts"]
