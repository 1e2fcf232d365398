"""The organiser's page of phones: who waits, who is in, taking a leave back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass import (
    access,
    actions,
    asking,
    codes,
    counting,
    differing,
    handed_in,
    paper_deliveries,
    paper_sums,
    queries,
    taking_in,
    tray_undo,
    turning_out,
)
from hustings.apps.canvass import paper as sheets
from hustings.apps.canvass import progress as how_far
from hustings.apps.canvass import tray as trays
from hustings.apps.canvass.waiting import in_the_tray
from hustings.apps.outings.access import action_for, turf_for
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.canvass.paper import Line
    from hustings.apps.outings.models import Turf


@require_GET
def phones(request: CampaignRequest) -> HttpResponse:
    """Phones that wait, phones that are in, phones whose leave is over."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/phones.html", _lists(request))


@require_GET
def waiting(request: CampaignRequest) -> HttpResponse:
    """The lists alone, asked for every few seconds."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/phone_lists.html", _lists(request))


@require_GET
def progress(request: CampaignRequest) -> HttpResponse:
    """How far each walk is, and who of its team recorded what; keeps itself up to date."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/progress.html", {"teams": how_far.teams(request.campaign)})


@require_GET
def teams(request: CampaignRequest) -> HttpResponse:
    """The list alone, asked for every few seconds."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/teams.html", {"teams": how_far.teams(request.campaign)})


@require_GET
def tray(request: CampaignRequest) -> HttpResponse:
    """Reports that came late or clash: what counts is for an organiser to say."""
    require(request.member, Right.HAND_OUT)
    require(request.member, Right.SEE_PEOPLE)
    entries = trays.waiting(request.campaign)
    differences = differing.differences(request.campaign)
    ruled = differing.ruled_lately(request.campaign)
    shown = len(entries) + len(differences) + len(ruled)
    if shown:
        audit(
            request.member.actor, "tray.look", subject="event",
            subject_id=entries[0].id if entries else 0, count=shown,
        )  # fmt: skip
    context = {
        "entries": entries,
        "batches": trays.batches(request.campaign),
        "differences": differences,
        "decided": tray_undo.decided_lately(request.campaign),
        "ruled": ruled,
        "sums": counting.waiting(request.campaign),
    }
    return render(request, "canvass/tray.html", context)


@require_POST
def settle_sums(request: CampaignRequest) -> HttpResponse:
    """Decide about doors that came late to a walk of sums: all of one phone together."""
    require(request.member, Right.HAND_OUT)
    counts = request.POST.get("counts") == "yes"
    counting.settle(
        request.campaign, request.POST.get("entry", ""), counts=counts, by=request.member.actor
    )
    messages.success(request, _("It counts now.") if counts else _("It is set aside."))
    return redirect("phones:tray", slug=request.campaign.slug)


@require_GET
def deliveries(request: CampaignRequest, action_id: int) -> HttpResponse:
    """How far a leaflet or poster round is: by walk and in all, with what is left; nothing about people."""
    require(request.member, Right.SEE_TURF)
    action = action_for(request.campaign, action_id)
    if not action.is_delivery:
        raise NotHere
    walks = handed_in.walks_delivered(action)
    names = ("doors", "delivered", "part", "not_delivered", "to_do", "left_over")
    total = {name: sum(getattr(walk, name) for walk in walks) for name in names}
    context = {"action": action, "walks": walks, "total": total}
    return render(request, "canvass/deliveries.html", context)


@require_POST
def settle(request: CampaignRequest) -> HttpResponse:
    """Decide about one entry of the tray."""
    require(request.member, Right.HAND_OUT)
    about, _dash, number = request.POST.get("entry", "").partition("-")
    if about not in {"late", "clash"} or not number.isdecimal():
        raise NotHere
    counts = request.POST.get("counts") == "yes"
    trays.settle(request.campaign, about, int(number), counts=counts, by=request.member.actor)
    messages.success(request, _("It counts now.") if counts else _("It is set aside."))
    return redirect("phones:tray", slug=request.campaign.slug)


def _lists(request: CampaignRequest) -> dict[str, object]:
    phones = queries.phones(request.campaign)
    return {
        "waiting": [phone for phone in phones if phone.state == "waiting"],
        "inside": [phone for phone in phones if phone.state == "in"],
        "replied": asking.waiting_and_replied(request.campaign)[1],
        "tray": in_the_tray(request.campaign),
        "over": [phone for phone in phones if phone.state in {"over", "revoked"}],
    }


@require_POST
def let_in(request: CampaignRequest) -> HttpResponse:
    """Let in the phones that are ticked, or all that the page showed: never one that came since."""
    require(request.member, Right.HAND_OUT)
    field = "shown" if request.POST.get("all") else "phone"
    chosen = [int(number) for number in request.POST.getlist(field) if number.isdecimal()]
    if not chosen:
        messages.warning(request, _("No phone was ticked. Tick those whose owners you know, and let them in then."))  # fmt: skip
        return redirect("phones:list", slug=request.campaign.slug)
    devices = access.phones_for(request.campaign, chosen)
    count = actions.let_phones_in(request.campaign, devices, by=request.member.actor)
    messages.success(
        request,
        ngettext("%(count)s phone is in.", "%(count)s phones are in.", count) % {"count": count},
    )
    return redirect("phones:list", slug=request.campaign.slug)


@require_POST
def take_back(request: CampaignRequest) -> HttpResponse:
    """Take a phone's leave back; letting it in again needs the phone to ask again."""
    require(request.member, Right.HAND_OUT)
    chosen = [int(number) for number in request.POST.getlist("phone") if number.isdecimal()]
    devices = access.phones_for(request.campaign, chosen)
    actions.take_back(request.campaign, devices, by=request.member.actor, why="by an organiser")
    for device in devices:
        messages.success(
            request,
            _("%(name)s’s phone shows nothing any more. It can ask again with a code.")
            % {"name": device.label},
        )
    return redirect("phones:list", slug=request.campaign.slug)


@require_POST
def knock(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """Begin the doors of a polling-day walk anew."""
    require(request.member, Right.POLLING)
    turf = turf_for(request.campaign, turf_id)
    try:
        begun = turning_out.begin_knock(turf, by=request.member.actor)
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Knock %(number)s has begun.") % {"number": begun.number})
    return redirect("outings:walk", slug=request.campaign.slug, turf_id=turf.pk)


@require_http_methods(["GET", "POST"])
def paper(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """Type in what stands on a sheet that came back: a line for each person, in walking order."""
    require(request.member, Right.RECORD_RESULTS)
    require(request.member, Right.SEE_PEOPLE)
    turf = turf_for(request.campaign, turf_id)
    asked = request.POST if request.method == "POST" else request.GET
    who = " ".join(asked.get("who", "").split())[:40]
    day = _day(request, asked.get("day", ""))
    if request.method == "GET":
        return _paper_page(request, turf, who or sheets.last_holder(turf), day)
    typed = {
        line: request.POST[field] for field in request.POST if (line := _line(field)) is not None
    }
    try:
        done = _sheets_of(turf).type_in(
            request.campaign, turf_id, who, day, typed, by=request.member.actor
        )
    except BadInput as error:
        return _paper_page(request, turf, who, day, typed, problem=error.message)
    messages.success(
        request,
        _("Recorded: %(new)d lines new, %(corrected)d corrected, %(undone)d emptied.")
        % {"new": done.new, "corrected": done.corrected, "undone": done.undone},
    )
    back = reverse("phones:paper", kwargs={"slug": request.campaign.slug, "turf_id": turf_id})
    return redirect(f"{back}?{urlencode({'who': who, 'day': day.isoformat()})}")


@require_http_methods(["GET", "POST"])
def take_in(request: CampaignRequest) -> HttpResponse:
    """A file that a phone saved because it could not send, or the codes that it shows: the same events."""
    require(request.member, Right.HAND_OUT)
    if request.method == "GET":
        return _take_in_page(request)
    if "codes" in request.POST:
        return _take_in_codes(request, request.POST["codes"])
    file = request.FILES.get("file")
    try:
        content = file.read(taking_in.MOST_BYTES + 1) if file else b""
        taken = taking_in.take_in(request.campaign, content, by=request.member.actor)
    except BadInput as error:
        return _take_in_page(request, problem=error.message)
    _say_taken(request, taken)
    return redirect("phones:list", slug=request.campaign.slug)


def _take_in_codes(request: CampaignRequest, text: str) -> HttpResponse:
    try:
        shown = codes.put_together(text, most_bytes=taking_in.MOST_BYTES)
        for content in shown.files:
            _say_taken(
                request, taking_in.take_in(request.campaign, content, by=request.member.actor)
            )
    except BadInput as error:
        return _take_in_page(request, codes=text, codes_problem=error.message)
    if shown.missing:
        problem = codes.missing_in_words(shown.missing)
        return _take_in_page(request, codes=shown.rest, codes_problem=problem)
    return redirect("phones:list", slug=request.campaign.slug)


def _take_in_page(request: CampaignRequest, **said: str) -> HttpResponse:
    words = {
        "missing": _("{seen} of {all} codes are here; missing: {which}."),
        "whole": _("All {all} codes are here."),
        "none": _("No code of unsent answers was found in this picture."),
        "refused": _("The camera cannot be used. Take pictures of the codes, or paste what they say."),
    }  # fmt: skip
    page = "canvass/take_in.html"
    return render(request, page, {**said, "code_words": words}, status=422 if said else 200)


def _say_taken(request: CampaignRequest, taken: taking_in.Taken) -> None:
    messages.success(
        request,
        _(
            "From %(name)s’s phone: %(new)d new, %(known)d here already, %(waiting)d to decide about."
        )
        % {
            "name": taken.device.label,
            "new": taken.new,
            "known": taken.known,
            "waiting": taken.waiting,
        },
    )
    for why in sorted(set(taken.refused)):
        messages.error(
            request,
            _("%(answers)d not taken: %(why)s") % {"answers": taken.refused.count(why), "why": why},
        )


def _day(request: CampaignRequest, text: str) -> date:
    today = timezone.localtime(timezone.now(), ZoneInfo(request.campaign.time_zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


def _line(field: str) -> Line | None:
    """The line of a field «said-DOOR-PERSON»; person 0 for a door where nobody is known."""
    said, _dash, rest = field.partition("-")
    door, _dash, person = rest.partition("-")
    if said != "said" or not (door.isdecimal() and person.isdecimal()):
        return None
    return int(door), int(person) or None


def _sheets_of(turf: Turf) -> Any:
    """How a sheet of this walk is typed in: lines for people or doors, for deliveries, or sums."""
    if turf.action.is_delivery:
        return paper_deliveries
    return paper_sums if turf.action.keeps_sums_only else sheets


def _paper_page(
    request: CampaignRequest,
    turf: Turf,
    who: str,
    day: date,
    typed: dict[Line, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    campaign = request.campaign
    sheets = _sheets_of(turf)
    lines = sheets.lines_of(turf, who, typed or {}) if who else []
    if lines:
        audit(
            request.member.actor, "paper.look", subject="turf", subject_id=turf.pk, count=len(lines)
        )
    context = {
        "turf": turf,
        "who": who,
        "day": day,
        "lines": lines,
        "codes": sheets.codes_of(campaign),
        "problem": problem,
        "with_names": turf.action.keeps_people,
    }
    return render(request, "canvass/paper.html", context, status=422 if problem else 200)
