"""Reminders by example: the days, the night, what is dropped, and who is rung up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hustings.core.errors import BadInput
from hustings.core.shifts.clock import comes_twice, days_later, moment_of
from hustings.core.shifts.overbooking import Figures, suggest
from hustings.core.shifts.reminding import Booked, Due, due, to_chase

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
SATURDAY = datetime(2026, 6, 13, 13, tzinfo=UTC)
"""Two o'clock in London."""
VERA = Booked(SATURDAY, LONDON, "signed_up", SATURDAY - timedelta(days=20), LONDON)
DAY = date(2026, 6, 13)


def test_five_days_before_they_are_asked_to_confirm_and_the_day_before_they_are_reminded() -> None:
    found = {
        days: [one.kind for one in due(SATURDAY - timedelta(days=days), VERA)]
        for days in (6, 5, 4, 3, 2, 1)
    }

    assert found == {
        6: [],
        5: ["confirm"],
        4: ["confirm"],
        3: ["confirm"],
        2: [],
        1: ["day_before"],
    }


def test_whoever_confirmed_is_not_asked_to_and_still_reminded() -> None:
    vera = replace(VERA, state="confirmed")

    assert due(SATURDAY - timedelta(days=5), vera) == []
    assert due(SATURDAY - timedelta(days=1), vera) == [Due("day_before", DAY)]


def test_whoever_signed_up_an_hour_ago_needs_no_reminder() -> None:
    vera = replace(VERA, signed_up_at=SATURDAY - timedelta(hours=20))

    assert due(SATURDAY - timedelta(hours=19), vera) == []


def test_a_reminder_waits_for_the_morning_where_the_volunteer_is() -> None:
    vera = replace(VERA, zone=AUCKLAND)
    evening = SATURDAY - timedelta(hours=24)  # one in the night in Auckland

    assert due(evening, vera) == []
    assert due(evening + timedelta(hours=6, minutes=59), vera) == []
    assert due(evening + timedelta(hours=7), vera) == [Due("day_before", DAY)]


def test_a_reminder_that_would_come_too_late_after_the_night_is_dropped() -> None:
    early = replace(VERA, starts_at=datetime(2026, 6, 13, 6, tzinfo=UTC))  # seven in London
    night = datetime(2026, 6, 12, 22, tzinfo=UTC)

    assert due(night, early) == [Due("day_before", DAY, "quiet")]


def test_moved_to_another_day_it_is_reminded_of_again_and_by_an_hour_it_is_not() -> None:
    vera = replace(VERA, reminded={("day_before", DAY)})
    later = replace(vera, starts_at=SATURDAY + timedelta(hours=1))
    next_week = replace(vera, starts_at=SATURDAY + timedelta(days=7))

    assert due(SATURDAY - timedelta(hours=20), later) == []
    assert [one.kind for one in due(SATURDAY + timedelta(days=6), next_week)] == ["day_before"]


def test_twenty_minutes_late_somebody_is_rung_up() -> None:
    end = SATURDAY + timedelta(hours=2)
    states = [(1, "signed_up"), (2, "confirmed"), (3, "came"), (4, "waiting"), (5, "cancelled")]

    assert to_chase(SATURDAY + timedelta(minutes=19), SATURDAY, end, states) == []
    assert to_chase(SATURDAY + timedelta(minutes=20), SATURDAY, end, states) == [1, 2]
    assert to_chase(end, SATURDAY, end, states) == []


def test_next_week_is_at_the_same_hour_of_the_clock_also_when_it_was_put_forward() -> None:
    before = moment_of(datetime(2026, 3, 28, 14), LONDON)  # noqa: DTZ001  # on a clock on the wall

    assert before == datetime(2026, 3, 28, 14, tzinfo=UTC)
    assert days_later(before, 7, LONDON) == datetime(2026, 4, 4, 13, tzinfo=UTC)


def test_an_hour_that_the_clock_leaves_out_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadInput, match="There is no 01:30 on 29 March 2026"):
        moment_of(datetime(2026, 3, 29, 1, 30), LONDON)  # noqa: DTZ001  # on a clock on the wall


def test_an_hour_that_comes_twice_is_the_first() -> None:
    wall = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001  # on a clock on the wall

    assert moment_of(wall, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert comes_twice(wall, LONDON)


@pytest.mark.parametrize("hour", [(10, 25, 0, 59), (10, 25, 2, 0), (3, 29, 1, 30), (6, 13, 1, 30)])
def test_no_other_hour_comes_twice(hour: tuple[int, int, int, int]) -> None:
    assert not comes_twice(datetime(2026, *hour), LONDON)  # noqa: DTZ001  # on a clock on the wall


def test_one_in_two_is_planned_on_while_the_figures_are_few_and_then_their_own() -> None:
    few, own = suggest(10, Figures(19, 19)), suggest(10, Figures(40, 23))

    assert (few.sign_up, few.own, few.share) == (15, False, 0.5)
    assert own.own
    assert own.sign_up == 13
    assert own.low < 23 / 40 < own.high
