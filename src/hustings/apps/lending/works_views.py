"""Playbooks and designs from others, and ours that we lend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.lending import access, releasing
from hustings.apps.lending.works import may_be_lent, on_loan, rule_of_gifts, works_of
from hustings.apps.materials.queries import standings
from hustings.apps.statements.access import NoNodeYet, node_for, record_for
from hustings.apps.statements.reading import ledger_of
from hustings.formats import design_file
from hustings.formats.design_file import read_design

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.lending.works import Work

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "json": "application/json",
}


@require_http_methods(["GET", "POST"])
def lend(request: CampaignRequest) -> HttpResponse:
    """Which of our published versions others may use."""
    require(request.member, Right.LENDING)
    require(request.member, Right.MATERIALS)
    if request.method == "POST":
        node_for(request.campaign)
        chosen = request.POST.get("release", "")
        if not chosen.isdecimal() or len(chosen) > 18:
            raise NotHere
        releasing.lend(request.campaign, int(chosen), by=request.member)
        messages.success(request, _("Signed. Its parcel lies ready to be sent."))
        return redirect("lending:lend", slug=request.campaign.slug)
    ledger = ledger_of(request.campaign)
    if not ledger.us:
        raise NoNodeYet
    releases = standings(request.campaign)
    context = {
        "releases": may_be_lent(request.campaign, releases),
        "on_loan": on_loan(request.campaign, ledger, releases),
        "gift": rule_of_gifts(),
    }
    return render(request, "lending/lend.html", context)


@require_POST
def call_back(request: CampaignRequest, lent_id: int) -> HttpResponse:
    """Tell whoever has a version that it must not be used any more."""
    require(request.member, Right.LENDING)
    require(request.member, Right.MATERIALS)
    releasing.call_back(request.campaign, lent_id, by=request.member)
    messages.success(request, _("Signed. Send them the parcel that calls it back."))
    return redirect("lending:lend", slug=request.campaign.slug)


@require_GET
def works(request: CampaignRequest) -> HttpResponse:
    """Playbooks and designs that others lend us."""
    require(request.member, Right.LENDING)
    found = works_of(request.campaign, ledger_of(request.campaign))
    return render(request, "lending/works.html", {"works": found})


@require_GET
def work(request: CampaignRequest, record_id: int) -> HttpResponse:
    """One of them: its words, its files, its licence and what theirs says."""
    require(request.member, Right.LENDING)
    one = _work(request, record_id)
    files = {part.name: part for part in access.parts_of(one.record)}
    design = read_design(bytes(files[design_file.NAME].content))
    context = {
        "one": one,
        "design": design,
        "gift": rule_of_gifts(),
        "may_make": request.member.may(Right.MATERIALS),
    }
    return render(request, "lending/work.html", context)


@require_GET
def file(request: CampaignRequest, record_id: int, sha256: str) -> HttpResponse:
    """One file of theirs, as it came."""
    require(request.member, Right.LENDING)
    one = _work(request, record_id)
    part = access.part_for(one.record, sha256)
    ending = part.name.rpartition(".")[2]
    response = HttpResponse(
        bytes(part.content), content_type=TYPES.get(ending, "application/octet-stream")
    )
    response["Content-Disposition"] = (
        f'attachment; filename="{sha256[:16]}.{ending if ending in TYPES else "bin"}"'
    )
    return response


@require_POST
def borrow(request: CampaignRequest, record_id: int) -> HttpResponse:
    """A draft of ours that begins as theirs."""
    require(request.member, Right.LENDING)
    require(request.member, Right.MATERIALS)
    one = _work(request, record_id)
    made = releasing.borrow(request.campaign, one.record, by=request.member)
    messages.success(
        request,
        _("A draft of yours now. It carries your imprint, or none: publish it only with yours."),
    )
    return redirect("materials:release", slug=request.campaign.slug, release_id=made.pk)


def _work(request: CampaignRequest, record_id: int) -> Work:
    """One that counts; what is not proven, is ours, or has no files is not here."""
    record_for(request.campaign, record_id, "release")
    found = works_of(request.campaign, ledger_of(request.campaign))
    one = next((one for one in found if one.record.pk == record_id), None)
    if one is None:
        raise NotHere
    return one
