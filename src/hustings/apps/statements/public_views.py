"""What everyone may see without signing in: judged anew each time it is asked for."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

from hustings.apps.statements import access, parties, publishing
from hustings.apps.statements.histories import histories_of, history_of
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.witnesses import seen_from
from hustings.apps.statements.wording import ALL_KINDS
from hustings.core.ledger.embedded import LEAST_LETTERS
from hustings.core.ledger.note import read_note
from hustings.formats.leaflet_pdf import proof_qr
from hustings.formats.pack_pdf import qr_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.publishing import Published

STALE_AFTER_S = 30
"""A withdrawal shows everywhere within a minute, so nobody keeps a page for longer than this."""


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def page(request: CampaignRequest) -> HttpResponse:
    """A campaign's word, and the head of its log."""
    items = _items(request)
    context = {
        "theirs_to_us": [item for item in items if item.by],
        "ours": [item for item in items if not item.by],
        "head": publishing.head_of(request.campaign),
    }
    return render(request, "statements/public.html", _with_words(request, context))


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def statement(request: CampaignRequest, name: str) -> HttpResponse:
    """One statement, with its QR and its proof; or that it was announced and does not stand any more."""
    found = _found(request, name)
    if found is None and (why := publishing.why_it_is_gone(request.campaign, name)):
        gone = {"why": why}
        return render(
            request, "statements/public_gone.html", _with_words(request, gone), status=410
        )
    item = _item(request, name)
    address = _address(request, item)
    context = {"item": item, "address": address, "qr": qr_data(address)}
    return render(request, "statements/public_statement.html", _with_words(request, context))


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def bundle(request: CampaignRequest, name: str) -> HttpResponse:
    """The proof of one statement, to be verified anywhere."""
    item = _item(request, name)
    text = bundle_of(item.record)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def code_of_proof(request: CampaignRequest, name: str) -> HttpResponse:
    """The whole proof as one QR code, to be verified without any network."""
    text = publishing.bundle_for_a_code(_item(request, name).record)
    return HttpResponse(proof_qr(text), content_type="image/svg+xml")


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def atom(request: CampaignRequest) -> HttpResponse:
    """For feed readers."""
    campaign = request.campaign
    home = f"{settings.SITE_URL}{reverse('public:page', kwargs={'slug': campaign.slug})}"
    made = Atom1Feed(campaign.name, home, "", language=campaign.language, feed_url=request.path)
    for item in _items(request):
        at = datetime.fromisoformat(item.at)
        made.add_item(
            _title(request, item), _address(request, item), item.words, pubdate=at, updateddate=at,
            unique_id=f"urn:sha256:{item.record.name}",
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def feed(request: CampaignRequest) -> JsonResponse:
    """The same as JSON Feed 1.1."""
    campaign = request.campaign
    home = f"{settings.SITE_URL}{reverse('public:page', kwargs={'slug': campaign.slug})}"
    items = [
        {
            "id": f"urn:sha256:{item.record.name}",
            "url": _address(request, item),
            "title": _title(request, item),
            "content_text": item.words,
            "date_published": item.at,
            "_hustings": {
                "kind": item.kind, "ended": item.ended, "by": item.by, "evidence": item.evidence
            },
        }
        for item in _items(request)
    ]  # fmt: skip
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": campaign.name,
        "home_page_url": home,
        "items": items,
    }
    return JsonResponse(content, content_type="application/feed+json")


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def card(request: CampaignRequest) -> HttpResponse:
    """The campaign's keys, for whoever wants to know it."""
    history = history_of(request.campaign, access.node_for(request.campaign).name)
    return HttpResponse(parties.card_of(history), content_type="text/plain; charset=utf-8")


@require_GET
@cache_control(public=True, max_age=STALE_AFTER_S)
def checkpoint(request: CampaignRequest) -> HttpResponse:
    """The signed head of the log, with the lines of those who saw it."""
    head = publishing.head_of(request.campaign)
    if head is None:
        raise Http404
    us, histories = access.node_for(request.campaign).name, histories_of(request.campaign)
    seen = seen_from(request.campaign, head.size - 1, us, histories)(head.size - 1, "")
    lines = seen.lines if seen and seen.head.pk == head.pk else ()
    note = read_note(head.note).with_lines(line for line, _history in lines)
    return HttpResponse(str(note), content_type="text/plain; charset=utf-8")


@cache
def verify_page() -> tuple[str, dict[str, list[str]]]:
    """The page, and the policy that allows the one script and the one style in it, by their hashes."""
    text = files("hustings.formats").joinpath("verify.html").read_text(encoding="utf-8")

    def hashes(tag: str) -> list[str]:
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digests = (hashlib.sha256(inner.encode()).digest() for inner in found)
        return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

    policy = {
        **settings.SECURE_CSP,
        "script-src": [CSP.SELF, *hashes("script")],
        "style-src": [CSP.SELF, *hashes("style")],
        "connect-src": [CSP.NONE],
    }
    return text, cast("dict[str, list[str]]", policy)


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """The page that verifies a bundle in the browser, without asking this server again."""
    text, policy = verify_page()
    answer: HttpResponse = csp_override(policy)(lambda _request: HttpResponse(text))(request)
    return answer


def _items(request: CampaignRequest) -> list[Published]:
    return publishing.published(request.campaign)


def _item(request: CampaignRequest, name: str) -> Published:
    found = _found(request, name)
    if found is None:
        raise Http404
    return found


def _found(request: CampaignRequest, name: str) -> Published | None:
    if len(name) < LEAST_LETTERS:
        return None
    found = (item for item in _items(request) if item.record.name.startswith(name))
    return next(found, None)


def _address(request: CampaignRequest, item: Published) -> str:
    where = {"slug": request.campaign.slug, "name": item.record.name}
    return f"{settings.SITE_URL}{reverse('public:statement', kwargs=where)}"


def _title(request: CampaignRequest, item: Published) -> str:
    return f"{item.by or request.campaign.name}: {ALL_KINDS[item.kind]}"


def _with_words(request: CampaignRequest, context: Mapping[str, object]) -> dict[str, object]:
    return {**context, "kinds": ALL_KINDS, "theirs": request.campaign}
