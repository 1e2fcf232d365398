"""Law: whatever the clock and the session do, nobody is reminded twice, at night, or of what is cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from hustings.core.shifts import reminding
from hustings.core.shifts.check import broken_reminders
from hustings.core.shifts.reminding import Booked, due

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime(2026, 3, 28, 12, tzinfo=UTC)
"""Clocks are put forward in Europe on the night after it."""
ZONES = st.sampled_from(
    [
        ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland"),
        ZoneInfo("Asia/Kolkata"), timezone(timedelta(hours=-11)), timezone(timedelta(hours=13)),
    ]
)  # fmt: skip
STATES = st.sampled_from(["signed_up", "confirmed", "waiting", "cancelled", "offered", "came"])


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    """A session, and moments at which a worker looks, each with where the sign-up stood by then."""
    looks = sorted(draw(st.lists(st.integers(0, 8 * 24 * 4), min_size=1, max_size=40, unique=True)))
    return {
        "starts_at": START + timedelta(minutes=15 * draw(st.integers(0, 96 * 3))),
        "zone": draw(ZONES),
        "session_zone": draw(ZONES),
        "signed_up_at": START - timedelta(hours=draw(st.integers(1, 400))),
        "looks": [
            (START - timedelta(days=6) + timedelta(minutes=15 * at), draw(STATES), draw(st.booleans()))
            for at in looks
        ],
    }  # fmt: skip


def broken(
    case: dict[str, object], decide: Callable[[datetime, Booked], list[reminding.Due]]
) -> list[str]:
    looks: list[tuple[datetime, str, bool]] = case["looks"]  # type: ignore[assignment]  # as drawn above
    known: set[tuple[str, object]] = set()
    sent, closed = [], []
    for now, state, cancelled in looks:
        booked = Booked(
            starts_at=case["starts_at"], session_zone=case["session_zone"], state=state,
            signed_up_at=case["signed_up_at"], zone=case["zone"], cancelled=cancelled,
            reminded=frozenset(known),
        )  # type: ignore[arg-type]  # fmt: skip
        for one in decide(now, booked):
            known.add((one.kind, one.day))
            if not one.dropped:
                sent.append((now, one.kind))
        if cancelled or state not in {"signed_up", "confirmed"}:
            closed.append((now, now + timedelta(seconds=1)))
    return broken_reminders(
        sent, starts_at=case["starts_at"], zone=case["zone"], closed=closed
    )  # type: ignore[arg-type]  # fmt: skip


@given(histories())
def test_a_reminder_is_sent_once_and_wakes_nobody(case: dict[str, object]) -> None:
    assert broken(case, due) == []


def _forgets_what_it_sent(now: datetime, booked: Booked) -> list[reminding.Due]:
    return due(now, _with(booked, reminded=frozenset()))


def _goes_by_the_session_alone(now: datetime, booked: Booked) -> list[reminding.Due]:
    return due(now, _with(booked, zone=booked.session_zone))


def _reminds_of_what_is_cancelled(now: datetime, booked: Booked) -> list[reminding.Due]:
    return due(now, _with(booked, cancelled=False))


def _reminds_whoever_waits(now: datetime, booked: Booked) -> list[reminding.Due]:
    return due(now, _with(booked, state="signed_up"))


def _by_the_day_it_looks(now: datetime, booked: Booked) -> list[reminding.Due]:
    """Its key is the day of the look and not of the session: every day a new one."""
    kept = frozenset((kind, booked.day) for kind, day in booked.reminded if day == now.date())
    return [reminding.Due(one.kind, now.date(), one.dropped) for one in due(now, _with(booked, reminded=kept))]  # fmt: skip


def _with(booked: Booked, **more: object) -> Booked:
    from dataclasses import replace

    return replace(booked, **more)  # type: ignore[arg-type]  # names as they stand there


@pytest.mark.parametrize(
    "planted",
    [
        _forgets_what_it_sent, _goes_by_the_session_alone, _reminds_of_what_is_cancelled,
        _reminds_whoever_waits, _by_the_day_it_looks,
    ],
)  # fmt: skip
def test_the_judge_finds_a_planted_bug(
    planted: Callable[[datetime, Booked], list[reminding.Due]],
) -> None:
    find(
        histories(),
        lambda case: bool(broken(case, planted)),
        settings=settings(max_examples=20_000, database=None, derandomize=True, deadline=None),
    )
