"""Making a design and its next version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.materials import access, actions, judging, queries
from hustings.apps.materials.forms import BlockForm, DesignForm, VersionForm
from hustings.apps.materials.models import IMPRINT, Release
from hustings.apps.materials.quoting import quotable
from hustings.apps.materials.sheets import quotes_of
from hustings.core.errors import BadInput
from hustings.formats.artwork import MOST_BYTES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.materials.models import ReleaseImprint

BLOCK = tuple(name for name in IMPRINT if name != "country")


@require_http_methods(["GET", "POST"])
def new(request: CampaignRequest) -> HttpResponse:
    """A new design with its first version."""
    require(request.member, Right.MATERIALS)
    form = DesignForm(
        request.POST or None,
        request.FILES or None,
        initial={"kind": "leaflet", "language": request.campaign.language},
        quotable=_quotable(request),
    )
    return _make(request, form, None)


@require_http_methods(["GET", "POST"])
def next_version(request: CampaignRequest, design_id: int) -> HttpResponse:
    """The next version; it begins with what the last one says."""
    require(request.member, Right.MATERIALS)
    design = access.design_for(request.campaign, design_id)
    versions = Release.objects.of(request.campaign).select_related("design").filter(design=design)
    last = versions.order_by("-version").first()
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        initial=_initial(last) if last else {"language": request.campaign.language},
        has_artwork=bool(last and last.artwork_id),
        quotable=_quotable(request),
    )
    return _make(request, form, last)


def _quotable(request: CampaignRequest) -> list[tuple[str, str]]:
    """What stands on our public page, in a line each."""
    return [
        (name, f"{item.by or request.campaign.name}: “{Truncator(item.words).chars(70)}”")
        for name, item in quotable(request.campaign).items()
    ]


def _initial(last: Release) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(last, name) for name in VersionForm.Meta.fields}
    if quotes := quotes_of(last):
        first = quotes[0]
        said |= {
            "quote_words": first.words, "quote_statement": first.statement,
            "quote_qr": first.with_qr, "quote_proof": first.whole_proof,
        }  # fmt: skip
    return said


def _blocks(request: CampaignRequest, last: Release | None) -> list[BlockForm]:
    """A form for each country of the campaign, filled with what the last version says, or the campaign."""
    before: dict[str, ReleaseImprint] = (
        {block.country: block for block in judging.blocks_of(last)} if last else {}
    )
    return [
        BlockForm(
            one.country,
            request.POST or None,
            prefix=one.country,
            initial={
                **{name: getattr(before.get(one.country, one), name) for name in BLOCK},
                "shown": not before or one.country in before,
            },
        )
        for one in queries.imprints_of(request.campaign)
    ]


def _make(request: CampaignRequest, form: VersionForm, last: Release | None) -> HttpResponse:
    blocks = _blocks(request, last)
    if request.method == "POST" and all([form.is_valid(), *(block.is_valid() for block in blocks)]):
        try:
            made = _made(request, form, blocks, last)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Version %(n)s is a draft until it is published.") % {"n": made.version}
            )
            return redirect("materials:release", slug=request.campaign.slug, release_id=made.pk)
    wrong = form.errors or any(block.errors for block in blocks)
    return render(
        request,
        "materials/make.html",
        {
            "form": form,
            "blocks": blocks,
            "last": last,
            "may_set": request.member.may(Right.SETTINGS),
        },
        status=422 if wrong else 200,
    )


def _made(
    request: CampaignRequest, form: VersionForm, blocks: list[BlockForm], last: Release | None
) -> Release:
    said = form.cleaned_data
    sent = said.get("file")
    if sent is not None and sent.size > MOST_BYTES:
        raise BadInput(
            _("The file is larger than %(mb)s MB; make it smaller.") % {"mb": MOST_BYTES >> 20}
        )
    artwork = (str(sent.name), sent.read()) if sent is not None else None
    imprints = [block.values for block in blocks if block.cleaned_data["shown"]]
    by = request.member.actor
    if last is None:
        return actions.new_design(
            request.campaign, said["name"], said["kind"], form.values, imprints,
            by=by, artwork=artwork, quotes=form.quotes,
        )  # fmt: skip
    keep = None if said.get("without_file") else last.artwork_id
    return actions.new_version(
        request.campaign, last.design_id, form.values, imprints,
        by=by, artwork=artwork, keep_artwork=keep, quotes=form.quotes,
    )  # fmt: skip
