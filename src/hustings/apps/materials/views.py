"""The materials' room: what there is, one version, and where its copies are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.materials import access, actions, counting, judging, publishing, queries
from hustings.apps.materials.forms import CountForm, ImprintForm, PlaceForm, WithdrawForm
from hustings.apps.materials.quoting import phantoms_of
from hustings.apps.materials.sheets import quotes_of, sheet_of, words_in
from hustings.core.errors import BadInput, HustingsError
from hustings.core.law import MayNotOverride
from hustings.formats.leaflet_pdf import leaflet_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.materials.models import Release


def _makes(request: CampaignRequest) -> bool:
    return request.member.may(Right.MATERIALS)


@require_GET
def list_of_designs(request: CampaignRequest) -> HttpResponse:
    """Every design with the version that is in use, and how many copies lie where."""
    require(request.member, Right.SEE_MATERIALS)
    makes = _makes(request)
    by_design: dict[int, list[queries.Standing]] = {}
    for one in queries.standings(request.campaign):
        if makes or one.state != "draft":
            by_design.setdefault(one.release.design_id, []).append(one)
    rows = []
    for versions in by_design.values():
        shown = next((one for one in versions if one.state == "published"), versions[0])
        rows.append({"shown": shown, "versions": versions, "newest": versions[0]})
    places = {place.pk: place.name for place in queries.places_of(request.campaign)}
    for row in rows:
        at = row["shown"].stock.at  # type: ignore[attr-defined]  # a standing
        row["places"] = [(places[place], count) for place, count in at.items() if count]
    return render(
        request,
        "materials/list.html",
        {
            "rows": rows,
            "makes": makes,
            "to_bring_back": queries.copies_to_bring_back(request.campaign) if makes else [],
            "may_set": request.member.may(Right.SETTINGS),
            "imprints": queries.imprints_of(request.campaign),
        },
    )


@require_GET
def release(request: CampaignRequest, release_id: int) -> HttpResponse:
    """One version: its picture, what it says, what the rules say, and its copies."""
    require(request.member, Right.SEE_MATERIALS)
    found = access.release_for(request.campaign, release_id, also_drafts=_makes(request))
    return _release_page(request, found)


def _release_page(
    request: CampaignRequest,
    found: Release,
    *,
    count_form: CountForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    makes = _makes(request)
    around = queries.around(found)
    versions = around.versions
    standing = next(one for one in versions if one.release.pk == found.pk)
    today = queries.today()
    points = judging.points_in(found, around.blocks, around.past, today) if makes else []
    names = {place.pk: place.name for place in around.places}
    gone = {quote.pk: why for quote, why in phantoms_of(request.campaign, around.quotes)}
    return render(
        request,
        "materials/release.html",
        {
            "standing": standing,
            "release": found,
            "design": found.design,
            "versions": [one for one in versions if makes or one.state != "draft"],
            "blocks": around.blocks,
            "quotes": [(quote, gone.get(quote.pk, "")) for quote in around.quotes],
            "gone": bool(gone),
            "rulings": [(point, request.member.role in point.roles) for point in points],
            "stuck": any(p.is_open and request.member.role not in p.roles for p in points),
            "open": any(p.is_open for p in points),
            "noted": around.noted if makes else [],
            "went_on": around.past if makes else [],
            "withdrawal": next(iter(around.withdrawals), None),
            "places": [(names[place], n) for place, n in standing.stock.at.items() if n],
            "copies": queries.copies_after(around.moves, {found.pk: found}) if makes else [],
            "moves": around.moves[::-1] if makes else [],
            "count_form": count_form or CountForm(around.places),
            "withdraw_form": withdraw_form or WithdrawForm(),
            "has_places": bool(around.places),
            "error": error,
            "makes": makes,
        },
        status=status,
    )  # fmt: skip


@require_POST
def publish(request: CampaignRequest, release_id: int) -> HttpResponse:
    """Publish a version, past what a reason was given for; the rules may say no."""
    require(request.member, Right.MATERIALS)
    found = access.release_for(request.campaign, release_id, also_drafts=True)
    reasons = {key: str(value) for key, value in request.POST.items() if key.startswith("reason-")}
    try:
        publishing.publish(request.campaign, found.pk, by=request.member, reasons=reasons)
    except (judging.LawSaysNo, MayNotOverride, BadInput) as error:
        return _release_page(request, found, error=str(error), status=422)
    messages.success(request, _("Published. It can be printed from here."))
    return _back_to(request, found)


@require_POST
def withdraw(request: CampaignRequest, release_id: int) -> HttpResponse:
    """Take a version out of use; its copies are listed from now on."""
    require(request.member, Right.MATERIALS)
    found = access.release_for(request.campaign, release_id, also_drafts=True)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _release_page(request, found, withdraw_form=form, status=422)
    publishing.withdraw(request.campaign, found.pk, form.cleaned_data["why"], by=request.member)
    messages.success(
        request, _("Withdrawn. Where its copies are stands on the list to bring back.")
    )
    return _back_to(request, found)


@require_POST
def count(request: CampaignRequest, release_id: int) -> HttpResponse:
    """Copies were printed, given out, brought back or destroyed."""
    require(request.member, Right.MATERIALS)
    found = access.release_for(request.campaign, release_id, also_drafts=True)
    form = CountForm(queries.places_of(request.campaign), request.POST)
    if not (place := request.POST.get("place", "")).isdecimal() or len(place) > 18:
        raise NotHere
    access.place_for(request.campaign, int(place))
    if form.is_valid():
        said = form.cleaned_data
        try:
            counting.move(
                request.campaign, found.pk, said["kind"], said["place"], said["count"],
                form_id=said["form_id"], holder=said["holder"], by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
    if form.errors:
        return _release_page(request, found, count_form=form, status=422)
    messages.success(request, _("Counted."))
    return _back_to(request, found)


def _back_to(request: CampaignRequest, found: Release) -> HttpResponse:
    return redirect("materials:release", slug=request.campaign.slug, release_id=found.pk)


@require_GET
def pdf(request: CampaignRequest, release_id: int) -> HttpResponse:
    """The print-ready file for ``?for=GB``, judged by the rules of today."""
    require(request.member, Right.MATERIALS)
    country = request.GET.get("for", "")[:2].upper()
    made = publishing.export(request.campaign, release_id, country, by=request.member)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    design = slugify(made.release.design.name) or "sheet"
    name = f"{design}-{made.release.version}-{made.country}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def picture(request: CampaignRequest, release_id: int) -> HttpResponse:
    """The first page, to look at; across a draft stands that it is one."""
    require(request.member, Right.SEE_MATERIALS)
    found = access.release_for(request.campaign, release_id, also_drafts=_makes(request))
    state = queries.standing_of(found)
    block = next(iter(judging.blocks_of(found)), None)
    word = "" if state.state == "published" else state.state_label.upper()
    quotes = quotes_of(found)
    gone = {quote.pk for quote, _why in phantoms_of(request.campaign, quotes)}
    if gone:
        word = _("QUOTE TAKEN BACK")
    standing = [quote for quote in quotes if quote.pk not in gone]
    made = leaflet_picture(sheet_of(found, block, standing, draft=word), words_in(found.language))
    response = HttpResponse(made, content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_http_methods(["GET", "POST"])
def places(request: CampaignRequest) -> HttpResponse:
    """Where copies lie, what of which, and another place."""
    require(request.member, Right.SEE_MATERIALS)
    form = PlaceForm(request.POST or None)
    if request.method == "POST":
        require(request.member, Right.MATERIALS)
        if _done(form, lambda said: actions.add_place(request.campaign, said["name"], said["address"], by=request.member.actor)):  # fmt: skip
            messages.success(request, _("Added."))
            return redirect("materials:places", slug=request.campaign.slug)
    lying: dict[int, list[tuple[queries.Standing, int]]] = {}
    for one in queries.standings(request.campaign):
        for place, number in one.stock.at.items():
            if number:
                lying.setdefault(place, []).append((one, number))
    rows = [(place, lying.get(place.pk, [])) for place in queries.places_of(request.campaign)]
    return render(
        request,
        "materials/places.html",
        {"rows": rows, "form": form, "makes": _makes(request)},
        status=422 if form.errors else 200,
    )


@require_GET
def copies(request: CampaignRequest) -> HttpResponse:
    """Copies of what is expired or withdrawn, with place and holder; or of what quotes a statement."""
    require(request.member, Right.MATERIALS)
    statement = request.GET.get("statement", "").strip()
    return render(
        request,
        "materials/copies.html",
        {
            "rows": queries.copies_to_bring_back(request.campaign),
            "statement": statement,
            "quoting": queries.copies_quoting(request.campaign, statement) if statement else [],
        },
    )


@require_http_methods(["GET", "POST"])
def imprints(request: CampaignRequest) -> HttpResponse:
    """The campaign's countries and what it says in each."""
    require(request.member, Right.SETTINGS)
    there = queries.imprints_of(request.campaign)
    wanted = request.GET.get("country", "")
    shown = next((one for one in there if one.country == wanted), None)
    initial = {f: getattr(shown, f) for f in ImprintForm.Meta.fields} if shown else {"country": ""}
    form = ImprintForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_imprint(request.campaign, form.cleaned_data, by=request.member.actor)
        messages.success(
            request, _("Saved. New versions begin with it; those there are keep theirs.")
        )
        return redirect("materials:imprints", slug=request.campaign.slug)
    return render(
        request,
        "materials/imprints.html",
        {"form": form, "imprints": there, "tab": "imprints"},
        status=422 if form.errors else 200,
    )


@require_POST
def end_imprint(request: CampaignRequest) -> HttpResponse:
    """Nothing new is shown in this country."""
    require(request.member, Right.SETTINGS)
    actions.end_imprint(request.campaign, request.POST.get("country", ""), by=request.member.actor)
    messages.success(request, _("Ended. Saving an imprint for that country takes it up again."))
    return redirect("materials:imprints", slug=request.campaign.slug)


def _done(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was good and the deed done; what was wrong stands in the form."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except HustingsError as error:
        form.add_error(None, str(error))
    return not form.errors
