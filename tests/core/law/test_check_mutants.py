"""A good answer, spoilt in one place, is found out each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hustings.core.law.check import check_answer
from hustings.core.law.judging import Answer, Override, Question, judge
from hustings.formats.law import own_tables, the_book
from tests.core.law.good import DAY, GOOD

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = the_book()
FACTS = {
    **GOOD["gift", "GB"],
    "amount": GOOD["spending", "GB"]["total"],
    "recipient": "candidate",
    "source_checked": False,
    "received_on": date(2026, 11, 1),
}
OPEN = {name: value for name, value in FACTS.items() if name != "source_checked"}


def spoilt(**changed: object) -> Callable[[Answer], Answer]:
    return lambda said: replace(
        said, findings=(replace(said.findings[0], **changed), *said.findings[1:])
    )  # type: ignore[arg-type]


def set_aside(case: str, role: str, reason: str = "Known") -> Callable[[Answer], Answer]:
    return lambda said: replace(
        said, overrides=(Override("UK-1", case, "Alice", role, reason, DAY),)
    )


def test_the_answers_are_good() -> None:
    assert check_answer(own_tables(), judge(BOOK, "gift", FACTS, DAY)) == ()
    assert check_answer(own_tables(), judge(BOOK, "gift", OPEN, DAY)) == ()


SPOILT: tuple[tuple[str, Callable[[Answer], Answer]], ...] = (
    ("findings", lambda said: replace(said, findings=())),
    ("findings", lambda said: replace(said, findings=said.findings[1:])),
    ("findings", lambda said: replace(said, findings=said.findings + said.findings[:1])),
    ("findings", spoilt(case="day-30-over")),
    ("findings", spoilt(rule="UK-99")),
    ("findings", lambda said: replace(said, on=said.on + timedelta(days=10))),
    ("findings", lambda said: replace(said, on=date(2026, 2, 11))),
    ("severity", spoilt(severity="record")),
    ("severity", spoilt(severity="warn")),
    ("source", spoilt(citation="")),
    ("source", spoilt(citation="an Act")),
    ("source", spoilt(source="")),
    ("source", spoilt(read_on=date(2020, 1, 1))),
    ("source", spoilt(jurisdiction="US")),
    ("source", spoilt(due=date(2026, 12, 2))),
    ("source", spoilt(due=None)),
    ("source", spoilt(since=date(2020, 1, 1))),
    ("sentence", spoilt(advice="Do not accept this {")),
    ("sentence", spoilt(advice="Do not accept this")),
    ("overrides", set_aside("not-checked", "canvasser")),
    ("overrides", set_aside("not-checked", "organiser", " ")),
    ("overrides", set_aside("day-25", "organiser")),
    (
        "questions",
        lambda said: replace(said, questions=(Question("giver", "Who?", "warn", ("UK-1",)),)),
    ),
)


@pytest.mark.parametrize(
    ("law", "spoil"), SPOILT, ids=[f"{n}-{law}" for n, (law, _) in enumerate(SPOILT)]
)
def test_a_spoilt_answer_is_found_out(law: str, spoil: Callable[[Answer], Answer]) -> None:
    said = judge(BOOK, "gift", FACTS, DAY)

    assert law in {broken.law for broken in check_answer(own_tables(), spoil(said))}


ASKED: tuple[Callable[[tuple[Question, ...]], tuple[Question, ...]], ...] = (
    lambda asked: (),
    lambda asked: (*asked, *asked[:1]),
    lambda asked: tuple(replace(one, severity="record") for one in asked),
    lambda asked: tuple(replace(one, rules=("UK-2",)) for one in asked),
    lambda asked: tuple(replace(one, currency="GBP") for one in asked),
    lambda asked: tuple(replace(one, sentence="Tell us.") for one in asked),
)


@pytest.mark.parametrize("spoil", ASKED, ids=[str(n) for n in range(len(ASKED))])
def test_spoilt_questions_are_found_out(
    spoil: Callable[[tuple[Question, ...]], tuple[Question, ...]],
) -> None:
    said = judge(BOOK, "gift", OPEN, DAY)

    worse = replace(said, questions=spoil(said.questions))

    assert "questions" in {broken.law for broken in check_answer(own_tables(), worse)}


def test_an_answer_that_lets_pass_what_blocks_is_found_out() -> None:
    class Lenient(Answer):
        @property
        def allowed(self) -> bool:
            return True

    said = judge(BOOK, "gift", FACTS, DAY)
    lenient = Lenient(said.act, said.on, said.facts, said.findings, said.questions)

    assert {broken.law for broken in check_answer(own_tables(), lenient)} == {"allowed"}
