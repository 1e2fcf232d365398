"""Whose request this is, and errors as sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import (
    DEVICE_COOKIE,
    DeviceToken,
    NotAllowed,
    NotHere,
    device_of,
    membership_for,
)
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.access import node_of
from hustings.core.errors import HustingsError
from hustings.server.once_more import once_more, stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hustings.apps.accounts.requests import CampaignRequest, PhoneRequest

    Handler = Callable[[HttpRequest], HttpResponseBase]

DESK = re.compile(r"^/c/(?P<slug>[a-z0-9][a-z0-9-]*)/")
PHONE = re.compile(r"^/w/")
PUBLIC = re.compile(r"^/says/(?P<slug>[a-z0-9][a-z0-9-]*)/")


def campaign_middleware(get_response: Handler) -> Handler:
    """
    Bind the campaign's wall round the whole request, templates and streams included.

    Below ``/c/<slug>/`` the member's campaign; below ``/w/`` the campaign of the phone's token; below
    ``/says/<slug>/``, for everyone, a campaign that has keys to sign its word with. A
    campaign that does not exist and one that is not yours look the same. Views below ``/c/<slug>/``
    and there are called without ``slug``: they have ``request.campaign``.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if desk := DESK.match(request.path_info):
            return _desk(cast("CampaignRequest", request), desk["slug"], get_response)
        if PHONE.match(request.path_info):
            return _phone(cast("PhoneRequest", request), get_response)
        if says := PUBLIC.match(request.path_info):
            return _public(cast("CampaignRequest", request), says["slug"], get_response)
        return get_response(request)

    def process_view(
        request: HttpRequest,
        view: object,
        arguments: tuple[object, ...],
        options: dict[str, object],
    ) -> None:
        if hasattr(request, "campaign"):
            options.pop("slug", None)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django's own way
    return middleware


def _desk(request: CampaignRequest, slug: str, get_response: Handler) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    member = membership_for(request.user, slug)
    if member is None:
        return not_found(request)
    request.campaign, request.member = member.campaign, member
    with timezone.override(member.campaign.time_zone):
        return behind_the_wall(member.campaign_id, request, get_response)


def _public(request: CampaignRequest, slug: str, get_response: Handler) -> HttpResponseBase:
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return not_found(request)
    with tenant(campaign.pk):
        if node_of(campaign) is None:
            return not_found(request)
    request.campaign = campaign
    with timezone.override(campaign.time_zone):
        return behind_the_wall(campaign.pk, request, get_response)


def _phone(request: PhoneRequest, get_response: Handler) -> HttpResponseBase:
    request.device = None
    token = DeviceToken.parse(request.COOKIES.get(DEVICE_COOKIE, ""))
    if token is None:
        return get_response(request)
    return once_more(request, lambda: _of_a_phone(request, token, get_response))


def _of_a_phone(
    request: PhoneRequest, token: DeviceToken, get_response: Handler
) -> HttpResponseBase:
    with tenant(token.campaign_id):
        device = device_of(token)
        if device is not None:
            request.device = device
            with timezone.override(device.campaign.time_zone):
                return _shown(device.campaign_id, request, get_response)
    # A made-up token must not choose whose wall is opened.
    return get_response(request)


def behind_the_wall(
    campaign_id: UUID, request: HttpRequest, get_response: Handler
) -> HttpResponseBase:
    """
    The whole request in one transaction that sees one campaign; undone when it ends in a 500.

    Where the database stopped it, it is done once more.
    """

    def within() -> HttpResponseBase:
        with tenant(campaign_id):
            return _shown(campaign_id, request, get_response)

    return once_more(request, within)


def _shown(campaign_id: UUID, request: HttpRequest, get_response: Handler) -> HttpResponseBase:
    request.is_behind_the_wall = True  # type: ignore[attr-defined]  # asked for in errors_as_sentences
    response = get_response(request)
    if response.status_code >= 500:
        transaction.set_rollback(True)
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = _stream(
            campaign_id, cast("Iterator[bytes]", response.streaming_content)
        )
    return response


def _stream(campaign_id: UUID, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with tenant(campaign_id):
        yield from chunks


def whole_addresses(get_response: Handler) -> Handler:
    """An address with a NUL in it leads nowhere: the database keeps none in its texts, and none of ours has one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return not_found(request)
        return get_response(request)

    return middleware


def whole_forms(get_response: Handler) -> Handler:
    """
    A form with a NUL in one of its texts is refused: the database keeps none.

    Looked at where the form is read by now, since its token was compared. What compares none may be large, and is
    looked at only where it is no upload.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: object, _arguments: object, _options: object
    ) -> HttpResponse | None:
        compared = not getattr(view, "csrf_exempt", False)
        texts = request.content_type == "application/x-www-form-urlencoded"
        if not texts and not (compared and request.content_type == "multipart/form-data"):
            return None
        if all("\0" not in text for _name, said in request.POST.lists() for text in said):
            return None
        message = _("A text has a character in it that cannot be kept (NUL). Type it again.")
        said = {"message": message, "on_a_phone": PHONE.match(request.path_info)}
        return render(request, "refusal.html", said, status=422)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django's own way
    return middleware


def errors_as_sentences(get_response: Handler) -> Handler:
    """Turn our own family of errors into a page that says what to do next, and the database's into a second try."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if hasattr(request, "is_behind_the_wall"):  # its transaction is begun anew out there
            return get_response(request)
        return once_more(request, lambda: get_response(request))

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotHere | Http404):
            return taken_back(not_found(request))
        if isinstance(error, HustingsError) and not isinstance(error, DatabaseError):
            status = 403 if isinstance(error, NotAllowed) else 422
            said = {"message": str(error), "on_a_phone": PHONE.match(request.path_info)}
            return taken_back(render(request, "refusal.html", said, status=status))
        return stopped(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django's own way
    return middleware


def taken_back(response: HttpResponse) -> HttpResponse:
    """Whatever the refused request had written is taken back, once its page is rendered."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return response


def not_found(request: HttpRequest) -> HttpResponse:
    """One page for what does not exist and what is not yours."""
    page = "404_phone.html" if PHONE.match(request.path_info) else "404.html"
    return render(request, page, status=404)
