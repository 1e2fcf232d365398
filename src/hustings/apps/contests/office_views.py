"""What the office takes down: by telephone or from paper, read back with the checks before it counts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import access, checking, queries, receiving
from hustings.apps.contests import tray as trays
from hustings.apps.contests.forms import EntryForm
from hustings.apps.contests.models import Report, Reporter
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest, Unit


@require_GET
def choose(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Find the unit that somebody rings about."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    q = request.GET.get("q", "")[:80]
    context = {"contest": this, "q": q, "found": queries.units_called(this, q, 20)}
    return render(request, "contests/choose.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: CampaignRequest, contest_id: int, unit_id: int, phase: str) -> HttpResponse:
    """Fill in, read back with what is odd, and only then take it in."""
    require(request.member, Right.CONTESTS)
    posted = request.method == "POST"
    found = access.held_contest_for if posted else access.contest_for
    contest = found(request.campaign, contest_id)
    this = access.unit_for(contest, unit_id, lock=posted)
    if phase not in contest.phases:
        raise NotHere
    form = EntryForm(
        this, phase, queries.candidates(contest), _reporters_of(this),
        request.POST if posted else None, initial={"event_id": uuid.uuid4()},
    )  # fmt: skip
    read_back = None
    if posted and form.is_valid():
        if "confirmed" in request.POST:
            try:
                return _taken_in(request, contest, this, form)
            except BadInput as error:
                form.add_error(None, error.message)
        else:
            read_back = _read_back(this, form)
    context = {
        "contest": contest, "unit": this, "form": form, "phase": Report.Phase(phase),
        "phases": [Report.Phase(one) for one in contest.phases], "read_back": read_back,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "contests/enter.html", context, status=status)


def _reporters_of(unit: Unit) -> list[tuple[int, str]]:
    return list(
        Reporter.objects.of(unit.campaign_id)
        .filter(places__unit=unit, places__taken_at=None)
        .order_by("name")
        .values_list("pk", "name")
    )


def _read_back(unit: Unit, form: EntryForm) -> dict[str, Any]:
    """What to say to whoever is on the telephone: the numbers, their sum, and what is odd."""
    numbers = form.numbers
    said = checking.numbers_of(queries.reports_of(unit)) | {form.phase: numbers}
    said_aloud = [(box.name, box.label, box.value()) for box in form.number_fields if box.value()]
    counts = [(label, value) for name, label, value in said_aloud if name.startswith("count_")]
    together = [(_("Together"), str(sum(numbers["counts"].values())))]
    return {
        "lines": [
            *((label, value) for name, label, value in said_aloud if name == "attendance"),
            *counts,
            *together,
            *((label, value) for name, label, value in said_aloud if name == "spoilt"),
        ],
        "findings": checking.findings(unit, said),
    }


def _taken_in(
    request: CampaignRequest, contest: Contest, unit: Unit, form: EntryForm
) -> HttpResponse:
    said, by = form.cleaned_data, request.member.actor
    if said["source"] == EntryForm.UNTRUSTED:
        trays.lay(
            contest, unit, form.phase, form.numbers, event_id=said["event_id"],
            said_by=said["said_by"], words="", by=by,
        )  # fmt: skip
        messages.info(
            request, _("It is in the tray, and counts nowhere until somebody vouches for it.")
        )
        return redirect("contests:tray", slug=request.campaign.slug, contest_id=contest.pk)
    reporter = access.reporter_for(contest, int(said["reporter"])) if said["reporter"] else None
    status, message = receiving.add(
        unit, form.phase, form.numbers, source=said["source"], event_id=said["event_id"],
        reported_at=timezone.now(), reporter=reporter, by=by,
    )  # fmt: skip
    if status == "refused":
        raise BadInput(message)
    messages.success(request, _("Taken in."))
    return redirect(
        "contests:unit", slug=request.campaign.slug, contest_id=contest.pk, unit_id=unit.pk
    )
