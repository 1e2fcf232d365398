"""The pages of whoever scans the code on a table, and of a phone that asks for a walk from where it is."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.access import let_in
from hustings.apps.dispatch import access, arriving, cookies, fitting
from hustings.apps.dispatch.fitting import Wants
from hustings.apps.dispatch.forms import ArrivalForm, NinetyForm
from hustings.apps.dispatch.signing_in import sign_in_at
from hustings.apps.outings.access import last_round_of
from hustings.apps.outings.publishing import NotNow
from hustings.apps.outings.sources import place_of_address
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from hustings.apps.accounts.models import Device
    from hustings.apps.accounts.requests import PhoneRequest
    from hustings.apps.dispatch.arriving import Handed
    from hustings.apps.dispatch.models import Table
    from hustings.apps.dispatch.stopping import Stopped


@require_GET
def scanned(_request: HttpRequest, token: str) -> HttpResponse:
    """The short address that the code holds; a phone's own pages are below /w/."""
    return redirect("table:arrive", token)


@never_cache
@require_http_methods(["GET", "POST"])
def arrive(request: PhoneRequest, token: str) -> HttpResponse:
    """Name, time, and what fits; then the walk."""
    named = access.TableToken.parse(token)
    if named is None:
        return render(request, "dispatch/closed.html", status=404)
    with tenant(named.campaign_id):
        table = access.table_of(named)
        if table is None or not table.is_open:
            return render(
                request, "dispatch/closed.html", {"table": table}, status=410 if table else 404
            )
        with timezone.override(table.campaign.time_zone):
            return _at(request, table, token)


def _mine(request: PhoneRequest, table: Table) -> Device | None:
    """The phone of this request, where it is one of the table's campaign."""
    mine = request.device
    return mine if mine is not None and mine.campaign_id == table.campaign_id else None


def _at(request: PhoneRequest, table: Table, token: str) -> HttpResponse:
    secret = cookies.secret_of(request)
    mine = _mine(request, table)
    if request.method == "GET":
        arrival = access.arrival_with(table.campaign_id, arriving.key_of(table, secret))
        if arrival is not None and access.is_theirs_now(arrival):
            if mine is not None and mine.pk == arrival.device_id and arrival.pair is None:
                return redirect("phone:walk", arrival.turf_id)
            return _has_walk(request, table, token, arriving.Handed(arrival, mine))
        form = ArrivalForm(initial=_first(request, mine))
        return _asked(request, table, token, form, secret)
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return _asked(request, table, token, form, secret, status=422)
    said = form.cleaned_data
    place = table.place
    if said["near"]:
        place = place_of_address(table.campaign, said["near"])
        if place is None:
            form.add_error("near", _("No door of ours is in that street. Name another, or none."))
            return _asked(request, table, token, form, secret, status=422)
    wants = Wants(
        minutes=int(said["minutes"]) if said["minutes"] else None, no_stairs=said["no_stairs"],
        on_foot=said["on_foot"], partner=said["partner"], place=place,
    )  # fmt: skip
    take = request.POST.get("take", "")
    try:
        handed = arriving.arrive(
            table, secret, said["first_name"], wants, who=said["who"], device=mine, pair=said["pair"],
            take=int(take) if take.isdecimal() else None, make="make" in request.POST,
        )  # fmt: skip
    except (NotNow, BadInput) as error:
        form.add_error(None, str(error))
        return _asked(request, table, token, form, secret, status=422)
    sign_in_at(table, handed.arrival, said["who"])
    if handed.stopped is not None:
        response = _stopped(request, handed.stopped, table)
    elif handed.arrival.turf_id is None:
        response = _nothing_fits(request, table, token, form, handed, wants)
    elif handed.arrival.pair is not None:
        response = _has_walk(request, table, token, handed)
    else:
        response = redirect("phone:walk", handed.arrival.turf_id)
    cookies.remember_secret(response, secret)
    cookies.remember_chosen(response, said)
    if handed.device is not None and handed.token is not None:
        cookies.remember_device(response, handed.device, handed.token)
    return response


def _first(request: PhoneRequest, mine: Device | None) -> dict[str, Any]:
    """What they chose the last time, else the name that their phone has."""
    return {"first_name": mine.label if mine else "", **cookies.chosen_before(request)}


def _asked(
    request: PhoneRequest,
    table: Table,
    token: str,
    form: ArrivalForm,
    secret: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"table": table, "token": token, "form": form}
    response = render(request, "dispatch/arrive.html", context, status=status)
    cookies.remember_secret(response, secret)
    return response


def _has_walk(request: PhoneRequest, table: Table, token: str, handed: Handed) -> HttpResponse:
    context = {
        "table": table, "token": token, "arrival": handed.arrival, "turf": handed.arrival.turf,
        "knows": handed.token is not None
        or (handed.device is not None and handed.device.pk == handed.arrival.device_id),
        "first": cookies.chosen_before(request),
    }  # fmt: skip
    return render(request, "dispatch/has_walk.html", context)


def _nothing_fits(
    request: PhoneRequest,
    table: Table,
    token: str,
    form: ArrivalForm,
    handed: Handed,
    wants: Wants,
) -> HttpResponse:
    free = fitting.free_walks(table.action, wants.place)
    misfit = fitting.nearest_misfit(free, wants)
    context = {
        "table": table, "token": token, "form": form, "arrival": handed.arrival, "misfit": misfit,
        "misfit_words": fitting.misfit_in_words(misfit, wants) if misfit else "",
        "can_make": wants.place is not None and "make" not in request.POST,
    }  # fmt: skip
    return render(request, "dispatch/nothing_fits.html", context)


def _stopped(request: PhoneRequest, stopped: Stopped, table: Table | None = None) -> HttpResponse:
    """A rule of law stops them: which, where it is surely them; no way on but an organiser."""
    context = {"table": table, "word": stopped.word if stopped.is_sure else None}
    return render(request, "dispatch/stopped.html", context)


@never_cache
@require_POST
def tell(request: PhoneRequest, token: str) -> HttpResponse:
    """They wait at the table: the organiser's page says so."""
    named = access.TableToken.parse(token)
    if named is None:
        raise NotHere
    with tenant(named.campaign_id):
        table = access.table_of(named)
        key = arriving.key_of(table, cookies.secret_of(request))
        arrival = access.arrival_with(named.campaign_id, key, lock=True) if table else None
        if table is None or arrival is None or not table.is_open:
            raise NotHere
        arriving.tell_organiser(arrival)
        return render(request, "dispatch/told.html", {"table": table, "token": token})


@never_cache
@require_http_methods(["GET", "POST"])
def ninety(request: PhoneRequest) -> HttpResponse:
    """A phone that was let in asks for the best walk from where it is."""
    device = let_in(request)
    action = last_round_of(device.campaign, device.pk)
    form = NinetyForm(request.POST or None, initial={"once": uuid.uuid4(), "minutes": "90"})
    if request.method == "GET" or not form.is_valid():
        return _ninety_page(request, form, status=422 if form.is_bound else 200)
    place = form.point or place_of_address(device.campaign, form.cleaned_data["address"])
    if place is None:
        form.add_error("address", _("No door of ours is there. Name another street, or tap above."))
        return _ninety_page(request, form, status=422)
    wants = Wants(
        minutes=form.cleaned_data["minutes"], no_stairs=form.cleaned_data["no_stairs"],
        on_foot=True, place=place,
    )  # fmt: skip
    handed = arriving.ninety(
        device.campaign, action, wants, str(form.cleaned_data["once"]), device.label,
        by=device.actor, device=device,
    )  # fmt: skip
    if handed.stopped is not None:
        return _stopped(request, handed.stopped)
    if handed.arrival.turf_id is None:
        form.add_error(None, handed.arrival.why)
        return _ninety_page(request, form, status=422)
    return redirect("phone:walk", handed.arrival.turf_id)


def _ninety_page(request: PhoneRequest, form: NinetyForm, *, status: int) -> HttpResponse:
    return render(request, "dispatch/ninety.html", {"form": form}, status=status)
