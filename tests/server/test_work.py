"""What the worker looks after beside its jobs."""

from __future__ import annotations

import pytest

from hustings.server import command_work


class AskedFor(Exception):
    """The last of them was asked."""


def test_the_worker_deletes_articles_whose_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def forget() -> int:
        raise AskedFor

    for place in (
        "jobs.actions.retry_silent_jobs",
        "outings.handing_out.return_overdue_everywhere",
        "statements.drafting.sign_what_is_due",
    ):
        monkeypatch.setattr(f"hustings.apps.{place}", lambda place=place: asked.append(place))
    monkeypatch.setattr("hustings.apps.clippings.forgetting.forget_what_is_over", forget)
    monkeypatch.setattr(command_work, "RETRY_EVERY_S", 0.01)

    with pytest.raises(AskedFor):
        command_work._look_after()

    assert len(asked) == 3
