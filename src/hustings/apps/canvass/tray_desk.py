"""Deciding about a whole batch of late reports, about two answers of one person, and taking decisions back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.canvass import differing, tray, tray_undo
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_POST
def settle_batch(request: CampaignRequest) -> HttpResponse:
    """All late reports of one phone on one walk count, or are put aside."""
    require(request.member, Right.HAND_OUT)
    numbers = [request.POST.get(name, "") for name in ("phone", "walk")]
    if not all(number.isdecimal() for number in numbers):
        raise NotHere
    counts = request.POST.get("counts") == "yes"
    try:
        done, left = tray.settle_batch(
            request.campaign, int(numbers[0]), int(numbers[1]), counts=counts,
            by=request.member.actor,
        )  # fmt: skip
    except BadInput as error:
        messages.warning(request, error.message)
        return _back(request)
    said = (
        ngettext("%(n)d report counts now.", "%(n)d reports count now.", done)
        if counts
        else ngettext("%(n)d report is put aside.", "%(n)d reports are put aside.", done)
    )
    messages.success(request, said % {"n": done})
    return _back(request, left)


@require_POST
def take_back(request: CampaignRequest) -> HttpResponse:
    """What one tap decided waits again."""
    require(request.member, Right.HAND_OUT)
    try:
        together = UUID(request.POST.get("together", ""))
    except ValueError:
        raise NotHere from None
    done, left = tray_undo.take_back(request.campaign, together, by=request.member.actor)
    if done:
        said = ngettext("%(n)d report waits again.", "%(n)d reports wait again.", done)
        messages.success(request, said % {"n": done})
    return _back(request, left)


@require_POST
def rule(request: CampaignRequest) -> HttpResponse:
    """Which of two answers counts."""
    require(request.member, Right.HAND_OUT)
    require(request.member, Right.SEE_PEOPLE)
    try:
        differing.rule(
            request.campaign, UUID(request.POST.get("event", "")), by=request.member.actor
        )
    except ValueError:
        raise NotHere from None
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("It counts now; the other answer is kept."))
    return _back(request)


@require_POST
def unrule(request: CampaignRequest, ruling_id: int) -> HttpResponse:
    """Both answers again."""
    require(request.member, Right.HAND_OUT)
    require(request.member, Right.SEE_PEOPLE)
    try:
        differing.take_back(request.campaign, ruling_id, by=request.member.actor)
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Both answers stand beside each other again."))
    return _back(request)


def _back(request: CampaignRequest, left: Sequence[str] = ()) -> HttpResponse:
    for why in sorted(set(left)):
        messages.warning(
            request, _("%(n)d stays as it is: %(why)s") % {"n": left.count(why), "why": why}
        )
    return redirect("phones:tray", slug=request.campaign.slug)
