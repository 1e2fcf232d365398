"""How far a job is: a fragment that the page asks for again, and the same as JSON."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hustings.apps.jobs import access

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def progress(request: CampaignRequest, job_id: int) -> HttpResponse:
    """A fragment that polls itself until the job is over; 304 while nothing changed."""
    job = access.job_for(request.campaign, job_id)
    seen = f"{job.state}|{job.share_done:.3f}|{job.note}|{job.error}"
    etag = f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, "jobs/progress.html", {"job": job, "polled": True})
    response["ETag"] = etag
    return response


@require_GET
def progress_json(request: CampaignRequest, job_id: int) -> JsonResponse:
    """State, share done, note, result and error."""
    job = access.job_for(request.campaign, job_id)
    return JsonResponse(
        {
            "state": job.state,
            "share_done": job.share_done,
            "note": job.note,
            "result": job.result,
            "error": job.error,
        }
    )
