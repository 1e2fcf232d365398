"""What the worker looks after beside its jobs."""

from __future__ import annotations

import pytest

from hustings.server import command_work

DUE = (
    "jobs.actions.retry_silent_jobs",
    "outings.handing_out.return_overdue_everywhere",
    "safety.overdue.look_after_everybody",
    "statements.drafting.sign_what_is_due",
    "polling.actions.forget_everywhere",
    "lending.forgetting.forget_everywhere",
    "clippings.forgetting.forget_what_is_over",
    "exchange.sending.send_what_is_due",
)


class RoundIsOver(BaseException):
    """The last of them was asked."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the worker asked for in one round, in order."""
    seen: list[str] = []

    def ask(place: str) -> None:
        seen.append(place)
        if place == DUE[-1]:
            raise RoundIsOver

    for place in DUE:
        monkeypatch.setattr(f"hustings.apps.{place}", lambda place=place: ask(place))
    monkeypatch.setattr(command_work, "RETRY_EVERY_S", 0.01)
    return seen


@pytest.mark.django_db
def test_everything_that_has_its_day_is_looked_after(asked: list[str]) -> None:
    with pytest.raises(RoundIsOver):
        command_work._look_after()

    assert asked == list(DUE)


@pytest.mark.django_db
def test_one_that_fails_does_not_keep_the_others_from_it(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise RuntimeError("the log of a campaign is broken")

    monkeypatch.setattr("hustings.apps.statements.drafting.sign_what_is_due", fails)

    with pytest.raises(RoundIsOver):
        command_work._look_after()

    assert asked == [place for place in DUE if not place.startswith("statements")]
    assert "the log of a campaign is broken" in caplog.text
