"""The tray: what was heard at doors and wants doing, whose it is and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.queries import members_of
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.followups import access, actions, queries
from hustings.apps.followups.heard import today_in
from hustings.apps.followups.kinds import DAYS, LABELS
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest

FILTERS = ("kind", "owner", "late", "done")
MOST_VOLUNTEERS = 500
"""Names to choose among; whoever is beyond can be typed."""


class Doing(NamedTuple):
    """What a button means: a verb, and what it is done to."""

    verb: str
    number: str


@require_GET
def tray(request: CampaignRequest) -> HttpResponse:
    """Overdue first; by kind, owner and whether it is overdue or done."""
    require(request.member, Right.FOLLOW_UPS)
    chosen = _filters(request)
    owner = {"mine": request.member.called, "nobody": ""}.get(
        chosen.get("owner", ""), chosen.get("owner")
    )
    found = queries.tray(
        request.campaign, kind=chosen.get("kind", ""), owner=owner,
        late="late" in chosen, done="done" in chosen,
    )  # fmt: skip
    if found.rows:
        audit(
            request.member.actor, "person.look", subject="follow_up", count=len(found.rows)
        )  # fmt: skip
    counts = queries.counts(request.campaign)
    return render(
        request,
        "followups/tray.html",
        {
            "tray": found,
            "counts": counts,
            "kinds": [(kind, label, counts.kinds.get(kind, 0)) for kind, label in LABELS.items()],
            "chosen": chosen,
            "query": urlencode(chosen),
            "owners": [
                name for name in queries.owners(request.campaign) if name != request.member.called
            ],
            "members": [member.called for member in members_of(request.campaign)],
            "volunteers": _volunteers(request),
            "days": [(LABELS[kind], days) for kind, days in DAYS.items()],
            "may_see_people": request.member.may(Right.SEE_PEOPLE),
            "today": today_in(request.campaign),
        },
    )


def _volunteers(request: CampaignRequest) -> list[tuple[int, str]]:
    rows = (
        Volunteer.objects.of(request.campaign)
        .filter(left_at=None)
        .select_related("person")
        .order_by("person__name_key", "pk")[:MOST_VOLUNTEERS]
    )
    return [(one.pk, one.person.name) for one in rows]


@require_POST
def do(request: CampaignRequest) -> HttpResponse:
    """
    One of the buttons: on a row, or on all that are ticked.

    ``now`` is a verb and a follow-up (or a step) with a space between; ``do`` a verb for what is ticked, or ``typed``
    where Enter was pressed. Whatever the button, notes that were typed are kept.
    """
    require(request.member, Right.FOLLOW_UPS)
    now = request.POST.get("now", "")
    verb, _space, number = (now or request.POST.get("do", "")).partition(" ")
    doing = Doing(verb, number)
    try:
        said = _done(request, doing)
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        if said:
            messages.success(request, said)
    chosen = urlencode(_filters(request))
    address = reverse("followups:tray", kwargs={"slug": request.campaign.slug})
    return redirect(f"{address}?{chosen}" if chosen else address)


def _done(request: CampaignRequest, doing: Doing) -> str:
    campaign, by, posted = request.campaign, request.member.actor, request.POST
    if doing.verb == "back":
        if not (doing.number.isdecimal() and len(doing.number) < 19):
            raise NotHere
        try:
            actions.take_back(campaign, int(doing.number), by=by)
        finally:  # after it: a step can be taken back while nothing came after it
            _keep_notes(request)
        return _("Taken back.")
    typed, verb = _keep_notes(request), doing.verb
    these = [
        access.subject_named(text)
        for text in ([doing.number] if doing.number else posted.getlist("these"))
    ]
    if verb == "typed" and these and posted.get("due", "") != today_in(campaign).isoformat():
        verb = "due"  # the day that the page proposed was changed
    match verb:
        case "take":
            n = actions.take(campaign, these, by=by)
            return ngettext("%(n)d is yours.", "%(n)d are yours.", n) % {"n": n}
        case "give":
            volunteer, _colon, name = posted.get("to", "").partition(":")
            number = int(volunteer) if volunteer.isdecimal() and len(volunteer) < 19 else None
            n = actions.give(campaign, these, name, volunteer_id=number, by=by)
            return ngettext("%(n)d is given.", "%(n)d are given.", n) % {"n": n}
        case "due":
            due = _day(posted.get("due", ""))
            n = actions.put_off(campaign, these, due, by=by)
            return ngettext("%(n)d is due then.", "%(n)d are due then.", n) % {"n": n}
        case "done":
            n = actions.finish(campaign, these, by=by)
            return ngettext("%(n)d is done.", "%(n)d are done.", n) % {"n": n}
        case "note" if len(these) == 1:
            if not typed:
                raise BadInput(_("Write the note first."))
            return ""
        case "typed":
            if not typed:
                raise BadInput(_("Nothing was done: press the button that you mean."))
            return ""
        case "welcome" if len(these) == 1:
            volunteer_now = actions.welcome(campaign, these[0], by=by)
            return _("%(name)s is a volunteer now.") % {"name": volunteer_now.person.name}
        case _:
            raise NotHere


def _keep_notes(request: CampaignRequest) -> int:
    """Every note that was typed into any row; how many there were."""
    typed = {
        name.removeprefix("note-"): str(text)
        for name, text in request.POST.items()
        if name.startswith("note-") and str(text).strip()
    }
    kept = 0
    for name, text in typed.items():
        try:
            done = actions.note(request.campaign, access.subject_named(name), text, by=request.member.actor)  # fmt: skip
        except (BadInput, NotHere):
            done = 0
        kept += done
        if not done:
            messages.warning(
                request, _("“%(note)s” was not kept: that follow-up is done or gone, or somebody else was quicker. Look again, then write it again.")
                % {"note": text},
            )  # fmt: skip
    if kept:
        messages.success(request, _("Noted."))
    return len(typed)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(_("Choose the day on which it is due.")) from error


def _filters(request: CampaignRequest) -> dict[str, str]:
    """What is chosen, in words that are known; kept from one page to the next."""
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if chosen.get("kind") not in LABELS:
        chosen.pop("kind", None)
    return chosen
