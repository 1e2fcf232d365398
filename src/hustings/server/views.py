"""The pages that belong to no room: the front door, signing in by link, the way into a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth import login
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts import actions as accounts
from hustings.server.context import desk
from hustings.server.middleware import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hustings.apps.accounts.requests import CampaignRequest, SignedInRequest


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The front door: sign in, or choose among the campaigns you belong to."""
    if not request.user.is_authenticated:
        return render(request, "home.html")
    memberships = request.user.memberships.select_related("campaign").order_by("campaign__name")
    if len(memberships) == 1:
        return redirect("campaign-home", slug=memberships[0].campaign.slug)
    return render(request, "choose_campaign.html", {"memberships": memberships})


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """For whoever watches this server: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("healthy\n", content_type="text/plain")


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A single-use link. GET asks for one tap, so that a mail scanner that opens it does not use it up."""
    if request.method == "GET":
        return render(request, "sign_in_by_link.html")
    user = accounts.use_sign_in_link(secret)
    if user is None:
        return render(request, "sign_in_link_over.html", status=410)
    login(request, user, backend="hustings.apps.accounts.backends.WithMemberships")
    return redirect("home")


def confirm_login_code(request: HttpRequest) -> HttpResponseBase:
    """The library's page for the code from the mail; a code that is over is not passed by in silence."""
    response: HttpResponseBase = allauth.confirm_login_code(request)
    ways_back = {reverse("account_request_login_code"), reverse("account_login")}
    if request.method == "POST" and response.get("Location") in ways_back:
        messages.warning(request, _("This code is too old or used up. Ask for a new one."))
    return response


@require_GET
def campaign_home(request: CampaignRequest) -> HttpResponse:
    """The first room this member may enter."""
    rooms = desk(request)["rooms"]
    if isinstance(rooms, list) and rooms:
        return redirect(rooms[0]["url"])
    return render(request, "no_room.html")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """One page for what does not exist and what is not yours."""
    return not_found(request)
