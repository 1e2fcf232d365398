"""Background work: progress, refusal, and a second try after a dead worker."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs import actions
from hustings.apps.jobs.kinds import NoSuchKind, Progress, kind
from hustings.apps.jobs.models import Job
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

ME = command("tests")


@kind("test.double")
def double(campaign: Campaign, progress: Progress, actor: Any, **arguments: Any) -> dict[str, Any]:
    progress(0.5, "half way")
    return {"double": arguments["number"] * 2}


@kind("test.refuse")
def refuse(campaign: Campaign, progress: Progress, actor: Any, **arguments: Any) -> dict[str, Any]:
    Job.objects.create(campaign=campaign, kind="left behind", asked_kind="job", asked_label="x")
    raise BadInput("This file is empty.", where="register.csv")


@kind("test.break")
def break_down(
    campaign: Campaign, progress: Progress, actor: Any, **arguments: Any
) -> dict[str, Any]:
    raise ZeroDivisionError


@kind("test.stopped")
def stopped(campaign: Campaign, progress: Progress, actor: Any, **arguments: Any) -> dict[str, Any]:
    Job.objects.create(campaign=campaign, kind="did", asked_kind="job", asked_label="x")
    STOPPED.append(1)
    if len(STOPPED) <= arguments["times"]:
        with connection.cursor() as cursor:
            cursor.execute("do $$ begin raise exception 'x' using errcode = '40P01'; end $$")
    return {"turns": len(STOPPED)}


STOPPED: list[int] = []


@pytest.mark.parametrize(
    ("times", "state", "did"), [(1, "done", 1), (2, "done", 1), (3, "failed", 0)]
)
def test_a_job_that_the_database_stopped_begins_anew(
    campaign: Campaign, times: int, state: str, did: int
) -> None:
    STOPPED.clear()
    with tenant(campaign.pk):
        job = actions.start(campaign, "test.stopped", {"times": times}, by=ME)

        assert (job.state, len(STOPPED)) == (state, min(times + 1, 3))
        assert Job.objects.filter(kind="did").count() == did


def test_a_job_leaves_its_result(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = actions.start(campaign, "test.double", {"number": 21}, by=ME)

        assert (job.state, job.result, job.share_done) == ("done", {"double": 42}, 1.0)


def test_a_refusal_is_a_sentence_and_changes_nothing(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = actions.start(campaign, "test.refuse", {}, by=ME)

        assert (job.state, job.error) == ("failed", "register.csv: This file is empty.")
        assert not Job.objects.filter(kind="left behind").exists()


def test_a_fault_of_ours_says_that_nothing_was_changed(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = actions.start(campaign, "test.break", {}, by=ME)

        assert job.state == "failed"
        assert "nothing was changed" in job.error


def test_a_kind_that_does_not_exist_is_refused_when_asked_for(campaign: Campaign) -> None:
    with tenant(campaign.pk), pytest.raises(NoSuchKind):
        actions.start(campaign, "test.unknown", {}, by=ME)


def silent_job(campaign: Campaign, attempts: int) -> Job:
    long_ago = timezone.now() - timedelta(minutes=5)
    job: Job = Job.objects.create(
        campaign=campaign, kind="test.double", arguments={"number": 4}, asked_kind="command",
        asked_label="x", started_at=long_ago, heartbeat_at=long_ago, attempts=attempts,
    )  # fmt: skip
    return job


def test_what_a_dead_worker_left_runs_again(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = silent_job(campaign, attempts=1)

    assert actions.retry_silent_jobs() == 1

    with tenant(campaign.pk):
        job.refresh_from_db()
        assert (job.state, job.result, job.attempts) == ("done", {"double": 8}, 2)


def test_the_third_interruption_is_the_last(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = silent_job(campaign, attempts=actions.MOST_ATTEMPTS)

    assert actions.retry_silent_jobs() == 0

    with tenant(campaign.pk):
        job.refresh_from_db()
        assert job.state == "failed"


def test_a_finished_job_does_not_run_twice(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        job = actions.start(campaign, "test.double", {"number": 1}, by=ME)

    actions.run_job.func(str(campaign.pk), job.pk)

    with tenant(campaign.pk):
        job.refresh_from_db()
        assert job.attempts == 1
