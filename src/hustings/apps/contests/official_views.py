"""Official results: sending a file, seeing what it would do, settling its rows, bringing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import official, roster
from hustings.apps.contests.access import contest_for, file_for, file_row_for
from hustings.apps.contests.models import Report, Unit, UnitFile, UnitFileRow
from hustings.apps.contests.official_background import READ_OFFICIAL
from hustings.apps.jobs import uploads
from hustings.apps.jobs.actions import start
from hustings.apps.jobs.models import Job
from hustings.core.errors import BadInput
from hustings.formats.contest.unit_file import MOST_BYTES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest

MOST_OPEN_ROWS = 50


@require_http_methods(["GET", "POST"])
def page(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Send a file of official results; those that wait, with what they would do."""
    require(request.member, Right.SEE_CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    error = ""
    if request.method == "POST":
        require(request.member, Right.CONTESTS)
        try:
            _send(request, contest)
        except (BadInput, uploads.NoRoom) as wrong:
            error = str(wrong)
        else:
            return redirect("live:official", request.campaign.slug, contest.pk)
    context = {
        "contest": contest, "room": "official", "error": error, "files": _files(contest),
        "columns": official.columns_of(contest), "phases": _phases(contest), "job": _job(contest),
        "may_settle": request.member.may(Right.CONTESTS),
    }  # fmt: skip
    return render(request, "contests/official.html", context, status=422 if error else 200)


def _send(request: CampaignRequest, contest: Contest) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput(_("Choose the file first."))
    if (upload.size or 0) > MOST_BYTES:
        raise BadInput(
            _("%(name)s has %(size)s bytes; a list of units has at most %(most)s.")
            % {"name": upload.name, "size": upload.size, "most": MOST_BYTES}
        )
    roster.refuse_the_same(contest, upload.read(), UnitFile.What.OFFICIAL)
    upload.seek(0)
    start(
        request.campaign,
        READ_OFFICIAL,
        {
            "contest": contest.pk, "stored": uploads.keep(request.campaign, upload),
            "file_name": str(upload.name)[:120],
        },
        by=request.member.actor,
    )  # fmt: skip


def _phases(contest: Contest) -> list[tuple[str, str]]:
    return [(phase, str(Report.Phase(phase).label)) for phase in reversed(contest.phases)]


def _job(contest: Contest) -> Job | None:
    job: Job | None = (
        Job.objects.of(contest.campaign_id)
        .filter(kind=READ_OFFICIAL, arguments__contest=contest.pk)
        .order_by("-pk")
        .first()
    )
    return job


def _files(contest: Contest) -> list[dict[str, object]]:
    files = UnitFile.objects.of(contest.campaign_id).filter(
        contest=contest, what=UnitFile.What.OFFICIAL
    )
    found: list[dict[str, object]] = []
    for file in files.order_by("-pk")[:20]:
        shown: dict[str, object] = {"file": file}
        if file.waits:
            file.contest = contest
            rows = official.rows_of(file)
            impacts = official.impacts(file, rows)
            shown["impacts"] = [(phase, label, impacts[phase]) for phase, label in _phases(contest)]
            shown["open_rows"] = [
                row for row in rows if row.settled == UnitFileRow.Settled.NOT_YET
            ][:MOST_OPEN_ROWS]
        found.append(shown)
    return found


@require_POST
def verb(request: CampaignRequest, contest_id: int, file_id: int) -> HttpResponse:
    """Bring a file in, put it aside, or say of which unit a row is."""
    require(request.member, Right.CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    file = file_for(contest, file_id, lock=True)
    said, by = request.POST, request.member.actor
    if said.get("do") == "drop":
        roster.drop(file, by=by)
    elif said.get("do") == "row":
        _settle(request, contest, file)
    else:
        done = official.bring_in(file, said.get("phase", ""), by=by)
        messages.success(
            request,
            _(
                "Brought in: %(agree)s agree with ours, %(differ)s differ, %(nothing)s we have no report of."
            )
            % {"agree": done.agree, "differ": done.differ, "nothing": done.not_reported},
        )
    return redirect("live:official", request.campaign.slug, contest.pk)


def _settle(request: CampaignRequest, contest: Contest, file: UnitFile) -> None:
    said = request.POST
    number = said.get("row", "")
    row = file_row_for(
        file, int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    )
    if said.get("leave_out"):
        roster.settle(row, UnitFileRow.Settled.LEFT_OUT, by=request.member.actor)
        return
    code = said.get("unit", "").strip()
    here = Unit.objects.of(contest.campaign_id).filter(contest=contest, taken_away_at=None)
    unit = here.filter(code=code).first()
    if unit is None:
        raise BadInput(_("No unit of this contest has the code «%s».") % code[:60])
    roster.settle(row, UnitFileRow.Settled.BY_HAND, unit, by=request.member.actor)
