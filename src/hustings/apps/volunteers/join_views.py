"""The public join page: one form, thanks with the way to one's own page, and that way once more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from allauth.core import ratelimit
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers import access, joining, lawful
from hustings.apps.volunteers.again import ask_for_link
from hustings.apps.volunteers.forms import AgainForm, JoinForm
from hustings.apps.volunteers.models import Letter, Volunteer
from hustings.apps.volunteers.own_page import make_link
from hustings.apps.volunteers.welcome import nearest_to
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hustings.apps.volunteers.models import JoinPage

RATES = {
    "join_look": "60/m/ip",
    "join_send": "20/m/ip,200/h/ip",
    "join_again": "10/m/ip",
    "join_again_to": "3/h/key",
}
"""A hall that joins through one network gets in; somebody who sends forms by machine does not."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """
    The form by itself, which no other site may show in a frame.

    No cookie is set or read: the signed number that each form carries stands for the usual token, which a
    frame on another site could not keep.
    """
    return _open(request, slug, partial(_join, framed=False))


@csrf_exempt
@never_cache
@xframe_options_exempt
@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form for a frame, on the pages of sites that the organisers named and nowhere else."""
    sites: list[str] = []

    def shown(request: HttpRequest, campaign: Campaign, opened: JoinPage) -> HttpResponse:
        sites.extend(opened.sites)
        return _join(request, campaign, opened, framed=True)

    response = _open(request, slug, shown)
    policy = cast("dict[str, list[str]]", dict(settings.SECURE_CSP))
    policy["frame-ancestors"] = sites or [CSP.NONE]
    answer: HttpResponse = csp_override(policy)(lambda _request: response)(request)
    return answer


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """
    The link to one's own page, mailed once more; the answer is the same whether or not we know the address.

    Also where the join page is closed, for whoever came before.
    """
    return _open(request, slug, _again)


def _open(
    request: HttpRequest,
    slug: str,
    shown: Callable[[HttpRequest, Campaign, JoinPage], HttpResponse],
) -> HttpResponse:
    action = "join_send" if request.method == "POST" else "join_look"
    if slower := ratelimit.consume_or_429(request, action=action, config=RATES, limit_get=True):
        return cast("HttpResponse", slower)
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return _not_here(request)
    with tenant(campaign.pk), timezone.override(campaign.time_zone):
        opened = access.join_page_of(campaign)
        if opened is not None:
            return shown(request, campaign, opened)
        if shown is _again and Volunteer.objects.of(campaign).exists():
            return _again(request, campaign, None)
        return _not_here(request)


def _not_here(request: HttpRequest) -> HttpResponse:
    """One page for a campaign that is not there and a join page that is closed."""
    return render(request, "404.html", status=404)


def _join(
    request: HttpRequest, campaign: Campaign, opened: JoinPage, *, framed: bool
) -> HttpResponse:
    error = ""
    if request.method == "POST":
        said = request.POST.copy()
        form_id = joining.form_id_of(campaign, said.get("form_id", ""))
        if form_id is None:
            said["form_id"] = joining.new_form(campaign)
        form = JoinForm(said, campaign=campaign)
        if form.is_valid() and form_id is not None:
            try:
                return _thanks(request, joining.join(campaign, form_id, form.coming), framed=framed)
            except BadInput as refused:
                error = str(refused)
        elif form_id is None:
            error = _("This form had lain open for a day or more. Everything you wrote is still here: send it once more.")  # fmt: skip
    else:
        form = JoinForm(
            campaign=campaign,
            initial={
                "form_id": joining.new_form(campaign),
                "by": request.GET.get("by", "")[:16],
                "transport": "foot",
            },
        )
    brought = access.inviter(campaign, str(form["by"].value() or "")) is not None
    context: dict[str, Any] = {
        "form": form, "theirs": campaign, "error": error, "framed": framed, "body_class": _class_of(framed), "brought": brought,
    }  # fmt: skip
    return render(request, "volunteers/join.html", context, status=422 if form.is_bound else 200)


def _class_of(framed: bool) -> str:
    return "framed" if framed else ""


def _thanks(request: HttpRequest, volunteer: Volunteer, *, framed: bool) -> HttpResponse:
    link = reverse("me:page", kwargs={"token": make_link(volunteer)})
    said = {
        "theirs": volunteer.campaign,
        "volunteer": volunteer,
        "link": f"{settings.SITE_URL}{link}",
        "here": link,
        "word": lawful.word_on(volunteer),
        "near": nearest_to(volunteer),
        "mailed": Letter.objects.of(volunteer.campaign_id).filter(volunteer=volunteer).exists(),
        "framed": framed,
        "body_class": _class_of(framed),
    }
    return render(request, "volunteers/thanks.html", said)


def _again(request: HttpRequest, campaign: Campaign, opened: JoinPage | None) -> HttpResponse:
    form = AgainForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        if slower := ratelimit.consume_or_429(request, action="join_again", config=RATES):
            return cast("HttpResponse", slower)
        address = form.cleaned_data["email"].strip().lower()
        key = f"{campaign.pk}:{address}"
        too_often = ratelimit.consume_or_429(request, action="join_again_to", config=RATES, key=key)
        if not too_often:
            ask_for_link(campaign, address)
    status = 422 if form.is_bound and not sent else 200
    said = {"form": form, "theirs": campaign, "sent": sent, "open": opened is not None}
    return render(request, "volunteers/again.html", said, status=status)
