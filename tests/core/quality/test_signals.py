"""What is asked about a shift, what is not, and a judge that tries every stretch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.quality.check import broken_laws
from hustings.core.quality.shift import Arrival, Heard, Others, Shift
from hustings.core.quality.signals import Signal, interval, signals
from tests.core.laws.busy import BUSY

if TYPE_CHECKING:
    from collections.abc import Sequence

CAMPAIGN = Others(2000, 540, {"1": 200, "2": 150, "3": 100, "4": 50, "5": 40})


def doors(count: int, every_s: float, *, apart_m: float = 0.0) -> tuple[Arrival, ...]:
    return tuple(Arrival(n, n * every_s, n * apart_m, 0.0) for n in range(count))


def answers(said: str, every_s: float = 300.0) -> tuple[Heard, ...]:
    return tuple(Heard(n * every_s, n, answer) for n, answer in enumerate(said))


def asked(shift: Shift, others: Others = CAMPAIGN) -> dict[str, Signal]:
    found = signals(shift, others)
    assert broken_laws(shift, others, found) == []
    return {signal.about: signal for signal in found}


def test_forty_doors_in_nine_minutes_are_worth_a_question() -> None:
    said = asked(Shift(doors(40, 540 / 39), contacts=11))["pace"]

    assert (said.figures, said.first_at, said.last_at) == ({"doors": 40, "seconds": 540}, 0, 540)


def test_forty_doors_in_an_hour_are_not() -> None:
    assert asked(Shift(doors(40, 90, apart_m=12), contacts=11)) == {}


def test_doors_far_apart_take_longer_than_doors_side_by_side() -> None:
    assert "pace" not in asked(Shift(doors(12, 30)))
    assert "pace" in asked(Shift(doors(12, 30, apart_m=40)))


def test_nine_doors_are_too_few_to_ask() -> None:
    assert asked(Shift(doors(9, 1))) == {}


def test_a_quick_stretch_between_slow_ones_is_named_by_itself() -> None:
    slow, quick = doors(10, 120), doors(15, 5)
    between = [each._replace(door=100 + each.door, at=2000 + each.at) for each in quick]
    after = [each._replace(door=200 + each.door, at=9000 + each.at) for each in slow]

    said = asked(Shift((*slow, *between, *after)))["pace"]

    assert said.figures == {"doors": 15, "seconds": 70}


def test_a_floor_of_no_answer_in_one_tap_is_one_door() -> None:
    floor = tuple(Arrival(n, 0.0, building=7, spoken=False) for n in range(30))

    assert asked(Shift(floor)) == {}
    assert "pace" in asked(Shift(tuple(each._replace(spoken=True) for each in floor)))


def test_one_phone_that_records_for_six_people_may_be_six_times_as_quick() -> None:
    assert "pace" in asked(Shift(doors(40, 10)))
    assert "pace" not in asked(Shift(doors(40, 10), people=6))


@pytest.mark.parametrize(
    ("contacts", "worth_it"), [(38, True), (14, False), (11, False), (0, True)]
)
def test_contacts_are_held_against_the_campaigns_own(contacts: int, worth_it: bool) -> None:
    said = asked(Shift(doors(40, 90), contacts=contacts))

    assert ("contacts" in said) == worth_it
    if worth_it:
        figures = said["contacts"].figures
        assert (figures["low_percent"], figures["high_percent"]) == (23, 31)


def test_contacts_say_nothing_while_the_figures_are_few() -> None:
    assert asked(Shift(doors(29, 90), contacts=29)) == {}
    assert asked(Shift(doors(40, 90), contacts=40), replace(CAMPAIGN, doors=299, contacts=80)) == {}


def test_the_same_answer_again_and_again_is_worth_a_question() -> None:
    said = asked(Shift(heard=answers("12" + "3" * 20 + "1")))["run"]

    assert said.figures == {"answers": 20, "answer": "3"}
    assert (said.first_at, said.last_at) == (600, 6300)


def test_a_street_that_agrees_with_itself_is_not() -> None:
    assert asked(Shift(heard=answers("1121311112"))) == {}
    assert asked(Shift(heard=answers("1" * 9))) == {}
    most = Others(2000, 540, {"1": 900, "2": 100})
    assert asked(Shift(heard=answers("1" * 20)), most) == {}


def test_many_answers_within_one_minute_are_worth_a_question() -> None:
    said = asked(Shift(heard=answers("12345123", every_s=9)))["minute"]

    assert said.figures == {"doors": 7}


def test_a_household_of_six_answers_at_one_door() -> None:
    assert asked(Shift(heard=tuple(Heard(n, 1, "1") for n in range(6)))) == {}


@pytest.mark.parametrize(
    ("ahead_s", "minutes"), [(7200, 120), (-7200, -120), (1799, None), (None, None)]
)
def test_a_clock_far_off_is_worth_a_question(ahead_s: int | None, minutes: int | None) -> None:
    said = asked(Shift(ahead_s=ahead_s))

    assert (said["clock"].figures["minutes"] if minutes else said) == (minutes or {})


def test_an_interval_holds_the_share_and_narrows() -> None:
    few, many = interval(3, 10), interval(300, 1000)

    assert few[0] < many[0] < 0.3 < many[1] < few[1]


@BUSY
@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 60), st.booleans()), max_size=40),
    st.integers(1, 8),
)
def test_no_stretch_is_missed_and_none_invented(
    steps: Sequence[tuple[int, int, bool]], people: int
) -> None:
    at, east, made = 0, 0, []
    for door, (seconds, metres, spoken) in enumerate(steps):
        at, east = at + seconds, east + metres
        made.append(Arrival(door, at, east, 0.0, building=door // 5, spoken=spoken))
    shift = Shift(tuple(made), contacts=sum(each.spoken for each in made), people=people)

    assert broken_laws(shift, CAMPAIGN, signals(shift, CAMPAIGN)) == []


@BUSY
@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from("112")), max_size=60),
    st.dictionaries(st.sampled_from("123"), st.integers(0, 400)),
)
def test_no_run_and_no_minute_is_missed(
    said: Sequence[tuple[int, str]], known: dict[str, int]
) -> None:
    at, heard = 0, []
    for door, (seconds, answer) in enumerate(said):
        at += seconds
        heard.append(Heard(at, door // 2, answer))
    shift, others = Shift(heard=tuple(heard)), Others(1000, 300, known)

    assert broken_laws(shift, others, signals(shift, others)) == []


@BUSY
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 900), st.integers(0, 900))
def test_contacts_are_asked_about_only_where_no_share_fits_both(
    doors_: int, met: int, others_doors: int, others_met: int
) -> None:
    shift = Shift(doors(doors_, 90), contacts=min(met, doors_))
    others = Others(others_doors, min(others_met, others_doors))

    assert broken_laws(shift, others, signals(shift, others)) == []


def test_the_judge_finds_a_planted_wrong() -> None:
    quick = Shift(doors(40, 5), contacts=11)
    pace = asked(quick)["pace"]

    assert broken_laws(quick, CAMPAIGN, [])
    assert broken_laws(quick, CAMPAIGN, [pace, pace])
    assert broken_laws(quick, CAMPAIGN, [replace(pace, figures={"doors": 12, "seconds": 195})])
    assert broken_laws(quick, CAMPAIGN, [replace(pace, last_at=1.0)])
    assert broken_laws(quick, CAMPAIGN, [pace, Signal("contacts", {})])
    assert broken_laws(quick, CAMPAIGN, [pace, Signal("clock", {"minutes": 40})])
    assert broken_laws(Shift(heard=answers("1" * 30, 5)), CAMPAIGN, [])
    assert broken_laws(Shift(doors(40, 90), contacts=40), CAMPAIGN, [])
    assert broken_laws(Shift(), CAMPAIGN, [Signal("contacts", {})])
