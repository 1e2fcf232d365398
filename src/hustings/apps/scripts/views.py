"""The script's room: what is said now, the draft beside it, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.scripts import access, drafting, queries, translating, versions
from hustings.apps.scripts.forms import PasteForm, StepForm, answers_in, kinds, rows, ways
from hustings.apps.scripts.wording import CHANGES, DID, sentence_of
from hustings.core.errors import BadInput
from hustings.core.script import editing
from hustings.core.script.as_json import to_json
from hustings.core.script.as_text import from_text, to_text
from hustings.core.script.differing import changes
from hustings.core.script.tree import Script, Step
from hustings.core.script.walking import held, stands_at, walked

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.scripts.models import DraftEdit, ScriptVersion


@require_GET
def home(request: CampaignRequest) -> HttpResponse:
    """What is said now, whether there is a draft, and every version there was."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    versions.version_now(campaign)
    script = versions.script_of(campaign)
    context = {
        "lines": queries.lines(script, versions.choices_of(campaign), []),
        "picture": queries.picture(script, []) if script.branches else None,
        "script": script,
        "edit": access.newest_edit(campaign),
        "versions": queries.versions(campaign),
    }
    return render(request, "scripts/home.html", context)


@require_GET
def draft(request: CampaignRequest) -> HttpResponse:
    """The draft as a list and as a picture, with what is wrong with it."""
    require(request.member, Right.SETTINGS)
    return _draft_page(request)


def _draft_page(request: CampaignRequest, trouble: str = "", typed: str = "") -> HttpResponse:
    campaign = request.campaign
    script, seen = drafting.draft_of(campaign)
    faults = versions.faults_in(campaign, script)
    edit, undone = access.newest_edit(campaign), drafting.undone(campaign)
    context = {
        "lines": queries.lines(script, versions.choices_of(campaign), faults),
        "picture": queries.picture(script, faults),
        "faults": [sentence_of(fault) for fault in faults],
        "other_faults": [sentence_of(fault) for fault in faults if not fault.step],
        "changed": script != versions.script_of(campaign),
        "seen": seen,
        "edit": edit,
        "did": _did(edit),
        "redo": _did(undone),
        "thrown_away": drafting.was_thrown_away(campaign),
        "trouble": trouble,
        "typed": typed,
        "changes": _changes(versions.script_of(campaign), script),
    }
    return render(request, "scripts/draft.html", context, status=422 if trouble else 200)


def _did(edit: DraftEdit | None) -> str:
    if edit is None:
        return ""
    words = str(DID.get(edit.did, edit.did))
    return f"{words}: {edit.step}" if edit.step else words


def _changes(before: Script, after: Script) -> list[tuple[object, Any]]:
    return [(CHANGES[one.what], one) for one in changes(before, after)]


@require_POST
def do(request: CampaignRequest) -> HttpResponse:
    """Add, move or take out a step; undo, do again, throw away."""
    require(request.member, Right.SETTINGS)
    campaign, by, seen = request.campaign, request.member.actor, _seen(request)
    what, name = request.POST.get("do", ""), request.POST.get("step", "")
    script, _newest = drafting.draft_of(campaign)
    try:
        if what == "add":
            fresh = editing.fresh_name(script)
            longer = editing.add_step(script, Step(fresh, ""), after=name)
            drafting.change(campaign, longer, "add", step=fresh, seen=seen, by=by)
            return redirect("scripts:step", slug=campaign.slug, name=fresh)
        if what == "undo":
            drafting.undo(campaign, seen=seen, by=by)
        elif what == "redo":
            drafting.redo(campaign, seen=seen, by=by)
        elif what == "throw-away":
            drafting.throw_away(campaign, seen=seen, by=by)
            messages.success(
                request, _("The draft is thrown away. What is said at doors has not changed. Until somebody begins another, the page of the draft brings it back.")
            )  # fmt: skip
            return redirect("scripts:home", slug=campaign.slug)
        elif script.step(name) is None:
            raise NotHere
        elif what == "remove":
            left = editing.remove_step(script, name)
            drafting.change(campaign, left, "remove", step=name, seen=seen, by=by)
        elif what in {"up", "down"}:
            turned = editing.move_step(script, name, -1 if what == "up" else 1)
            drafting.change(campaign, turned, "move", step=name, seen=seen, by=by)
        else:
            raise NotHere
    except BadInput as error:
        return _draft_page(request, error.message)
    return redirect("scripts:draft", slug=campaign.slug)


def _seen(request: CampaignRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 19 else 0


@require_http_methods(["GET", "POST"])
def step(request: CampaignRequest, name: str) -> HttpResponse:
    """One step: its words, and its answers with what they stand for and where they lead."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    script, seen = drafting.draft_of(campaign)
    here = script.step(name)
    if here is None:
        if request.method == "POST":
            return _step_gone(request, name)
        raise NotHere
    form = StepForm(script, here, request.POST or None)
    status, theirs = 200, ""
    if request.method == "POST":
        here = replace(here, answers=answers_in(request.POST))
        seen = _seen(request)
        if form.is_valid():
            said = form.cleaned_data
            here = _rearranged(
                Step(
                    said["name"], said["say"], here.answers,
                    "" if here.answers else said["then"], said["sensitivity"],
                ),
                request.POST.get("do", ""),
            )  # fmt: skip
            try:
                drafting.change(
                    campaign, editing.change_step(script, name, here), "change", step=here.name,
                    seen=seen, by=request.member.actor,
                )  # fmt: skip
            except drafting.ChangedMeanwhile as error:
                form.add_error(None, error.message)
                script, seen = drafting.draft_of(campaign)
                other = script.step(name)
                if other is None:
                    return _step_gone(request, name)
                theirs = to_text(Script((other,)))
            except BadInput as error:
                form.add_error(None, error.message)
            else:
                if request.POST.get("do", "save") != "save":
                    return redirect("scripts:step", slug=campaign.slug, name=here.name)
                return redirect("scripts:draft", slug=campaign.slug)
        status = 422
    faults = versions.faults_in(campaign, script)
    context = {
        "form": form,
        "step": here,
        "named": name,
        "rows": rows(here),
        "kinds": kinds(versions.choices_of(campaign), here),
        "ways": ways(script, here),
        "seen": seen,
        "theirs": theirs,
        "faults": [sentence_of(fault) for fault in faults if fault.step == name] if status == 200 else [],
    }  # fmt: skip
    return render(request, "scripts/step.html", context, status=status)


def _step_gone(request: CampaignRequest, name: str) -> HttpResponse:
    """The step was taken out or renamed while somebody wrote in it: what they wrote stands beside the draft."""
    posted = request.POST
    answers = answers_in(posted)
    wrote = Step(
        posted.get("name", name), posted.get("say", ""), answers,
        "" if answers else posted.get("then", ""), posted.get("sensitivity") or "open",
    )  # fmt: skip
    trouble = _("Step “%(step)s” is not in the draft any more, so nothing was saved. What you wrote stands below.")  # fmt: skip
    return _draft_page(request, trouble % {"step": name}, to_text(Script((wrote,))))


def _rearranged(step: Step, what: str) -> Step:
    verb, _dash, place = what.partition("-")
    if verb in {"up", "down"} and place.isdecimal() and len(place) < 3:
        turned = editing.moved(step.answers, int(place), -1 if verb == "up" else 1)
        return replace(step, answers=turned)
    return step


@require_http_methods(["GET", "POST"])
def paste(request: CampaignRequest) -> HttpResponse:
    """The draft as text, to be taken away; another one pasted in its place."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    script, seen = drafting.draft_of(campaign)
    form, theirs = PasteForm(request.POST or None, initial={"text": to_text(script)}), ""
    if request.method == "POST":
        seen = _seen(request)
    if request.method == "POST" and form.is_valid():
        try:
            read = from_text(form.cleaned_data["text"])
            drafting.change(campaign, read, "paste", seen=seen, by=request.member.actor)
        except drafting.ChangedMeanwhile as error:
            form.add_error("text", error.message)
            script, seen = drafting.draft_of(campaign)
            theirs = to_text(script)
        except BadInput as error:
            form.add_error("text", str(error))
        else:
            return redirect("scripts:draft", slug=campaign.slug)
    context = {"form": form, "seen": seen, "theirs": theirs}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "scripts/paste.html", context, status=status)


@require_GET
def preview(request: CampaignRequest) -> HttpResponse:
    """The draft as the phone shows it; the way so far stands in the address."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    script, _seen_now = drafting.draft_of(campaign)
    said = request.GET.get("way", "")
    taken = [int(one) for one in said.split(".") if one.isdecimal() and len(one) < 3][:100]
    taken = taken[: len(walked(script, taken))]
    choices = {choice["code"]: choice for choice in versions.choices_of(campaign)}
    here = stands_at(script, taken)
    way = [str(one) for one in taken]
    context = {
        "step": here,
        "way": ".".join(way),
        "back": ".".join(way[:-1]) if way else None,
        "nexts": [
            (answer, ".".join([*way, str(nth)])) for nth, answer in enumerate(here.answers)
        ] if here else [],
        "on": ".".join([*way, "0"]),
        "held": [
            choices[code]["label"] if code in choices else kind for kind, code in held(script, taken)
        ],
        "choices": [] if script.branches else list(choices.values()),
    }  # fmt: skip
    return render(request, "scripts/preview.html", context)


@require_POST
def publish(request: CampaignRequest) -> HttpResponse:
    """The draft is what is said from now on."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    note = " ".join(request.POST.get("note", "").split())[:200]
    try:
        made = drafting.publish(campaign, note=note, seen=_seen(request), by=request.member.actor)
    except drafting.ChangedMeanwhile:
        return _draft_page(
            request,
            _("Somebody changed the draft meanwhile, so nothing was published. Look at it again."),
        )
    except BadInput as error:
        return _draft_page(request, error.message)
    _published(request, made)
    return redirect("scripts:home", slug=campaign.slug)


def _published(request: CampaignRequest, made: ScriptVersion) -> None:
    messages.success(
        request,
        _("Version %(n)s is published. Phones show it within a quarter of an hour, those without a signal when they have one again.")
        % {"n": made.number},
    )  # fmt: skip


@require_GET
def version(request: CampaignRequest, number: int) -> HttpResponse:
    """One version: its steps, what changed against the one before and against today, its languages."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    row = access.version_for(campaign, number)
    before = _before(campaign, row)
    here = translating.languages_of(row)
    there = {one.code for one in here}
    context = {
        "version": row,
        "lines": queries.lines(row.script, row.choices, []),
        "before": before,
        "changes": _changes(before.script, row.script) if before else [],
        "against_now": _changes(versions.script_of(campaign), row.script),
        "is_now": row.number == campaign.script_version,
        "languages": here,
        "more_languages": [
            one for one in translating.languages() if one[0] not in {*there, campaign.language}
        ],
    }
    return render(request, "scripts/version.html", context)


def _before(campaign: Campaign, row: ScriptVersion) -> ScriptVersion | None:
    return next((one for one in queries.versions(campaign) if one.number < row.number), None)


@require_POST
def again(request: CampaignRequest, number: int) -> HttpResponse:
    """Publish what an older version said as a new one, or begin a draft from it."""
    require(request.member, Right.SETTINGS)
    campaign, by = request.campaign, request.member.actor
    row = access.version_for(campaign, number)
    try:
        if request.POST.get("do") == "draft":
            _script, seen = drafting.draft_of(campaign)
            drafting.change(campaign, row.script, "version", step=str(number), seen=seen, by=by)
            return redirect("scripts:draft", slug=campaign.slug)
        _published(request, versions.publish_again(row, by=by))
    except BadInput as error:
        messages.error(request, error.message)
        return redirect("scripts:version", slug=campaign.slug, number=number)
    return redirect("scripts:home", slug=campaign.slug)


@require_GET
def as_text(request: CampaignRequest, number: int) -> HttpResponse:
    """A version as text, to be lent."""
    require(request.member, Right.SETTINGS)
    row = access.version_for(request.campaign, number)
    return HttpResponse(to_text(row.script), content_type="text/plain; charset=utf-8")


@require_GET
def as_json(request: CampaignRequest, number: int) -> JsonResponse:
    """A version as JSON, to be lent."""
    require(request.member, Right.SETTINGS)
    row = access.version_for(request.campaign, number)
    return JsonResponse(to_json(row.script), safe=False, json_dumps_params={"ensure_ascii": False})
