"""Asking for work, doing it, and trying again what a dead worker left."""

from __future__ import annotations

import contextlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.stopped import may_go_again
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs.heartbeat import Heartbeat
from hustings.apps.jobs.kinds import function_of
from hustings.apps.jobs.models import Job
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.jobs.kinds import Progress

SILENT_FOR = timedelta(seconds=60)
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)


def start(campaign: Campaign, kind: str, arguments: dict[str, Any], *, by: Actor) -> Job:
    """
    Ask for work; returns at once, in the same transaction as whatever asked for it.

    Parameters
    ----------
    arguments
        JSON values only: ids, not rows.
    """
    function_of(kind)
    job: Job = Job.objects.create(
        campaign=campaign,
        kind=kind,
        arguments=arguments,
        asked_kind=by.kind,
        asked_id=by.id,
        asked_label=by.label,
    )
    record(by, "job.start", subject="job", subject_id=job.pk, detail={"kind": kind})
    run_job.enqueue(str(campaign.pk), job.pk)
    if settings.JOBS_RUN_AT_ONCE:
        job.refresh_from_db()
    return job


@task
def run_job(campaign_id: str, job_id: int) -> None:
    """Do one job, in its campaign; every outcome is written into its row."""
    campaign = Campaign.objects.get(pk=UUID(campaign_id))
    with tenant(campaign.pk):
        job = Job.objects.of(campaign).select_for_update().get(pk=job_id)
        if job.finished_at is not None:
            return
        now = timezone.now()
        job.started_at, job.heartbeat_at, job.attempts = now, now, job.attempts + 1
        job.save(update_fields=["started_at", "heartbeat_at", "attempts"])
    result: dict[str, Any] | None = None
    error = ""
    try:
        result = _done(campaign, job)
    except HustingsError as problem:
        error = str(problem)
    except Exception:
        log.exception("Job %s (%s) failed.", job.pk, job.kind)
        error = _(
            "Something went wrong in the program; nothing was changed. The host finds it in the log."
        )
    with tenant(campaign.pk):
        Job.objects.of(campaign).filter(pk=job.pk).update(
            finished_at=timezone.now(),
            result=result,
            error=error,
            share_done=job.share_done if error else 1.0,
        )


def _done(campaign: Campaign, job: Job) -> dict[str, Any] | None:
    """What came of it; it is one transaction, and where the database stopped that it is begun anew."""
    actor = Actor("job", str(job.pk), job.asked_label)
    for turn in range(1, MOST_ATTEMPTS + 1):
        try:
            with _progress(campaign.pk, job.pk) as progress, tenant(campaign.pk):
                return function_of(job.kind)(campaign, progress, actor, **job.arguments)
        except DatabaseError as error:
            if not may_go_again(error) or turn == MOST_ATTEMPTS:
                raise
            log.warning("Job %s (%s) was stopped and begins anew: %s", job.pk, job.kind, error)
    return None


@contextlib.contextmanager
def _progress(campaign_id: UUID, job_id: int) -> Iterator[Progress]:
    if settings.JOBS_RUN_AT_ONCE:
        # In the asker's own transaction: another connection could not see the row yet.
        yield _say_nothing
    else:
        with Heartbeat(campaign_id, job_id) as heartbeat:
            yield heartbeat


def _say_nothing(share_done: float, note: str = "") -> None:
    """Nobody is watching."""


def retry_silent_jobs() -> int:
    """
    Enqueue again what a dead worker left behind; returns how many.

    Work is one transaction, so a job that died has changed nothing and can simply run again.
    """
    again = 0
    for campaign_id in Campaign.objects.values_list("pk", flat=True):
        with tenant(campaign_id):
            silent = (
                Job.objects.of(campaign_id)
                .select_for_update(skip_locked=True)
                .filter(
                    finished_at=None,
                    started_at__isnull=False,
                    heartbeat_at__lt=timezone.now() - SILENT_FOR,
                )
            )
            for job in silent:
                if job.attempts >= MOST_ATTEMPTS:
                    job.finished_at = timezone.now()
                    job.error = _("The work was interrupted three times; nothing was changed.")
                    job.save(update_fields=["finished_at", "error"])
                    continue
                job.heartbeat_at = timezone.now()
                job.save(update_fields=["heartbeat_at"])
                run_job.enqueue(str(campaign_id), job.pk)
                again += 1
    return again
