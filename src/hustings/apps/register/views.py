"""The register's room: files that came in, and one file from upload to undo."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.exports.asking import asked_in
from hustings.apps.exports.leaving import leave
from hustings.apps.jobs.uploads import NoRoom
from hustings.apps.register import access, actions, queries, wording
from hustings.apps.register.forms import Columns, Upload
from hustings.core.errors import BadInput, HustingsError
from hustings.formats.spreadsheet_csv import spreadsheet_lines

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.register.models import ImportBatch


@require_GET
def batches(request: CampaignRequest) -> HttpResponse:
    """The files that came in, newest first, and sending another."""
    require(request.member, Right.IMPORT)
    return _list_page(request, Upload())


def _list_page(request: CampaignRequest, form: Upload, status: int = 200) -> HttpResponse:
    found = {
        "form": form,
        "batches": queries.batches_of(request.campaign),
        "electors": queries.electors(request.campaign),
    }
    return render(request, "register/list.html", found, status=status)


@require_POST
def upload(request: CampaignRequest) -> HttpResponse:
    """Take a file and start looking through it."""
    require(request.member, Right.IMPORT)
    form = Upload(request.POST, request.FILES)
    if form.is_valid():
        try:
            batch = actions.receive(
                request.campaign,
                form.cleaned_data["file"],
                whole=form.cleaned_data["whole"],
                by=request.member.actor,
            )
        except (BadInput, NoRoom) as error:
            form.add_error("file", str(error))
        else:
            return _to(request, batch)
    return _list_page(request, form, status=422)


@require_GET
def batch(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """One file: its columns to name, its preflight, its result, its undo."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    return render(request, "register/batch.html", _facts(found))


@require_GET
def progress(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """The part of the page that changes while work runs; 304 while it has not."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    facts = _facts(found)
    job = queries.job_of(found)
    seen = f"{facts['state']}|{job and (job.pk, job.state, round(job.share_done, 3), job.note)}"
    etag = f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, "register/batch_part.html", facts)
    response["ETag"] = etag
    return response


def _facts(batch: ImportBatch, form: Columns | None = None) -> dict[str, object]:
    job = queries.job_of(batch)
    state = access.state_of(batch)
    running = job is not None and job.state in ("waiting", "running")
    if state == "unrecognised" and not running and form is None:
        form = _columns(batch)
    counts = batch.counts or {}
    return {
        "batch": batch,
        "state": state,
        "job": job,
        "running": running,
        "failed": job is not None and job.state == "failed",
        "counts": counts,
        "touched": sum(counts.get(name, 0) for name in ("added", "changed", "removed")),
        "fields": [(wording.CHANGED.get(n, n), c) for n, c in counts.get("fields", {}).items()],
        "problems": queries.problems_of(batch),
        "columns": form,
    }


def _columns(batch: ImportBatch, data: object = None) -> Columns | None:
    try:
        opened = actions.open_file(actions.stored_path(batch), name=batch.file_name)
    except HustingsError:
        return None
    return Columns(opened.table, opened.found, data)


@require_GET
def problems_csv(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """The rows with a problem, to send back to whoever made the file."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    rows = list(queries.problem_rows(found))
    leave(
        request.campaign, "problems", rows=len(rows), by=request.member.actor,
        asked=asked_in(request.GET), subject="import", subject_id=found.pk,
    )  # fmt: skip
    record(request.member.actor, "register.problems", subject="import", subject_id=found.pk)
    lines = spreadsheet_lines(
        [_("row"), _("what stands there"), _("what is wrong"), _("what to do")],
        rows,
    )
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{found.pk}.csv"'
    return response


@require_POST
def columns(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """Name the columns by hand."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    form = _columns(found, request.POST)
    if form is None:
        messages.error(request, _("The upload is no longer here: send the file again."))
        return redirect("register:list", slug=request.campaign.slug)
    if form.is_valid():
        try:
            actions.name_columns(request.campaign, found, form.mapping(), by=request.member.actor)
        except ValueError as error:
            form.add_error(None, str(error).partition(": ")[2] or str(error))
        else:
            return _to(request, found)
    return render(request, "register/batch.html", _facts(found, form), status=422)


@require_POST
def recheck(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """Look again: as the whole register, or as part of it."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    actions.start_check(
        request.campaign, found, by=request.member.actor, whole=request.POST.get("whole") == "1"
    )
    return _to(request, found)


@require_POST
def commit(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """Bring the file in."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    actions.start_commit(request.campaign, found, by=request.member.actor)
    return _to(request, found)


@require_POST
def undo(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """Put everything back as it was before the file."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    try:
        actions.undo(request.campaign, found, by=request.member.actor)
    except actions.CannotUndo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone: everything is as it was before this file."))
    return _to(request, found)


@require_POST
def drop(request: CampaignRequest, batch_id: int) -> HttpResponse:
    """Put an upload aside."""
    require(request.member, Right.IMPORT)
    found = access.batch_for(request.campaign, batch_id)
    actions.drop(found, by=request.member.actor)
    messages.success(request, _("Put aside; nothing was written."))
    return redirect("register:list", slug=request.campaign.slug)


def _to(request: CampaignRequest, batch: ImportBatch) -> HttpResponse:
    return redirect("register:batch", slug=request.campaign.slug, batch_id=batch.pk)
