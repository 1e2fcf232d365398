"""At the door, on a phone: a big list to tap who came, and a line for whoever walks in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.shifts import access, queries, sign_in
from hustings.apps.shifts.forms import WalkInForm
from hustings.apps.shifts.views import _number, looked_at
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def door(request: CampaignRequest, session_id: int) -> HttpResponse:
    """Who is expected, who is here."""
    require(request.member, Right.SESSIONS)
    return _page(request, session_id)


def _page(request: CampaignRequest, session_id: int, *, trouble: str = "") -> HttpResponse:
    this = access.session_for(request.campaign, session_id)
    rows = queries.rows_of(this)
    here = {row.sign_up.volunteer_id for row in rows}
    q = request.GET.get("q", "")
    found = [one for one in queries.volunteers_called(request.campaign, q) if one.pk not in here]
    looked_at(request, this, len(rows) + len(found))
    context = {
        "session": this,
        "expected": [row for row in rows if row.expected],
        "waiting": [row for row in rows if row.state == "waiting"],
        "came": [row for row in rows if row.state == "came"],
        "form": WalkInForm(initial={"report_id": uuid.uuid4()}),
        "q": q,
        "found": found,
        "trouble": trouble,
    }
    return render(request, "shifts/door.html", context, status=422 if trouble else 200)


@require_POST
def came(request: CampaignRequest, session_id: int) -> HttpResponse:
    """Somebody is here."""
    require(request.member, Right.SESSIONS)
    this = access.session_for(request.campaign, session_id)
    try:
        mine = sign_in.came(request.campaign, this.pk, _number(request, "volunteer"), by=request.member.actor)  # fmt: skip
    except BadInput as error:
        return _page(request, session_id, trouble=error.message)
    messages.success(request, _("%(name)s is here.") % {"name": mine.volunteer})
    return redirect("sessions:door", slug=request.campaign.slug, session_id=session_id)


@require_POST
def walk_in(request: CampaignRequest, session_id: int) -> HttpResponse:
    """Somebody nobody knew of is here."""
    require(request.member, Right.SESSIONS)
    this = access.session_for(request.campaign, session_id)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _page(request, session_id, trouble=_("Write the name of whoever came."))
    said = form.cleaned_data
    try:
        mine = sign_in.walked_in(
            request.campaign, this.pk, said["name"], report_id=said["report_id"],
            by=request.member.actor,
        )  # fmt: skip
    except BadInput as error:
        return _page(request, session_id, trouble=error.message)
    messages.success(request, _("%(name)s is here, and a volunteer from now on.") % {"name": mine.volunteer})  # fmt: skip
    return redirect("sessions:door", slug=request.campaign.slug, session_id=session_id)
