"""A volunteer's own page: what they told us, their team, what other rooms have for them, and the way out."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, cast

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers import access, lawful, leaving, queries, telling
from hustings.apps.volunteers.forms import LANGUAGE_FIELDS, AboutForm, AbroadForm
from hustings.apps.volunteers.own_page import SECTIONS, campaign_of, volunteer_of
from hustings.apps.volunteers.reaching import email_and_phone_of
from hustings.apps.volunteers.wording import languages_said, times_said, wishes_said
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hustings.apps.volunteers.models import Volunteer

RATES = {"me": "60/m/ip", "me_nowhere": "10/m/ip"}
"""So many looks a minute, and fewer at links that lead nowhere."""


def opened(
    view: Callable[[HttpRequest, Volunteer, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """The volunteer of the link, behind their campaign's wall; a page that nobody keeps and no address leaves."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        if slower := _slower(request, "me"):
            return slower
        volunteer = volunteer_of(token)
        if volunteer is None:
            response = _slower(request, "me_nowhere") or render(
                request, "volunteers/nowhere.html", {"theirs": campaign_of(token)}, status=404
            )
        else:
            campaign = volunteer.campaign
            with tenant(campaign.pk), timezone.override(campaign.time_zone):
                response = view(request, volunteer, token)
        # Not «no-referrer»: with it browsers send a form without its origin, and it would be refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


def _slower(request: HttpRequest, action: str) -> HttpResponse | None:
    limited = ratelimit.consume_or_429(request, action=action, config=RATES, limit_get=True)
    return cast("HttpResponse | None", limited)


@require_GET
@opened
def page(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """Everything on one page."""
    parts = [part for part in (tell(volunteer, token) for tell in SECTIONS) if part is not None]
    invite = reverse("join:page", kwargs={"slug": volunteer.campaign.slug})
    open_to_join = access.join_page_of(volunteer.campaign) is not None
    code = queries.code_of(volunteer)
    email, phone = email_and_phone_of(volunteer)
    said = {
        "one": volunteer,
        "theirs": volunteer.campaign,
        "token": token,
        "email": email,
        "phone": phone,
        "languages": languages_said(volunteer.languages),
        "wishes": wishes_said(volunteer.wishes),
        "times": times_said(volunteer.times),
        "chains": queries.chains_of(volunteer),
        "word": lawful.word_on(volunteer),
        "parts": sorted(parts, key=lambda part: part.order),
        "invite": f"{settings.SITE_URL}{invite}?by={code}" if code and open_to_join else "",
        "brought": queries.brought_by(volunteer).count(),
    }
    return render(request, "volunteers/me.html", said)


@require_http_methods(["GET", "POST"])
@opened
def change(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """Change what they told us."""
    spoken = dict(zip(LANGUAGE_FIELDS, volunteer.languages, strict=False))
    before = {
        name: getattr(volunteer, name)
        for name in ("near", "times", "wishes", "transport", "no_stairs", "with_partner")
    }
    email, phone = email_and_phone_of(volunteer)
    form = AboutForm(
        request.POST or None,
        campaign=volunteer.campaign,
        initial={
            "name": volunteer.person.name, "email": email, "phone": phone,
            LANGUAGE_FIELDS[0]: "", **before, **spoken,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        telling.tell(
            volunteer, name=said["name"], email=said["email"], phone=said["phone"],
            facts=form.facts, by=leaving.BY_THEIR_LINK,
        )  # fmt: skip
        messages.success(request, _("Changed. Thank you."))
        return redirect("me:page", token=token)
    context = {"form": form, "theirs": volunteer.campaign, "token": token}
    return render(request, "volunteers/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@opened
def pays(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """Say anew how they come from abroad and who pays; the rules are asked again."""
    word = lawful.word_on(volunteer)
    terms = word.standing.terms if word else None
    form = AbroadForm(
        request.POST or None,
        campaign=volunteer.campaign,
        payments=word.standing.payments if word else (),
        initial={
            "home_country": volunteer.home_country, "from_on": terms.from_on,
            "until_on": terms.until_on, "us_status": terms.us_status,
        } if terms else {},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and form.from_abroad:
        country = form.cleaned_data["home_country"]
        try:
            telling.come_from(volunteer, country, form.from_abroad, by=leaving.BY_THEIR_LINK)
        except BadInput as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. What the rules say stands below."))
            return redirect("me:page", token=token)
    context = {"form": form, "theirs": volunteer.campaign, "token": token}
    return render(request, "volunteers/pays.html", context, status=422 if form.errors else 200)


@require_POST
@opened
def leave(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """They leave: every link of theirs ends, and nothing is sent to them any more."""
    leaving.leave(volunteer, by=leaving.BY_THEIR_LINK)
    return render(request, "volunteers/left.html", {"theirs": volunteer.campaign})
