"""The roster of units: sending a file, watching it being read, settling its names, bringing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import access, queries, roster
from hustings.apps.contests.forms import RosterForm
from hustings.apps.jobs import uploads
from hustings.apps.jobs.actions import start
from hustings.core.errors import BadInput
from hustings.formats.contest.unit_file import MOST_BYTES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest


@require_http_methods(["GET", "POST"])
def send(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Send a file of units; the page says how far it is read."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            roster.refuse_the_same(this, _whole(upload))
            start(
                request.campaign,
                "contests.read_units",
                {
                    "contest": this.pk, "stored": uploads.keep(request.campaign, upload),
                    "file_name": str(upload.name)[:120], "columns": form.cleaned_data["columns"],
                },
                by=request.member.actor,
            )  # fmt: skip
        except (BadInput, uploads.NoRoom) as error:
            form.add_error("file", str(error))
        else:
            return redirect("contests:roster", slug=request.campaign.slug, contest_id=this.pk)
    status = 422 if form.is_bound else 200
    return render(request, "contests/roster.html", {"form": form, **_reading(this)}, status=status)


def _whole(upload: UploadedFile[Any]) -> bytes:
    """All of a file, read so that it can be read again; refused where it is another kind of file by its size."""
    if (upload.size or 0) > MOST_BYTES:
        raise BadInput(
            _("%(name)s has %(size)s bytes; a list of units has at most %(most)s.")
            % {"name": upload.name, "size": upload.size, "most": MOST_BYTES}
        )
    raw: bytes = upload.read()
    upload.seek(0)
    return raw


def _reading(contest: Contest) -> dict[str, object]:
    job = queries.newest_job(contest)
    running = job is not None and job.state in ("waiting", "running")
    return {"contest": contest, "job": job, "running": running, "files": queries.files(contest)}


@require_GET
def progress(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """The part of the page that changes while a file is read."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    return render(request, "contests/reading.html", _reading(this))


@require_GET
def file(request: CampaignRequest, contest_id: int, file_id: int) -> HttpResponse:
    """One file: what bringing it in would do, and the rows that nobody has settled."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    this = access.file_for(contest, file_id)
    impact = roster.impact(this)
    q = request.GET.get("q", "")[:80]
    context = {
        "contest": contest,
        "file": this,
        "impact": impact,
        "rows": sum(impact.values()),
        "found": impact["code"] + impact["name"] + impact["alias"] + impact["hand"],
        "open": impact[""],
        "page": queries.open_rows(this, request.GET.get("page", "")),
        "settled": queries.settled_rows(this),
        "q": q,
        "sought": queries.units_called(contest, q),
    }
    return render(request, "contests/file.html", context)


@require_POST
def file_verb(request: CampaignRequest, contest_id: int, file_id: int) -> HttpResponse:
    """Bring it in, or put it aside."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    this = access.file_for(contest, file_id, lock=True)
    match request.POST.get("do"):
        case "bring-in":
            done = roster.bring_in(this, by=request.member.actor)
            messages.success(
                request,
                _("Brought in: %(made)s new units, %(changed)s changed, %(named)s names learned.")
                % done,
            )
            return redirect("contests:units", slug=request.campaign.slug, contest_id=contest.pk)
        case "drop":
            roster.drop(this, by=request.member.actor)
            messages.info(request, _("Put aside. Nothing was changed."))
        case _:
            raise NotHere
    return redirect("contests:roster", slug=request.campaign.slug, contest_id=contest.pk)


@require_POST
def settle(request: CampaignRequest, contest_id: int, file_id: int, row_id: int) -> HttpResponse:
    """Say of which unit a row is."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    this = access.file_for(contest, file_id, lock=True)
    row = access.file_row_for(this, row_id)
    decided, chosen = request.POST.get("decided", ""), request.POST.get("unit", "")
    if chosen in {"new", "left_out"}:
        decided, chosen = chosen, ""
    unit = (
        access.unit_for(contest, int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else None
    )
    if unit is not None:
        decided = "hand"
    try:
        roster.settle(row, decided, unit, by=request.member.actor)
    except BadInput as error:
        messages.error(request, error.message)
    return redirect(
        "contests:file", slug=request.campaign.slug, contest_id=contest.pk, file_id=this.pk
    )
