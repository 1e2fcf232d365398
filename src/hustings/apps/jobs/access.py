"""The only way to a job's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.jobs.models import Job

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def job_for(campaign: Campaign, job_id: int) -> Job:
    """A job of this campaign; :class:`NotHere` otherwise."""
    job: Job | None = Job.objects.of(campaign).filter(pk=job_id).first()
    if job is None:
        raise NotHere
    return job
