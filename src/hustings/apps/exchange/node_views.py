"""
What other servers ask of a campaign's node: its card, its inbox, its log, its line under their head, a proof.

All of it stands below the campaign's public address; a request that is refused gets one sentence as JSON, and keeps
nothing but evidence.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.access import log_size, peer_by_code, peers_of
from hustings.apps.exchange.addressing import may_read
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.asking import NotSigned, who_asks
from hustings.apps.exchange.following import Missing, joined
from hustings.apps.exchange.packing import pack, shown_leaves
from hustings.apps.exchange.parcels import MOST_BYTES, MOST_ENTRIES, entry, read_parcel
from hustings.apps.exchange.sending import IN, contact
from hustings.apps.exchange.taking import NotForUs, NotMet, take_in
from hustings.apps.exchange.witnessing import OtherSize, add_checkpoint
from hustings.apps.statements.access import entry_of, node_for, node_of, record_named
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Record
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.publishing import head_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import stored
from hustings.core.errors import BadInput, HustingsError
from hustings.core.ledger.checkpoint import Checkpoint, whole
from hustings.core.ledger.note import from_base64, read_note, to_base64
from hustings.core.ledger.tree import consistency_path, inclusion_path
from hustings.core.ledger.verify import verify_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.models import Party

MOST_WITNESS_BYTES = 64 * 1024
LEAST_OF_A_NAME = 16
"""Hexadecimal digits by which a record is found: as many as stand on a badge."""

STATUS: tuple[tuple[type[HustingsError], int], ...] = (
    (NotSigned, 401), (NotMet, 403), (NotForUs, 403), (Alarming, 409), (BadInput, 422),
)  # fmt: skip


class TooLarge(BadInput):
    """More than is read."""


def said_in_json[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A refusal is a sentence, whatever was sent."""

    @wraps(view)
    def answered(*arguments: P.args, **options: P.kwargs) -> HttpResponse:
        try:
            return view(*arguments, **options)
        except TooLarge as error:
            return JsonResponse({"error": str(error)}, status=413)
        except OtherSize as error:
            return HttpResponse(f"{error.size}\n", status=409, content_type="text/x.tlog.size")
        except Missing as error:
            return JsonResponse({"error": str(error), "have": error.have}, status=409)
        except HustingsError as error:
            return _refused(error)

    return answered


def _refused(error: HustingsError) -> HttpResponse:
    status = next((number for kind, number in STATUS if isinstance(error, kind)), 422)
    return JsonResponse({"error": str(error)}, status=status)


def _body(request: HttpRequest, most: int) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise TooLarge(f"This is more than the {most:,} bytes that are read at once.")
    body = request.read(most + 1)
    if len(body) > most:
        raise TooLarge(f"This is more than the {most:,} bytes that are read at once.")
    return body


@require_GET
@cache_control(public=True, max_age=60)
def card(request: CampaignRequest) -> HttpResponse:
    """Who this node is, its keys and the head of its log."""
    return JsonResponse(_card(request.campaign))


def _card(campaign: Campaign) -> dict[str, object]:
    history, head = history_of(campaign, node_for(campaign).name), head_of(campaign)
    address = reverse("public:page", kwargs={"slug": campaign.slug})
    return {
        "node": history.node,
        "name": history.now.name,
        "origin": history.now.record["origin"],
        "address": f"{settings.SITE_URL}{address}",
        "keys": [event.record for event in history.events],
        "checkpoint": head.note if head else None,
    }


@require_GET
@said_in_json
def find_node(request: HttpRequest) -> HttpResponse:
    """The card of the node that is asked for by its name; nobody is told which others there are."""
    wanted = request.GET.get("node", "")
    for campaign in Campaign.objects.all():
        with tenant(campaign.pk):
            node = node_of(campaign)
            if node is not None and node.name == wanted:
                return JsonResponse(_card(campaign))
    return JsonResponse(
        {
            "error": "There is no such node here; ask with ?node= and the name that stands in its card."
        },
        status=404,
    )


@csrf_exempt
@require_POST
@said_in_json
def inbox(request: CampaignRequest) -> HttpResponse:
    """A peer's parcel; the answer is ours for it."""
    campaign = request.campaign
    if "Signature" not in request.headers:
        raise NotSigned("This is not signed; a peer signs each request with its statement key.")
    body = _body(request, MOST_BYTES)
    try:
        parcel = read_parcel(body)
    except BadInput:
        who_asks(
            campaign, request, body
        )  # who is a stranger learns that, and nothing about the format
        raise
    sender = peer_by_code(campaign, parcel.sender)
    if sender is not None:
        try:
            joined(sender, parcel.keys)
        except Alarming as alarm:
            alarm.keep(sender)
            raise
    party, signed_at = who_asks(campaign, request, body, parcel.keys)
    by = Actor("command", "", f"exchange with {party.name}")
    outcome = take_in(party, parcel, shown_at=signed_at, as_newest=True, by=by)
    contact(party, IN, "", by=by, new=outcome.new, refused=outcome.refused)
    answer = pack(party, parcel.have)
    return HttpResponse(str(answer), content_type="application/json")


def _reader(request: CampaignRequest) -> str:
    """The peer that signed this request to read; "" for everyone else."""
    if "Signature" not in request.headers:
        return ""
    party, _at = who_asks(request.campaign, request, b"")
    return party.code


def _to_read(answer: HttpResponse, reader: str) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store" if reader else "public, max-age=30"
    return answer


@require_GET
@said_in_json
def log_entries(request: CampaignRequest) -> HttpResponse:
    """Places of the log: each record that the reader may see, and of the others the hash of the leaf."""
    reader = _reader(request)
    size = log_size(request.campaign)
    start = min(_number(request, "start", 0), size)
    end = min(start + min(_number(request, "count", MOST_ENTRIES), MOST_ENTRIES), size)
    ledger = ledger_of(request.campaign)
    leaves = shown_leaves(request.campaign, ledger, reader, start, end)
    said = {"start": start, "size": size, "entries": [entry(leaf) for leaf in leaves]}
    return _to_read(JsonResponse(said), reader)


@require_GET
@said_in_json
def log_inclusion(request: CampaignRequest) -> HttpResponse:
    """The path from a place up to the root of the log of some size."""
    size = _size(request, "size")
    path = inclusion_path(_number(request, "place"), size, _stored(request))
    return _to_read(JsonResponse({"hashes": [to_base64(hash_) for hash_ in path]}), "")


@require_GET
@said_in_json
def log_consistency(request: CampaignRequest) -> HttpResponse:
    """That the log of one size is the beginning of the log of another."""
    path = consistency_path(_number(request, "old"), _size(request, "size"), _stored(request))
    return _to_read(JsonResponse({"hashes": [to_base64(hash_) for hash_ in path]}), "")


def _stored(request: CampaignRequest) -> Callable[[int, int], bytes]:
    return lambda level, place: stored(request.campaign, level, place)


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    value = request.GET.get(name)
    if value is None and default is not None:
        return default
    return whole(value or "")


def _size(request: CampaignRequest, name: str) -> int:
    size, ours = _number(request, name), log_size(request.campaign)
    if size > ours:
        raise BadInput(f"This log has {ours} records, not {size}.")
    return size


@csrf_exempt
@require_POST
@said_in_json
def witness(request: CampaignRequest) -> HttpResponse:
    """Our line under a peer's head that goes on from the one before (C2SP tlog-witness)."""
    campaign = request.campaign
    body = _body(request, MOST_WITNESS_BYTES)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("This is not UTF-8.") from error
    above, blank, below = text.partition("\n\n")
    first, *lines = above.split("\n")
    if not first.startswith("old ") or not blank:
        raise BadInput(
            "The first line is «old» and a size; then hashes, an empty line, and the head."
        )
    old, path = whole(first.removeprefix("old ")), [from_base64(line) for line in lines]
    shown = read_note(below)
    party = _whose_log(campaign, shown.text.partition("\n")[0])
    if party is None:
        return JsonResponse({"error": "This is the log of nobody who was met here."}, status=404)
    shown_at = None
    if "Signature" in request.headers:
        asker, shown_at = who_asks(campaign, request, body)
        if asker.pk != party.pk:
            raise NotMet("This is not your own log.")
    if not shown.signed_by(
        history_of(campaign, party.code).at(Checkpoint.of_text(shown.text).size - 1).log
    ):
        return JsonResponse(
            {"error": "The head is not signed with the log key in force."}, status=403
        )
    try:
        line = add_checkpoint(party, old, path, shown, shown_at=shown_at)
    except Alarming as alarm:
        alarm.keep(party)
        raise
    return HttpResponse(f"{line}\n", content_type="text/plain; charset=utf-8")


def _whose_log(campaign: Campaign, origin: str) -> Party | None:
    for party in peers_of(campaign):
        events = history_of(campaign, party.code).events
        if any(event.record["origin"] == origin for event in events):
            return party
    return None


@require_GET
@cache_control(public=True, max_age=30)
def verify_record(request: CampaignRequest, name: str) -> HttpResponse:
    """What is proven of one record, the proof itself, and where it can be verified without us."""
    row = _shown(request.campaign, name)
    if row is None:
        raise Http404
    text = bundle_of(row)
    history = history_of(request.campaign, node_for(request.campaign).name)
    context = {
        "row": row,
        "verdict": verify_bundle(text, [history]),
        "bundle": text,
        "theirs": request.campaign,
        "at": timezone.now(),
    }
    return render(request, "exchange/verify.html", context)


@require_GET
def find_record(request: HttpRequest, name: str) -> HttpResponse:
    """The same by the short address that stands on a badge."""
    for campaign in Campaign.objects.all():
        with tenant(campaign.pk):
            row = _shown(campaign, name) if node_of(campaign) else None
        if row is not None:
            return redirect("node:verify", slug=campaign.slug, name=row.name)
    return render(request, "404.html", status=404)


def _shown(campaign: Campaign, name: str) -> Record | None:
    """The record of ours of that name, or that begins with it, if everyone may read it."""
    if len(name) == 64:
        row = record_named(campaign, name)
    elif LEAST_OF_A_NAME <= len(name) < 64 and set(name) <= set("0123456789abcdef"):
        row = Record.objects.of(campaign).filter(name__startswith=name).first()
    else:
        row = None
    if row is None or entry_of(row) is None:
        return None
    ledger = ledger_of(campaign)
    return row if may_read(ledger, ledger.standing.heard.get(row.name)) else None
