"""The desk's tables: opening one, who came, what is left; and a walk from anywhere for whoever asks at the desk."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.dispatch import access, arriving, queries, tables
from hustings.apps.dispatch.fitting import Wants
from hustings.apps.dispatch.forms import DeskNinetyForm, TableForm
from hustings.apps.outings.access import action_for
from hustings.apps.outings.sources import place_of_address
from hustings.core.errors import BadInput
from hustings.formats.pack_pdf import qr_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.utils.functional import Promise

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.dispatch.models import Table


@require_GET
def table_list(request: CampaignRequest) -> HttpResponse:
    """Every table, newest first."""
    require(request.member, Right.HAND_OUT)
    return render(request, "dispatch/tables.html", {"tables": queries.tables_of(request.campaign)})


@require_http_methods(["GET", "POST"])
def new_table(request: CampaignRequest) -> HttpResponse:
    """Open one."""
    require(request.member, Right.HAND_OUT)
    initial = {name: request.GET.get(name, "") for name in ("action", "session")}
    form = TableForm(request.campaign, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        place = place_of_address(request.campaign, said["place"]) if said["place"] else None
        if said["place"] and place is None:
            form.add_error("place", _("No door of ours is in that street. Name another, or none."))
        else:
            try:
                table = tables.open_table(
                    request.campaign, said["action"], said["name"], said["ends_at"],
                    by=request.member.actor, place=place, session=form.chosen_session,
                )  # fmt: skip
            except BadInput as error:
                form.add_error("ends_at", error.message)
            else:
                return _to(request, table)
    return render(
        request, "dispatch/new_table.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _to(request: CampaignRequest, table: Table) -> HttpResponse:
    return redirect("dispatch:table", slug=request.campaign.slug, table_id=table.pk)


def _address(table: Table) -> str:
    token = access.token_of(table)
    if token is None:
        return ""
    return settings.SITE_URL.rstrip("/") + reverse("scanned", args=[str(token)])


@require_GET
def table_page(request: CampaignRequest, table_id: int) -> HttpResponse:
    """Its code, who came, what is left."""
    require(request.member, Right.HAND_OUT)
    table = access.table_for(request.campaign, table_id)
    address = _address(table) if table.is_open else ""
    response = render(
        request,
        "dispatch/table.html",
        {
            "table": table,
            "now": queries.table_now(table),
            "address": address,
            "qr": qr_data(address) if address else "",
        },
    )
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def table_live(request: CampaignRequest, table_id: int) -> HttpResponse:
    """The part of that page that is asked for anew every few seconds."""
    require(request.member, Right.HAND_OUT)
    table = access.table_for(request.campaign, table_id)
    return render(
        request, "dispatch/table_live.html", {"table": table, "now": queries.table_now(table)}
    )


@require_GET
def table_print(request: CampaignRequest, table_id: int) -> HttpResponse:
    """The code alone, large, to print or to stand on the table."""
    require(request.member, Right.HAND_OUT)
    table = access.table_for(request.campaign, table_id)
    address = _address(table) if table.is_open else ""
    if not address:
        raise NotHere
    response = render(
        request,
        "dispatch/table_print.html",
        {"table": table, "address": address, "qr": qr_data(address)},
    )
    response["Cache-Control"] = "no-store"
    return response


VERBS: dict[str, tuple[Callable[..., object], Promise]] = {
    "close": (
        tables.close_table,
        gettext_lazy("The table is closed. Walks that are out stay out."),
    ),
    "open-again": (tables.open_again, gettext_lazy("The table is open again, with the same code.")),
    "new-code": (
        tables.new_code,
        gettext_lazy("This is a new code. The one before opens nothing."),
    ),
}


@require_POST
def table_verb(request: CampaignRequest, table_id: int, verb: str) -> HttpResponse:
    """Close it, open it again, a new code."""
    require(request.member, Right.HAND_OUT)
    if verb not in VERBS:
        raise NotHere
    act, said = VERBS[verb]
    act(request.campaign, table_id, by=request.member.actor)
    messages.success(request, str(said))
    return redirect("dispatch:table", slug=request.campaign.slug, table_id=table_id)


@require_POST
def take_back(request: CampaignRequest, table_id: int, arrival_id: int) -> HttpResponse:
    """A walk that was handed out here is free again."""
    require(request.member, Right.HAND_OUT)
    table = access.table_for(request.campaign, table_id)
    arrival = arriving.take_back(table, arrival_id, by=request.member.actor)
    messages.success(
        request,
        _("%(name)s’s walk is free again, and their phone does not show it any more.")
        % {"name": arrival.name},
    )
    return _to(request, table)


@require_http_methods(["GET", "POST"])
def ninety(request: CampaignRequest) -> HttpResponse:
    """Somebody has ninety minutes: the best walk from a place, handed to them by name."""
    require(request.member, Right.HAND_OUT)
    form = DeskNinetyForm(
        request.campaign, request.POST or None,
        initial={"once": uuid.uuid4(), "minutes": "90", "action": request.GET.get("action", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        place = form.point or place_of_address(request.campaign, said["address"])
        if place is None:
            form.add_error("address", _("No door of ours is in that street. Name another."))
        else:
            handed = arriving.ninety(
                request.campaign, action_for(request.campaign, said["action"]),
                Wants(said["minutes"], no_stairs=said["no_stairs"], on_foot=True, place=place),
                str(said["once"]), said["holder"], by=request.member.actor,
            )  # fmt: skip
            if handed.arrival.turf_id is not None:
                return redirect(
                    "outings:walk", slug=request.campaign.slug, turf_id=handed.arrival.turf_id
                )
            form.add_error(None, handed.arrival.why)
    return render(
        request, "dispatch/desk_ninety.html", {"form": form}, status=422 if form.is_bound else 200
    )
