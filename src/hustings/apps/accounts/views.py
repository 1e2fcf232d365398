"""The settings' room: walks, doors, members, and who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts import access, actions, duties, queries, wording
from hustings.apps.accounts.forms import (
    DoorSettings,
    LawSettings,
    NewMember,
    SpeakingUntil,
    StatusForm,
    WalkSettings,
)
from hustings.apps.accounts.models import StatusAnswer
from hustings.apps.accounts.roles import Right
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_http_methods(["GET", "POST"])
def walk_settings(request: CampaignRequest) -> HttpResponse:
    """How walks are cut."""
    access.require(request.member, Right.SETTINGS)
    form = WalkSettings(request.POST or None, instance=request.campaign)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(request.campaign, form.cleaned_data, by=request.member.actor)
        messages.success(
            request, _("Saved. The next cut uses it; walks that are out stay as they are.")
        )
        return redirect("settings:walks", slug=request.campaign.slug)
    return _settings_page(request, "walks", form)


@require_http_methods(["GET", "POST"])
def door_settings(request: CampaignRequest) -> HttpResponse:
    """What is asked at a door."""
    access.require(request.member, Right.SETTINGS)
    campaign = request.campaign
    form = DoorSettings(
        request.POST or None,
        branches=bool(campaign.script_steps),
        initial={
            "script_wording": campaign.script_wording,
            "phones_need_letting_in": campaign.phones_need_letting_in,
            "precision": campaign.precision,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_script(campaign, form.cleaned_data, by=request.member.actor)
        except BadInput as error:
            form.add_error("script_wording", str(error))
        else:
            messages.success(
                request, _("Saved. Answers given so far keep the wording they were asked with.")
            )
            return redirect("settings:doors", slug=campaign.slug)
    return _settings_page(request, "doors", form)


@require_http_methods(["GET", "POST"])
def law_settings(request: CampaignRequest) -> HttpResponse:
    """Which law the campaign is under, and how long copies are kept."""
    access.require(request.member, Right.SETTINGS)
    form = LawSettings(request.POST or None, instance=request.campaign)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(request.campaign, form.cleaned_data, by=request.member.actor)
        messages.success(request, _("Saved. The rules are asked by it from now on."))
        return redirect("settings:law", slug=request.campaign.slug)
    return _settings_page(request, "law", form)


def _settings_page(request: CampaignRequest, tab: str, form: BaseForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/settings.html", {"form": form, "tab": tab}, status=status)


@require_http_methods(["GET", "POST"])
def members(request: CampaignRequest) -> HttpResponse:
    """Who belongs to the campaign, and adding somebody."""
    access.require(request.member, Right.SETTINGS)
    form = NewMember(request.POST or None, asks=duties.asks(request.campaign))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(
                request.campaign,
                form.cleaned_data["email"],
                form.cleaned_data["role"],
                name=form.cleaned_data["name"],
                us_status=form.cleaned_data.get("us_status", ""),
                by=request.member.actor,
            )
        except duties.RoleNotGiven as error:
            form.add_error("us_status", str(error))
        else:
            messages.success(
                request,
                _("%(name)s can sign in with a code sent to %(email)s.") % form.cleaned_data,
            )
            return redirect("settings:members", slug=request.campaign.slug)
    status = 422 if form.is_bound and form.errors else 200
    return _members_page(request, form, status=status)


def _members_page(request: CampaignRequest, form: BaseForm, *, status: int = 200) -> HttpResponse:
    speaking = queries.speaking_now(request.campaign)
    everybody = list(queries.members_of(request.campaign))
    rows = [(one, speaking.get(one.pk)) for one in everybody]
    law = duties.against_members(request.campaign, everybody)
    return render(
        request,
        "accounts/members.html",
        {
            "form": form,
            "tab": "members",
            "members": rows,
            "today": timezone.localdate(),
            "law": [(one, *law[one.pk]) for one in everybody if one.pk in law],
            "statuses": StatusAnswer.Status.choices,
        },
        status=status,
    )


@require_POST
def remove_member(request: CampaignRequest, member_id: int) -> HttpResponse:
    """End somebody's membership; adding them again undoes it."""
    access.require(request.member, Right.SETTINGS)
    membership = access.membership_in(request.campaign, member_id)
    actions.remove_member(membership, by=request.member.actor)
    messages.success(request, _("%(name)s is no longer a member.") % {"name": membership.called})
    return redirect("settings:members", slug=request.campaign.slug)


@require_POST
def answer_status(request: CampaignRequest, member_id: int) -> HttpResponse:
    """What a member answered, where the campaign's law asks who decides."""
    access.require(request.member, Right.SETTINGS)
    membership = access.membership_in(request.campaign, member_id)
    form = StatusForm(request.POST)
    if not form.is_valid() or not duties.asks(request.campaign):
        messages.error(request, _("That is no answer that is asked for here. Nothing was changed."))
    else:
        actions.answer_status(membership, form.cleaned_data["us_status"], by=request.member.actor)
        messages.success(request, _("Kept, with today’s date."))
    return redirect("settings:members", slug=request.campaign.slug)


@require_POST
def let_speak(request: CampaignRequest, member_id: int) -> HttpResponse:
    """Give somebody the right to speak for the candidate; taking it back undoes it."""
    access.require(request.member, Right.SETTINGS)
    membership = access.membership_in(request.campaign, member_id)
    form = SpeakingUntil(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is not a day. Nothing was changed."))
    else:
        actions.let_speak(membership, until=form.moment(), by=request.member.actor)
        messages.success(
            request, _("%(name)s speaks for the candidate.") % {"name": membership.called}
        )
    return redirect("settings:members", slug=request.campaign.slug)


@require_POST
def end_speaking(request: CampaignRequest, member_id: int) -> HttpResponse:
    """Take the right to speak for the candidate back."""
    access.require(request.member, Right.SETTINGS)
    membership = access.membership_in(request.campaign, member_id)
    if actions.end_speaking(membership, by=request.member.actor):
        words = _("%(name)s no longer speaks for the candidate.")
    else:
        words = _("%(name)s did not speak for the candidate; nothing was changed.")
    messages.success(request, words % {"name": membership.called})
    return redirect("settings:members", slug=request.campaign.slug)


@require_GET
def audit(request: CampaignRequest) -> HttpResponse:
    """Who did what, newest first."""
    access.require(request.member, Right.SEE_AUDIT)
    before = request.GET.get("before", "")
    lines = queries.audit_lines(
        request.campaign,
        subject=request.GET.get("subject", ""),
        subject_id=request.GET.get("id", ""),
        before=int(before) if before.isdecimal() else None,
    )
    for line in lines:
        line.words = wording.VERBS.get(line.verb, line.verb)  # type: ignore[attr-defined]  # only for this page
    return render(request, "accounts/audit.html", {"tab": "audit", "lines": lines})
