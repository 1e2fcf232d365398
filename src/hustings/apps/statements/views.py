"""The press desk: what waits for me, our keys, and a new draft of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.statements import access, drafting, parties, publishing, queries
from hustings.apps.statements.answering import answers
from hustings.apps.statements.forms import DraftForm, RecoveryForm
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.node import make_node, recover, take_next_keys
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.responding import standings
from hustings.apps.statements.times import now_as_records_write_it
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.models import Record


@require_GET
def desk(request: CampaignRequest) -> HttpResponse:
    """What waits for me, and everybody we exchange a word with."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    ledger = ledger_of(campaign)
    if not ledger.us:
        return render(
            request,
            "statements/no_keys.html",
            {"may_make": request.member.may(Right.SETTINGS)},
        )
    matters = standings(campaign)
    left = {one.matter.draft for one in matters if one.state == "left"}
    drafts = [
        one
        for one in queries.drafts_of(ledger, request.member)
        if one.state != "sent" and one.row.name not in left
    ]
    own = [one for one in ledger.heard("statement") if one.by == ledger.us]
    return render(
        request,
        "statements/desk.html",
        {
            "drafts": drafts,
            "matters": [one for one in matters if one.end is None],
            "overdue": sum(one.overdue for one in matters),
            "for_me": sum(one.may_approve and one.state == "drafted" for one in drafts),
            "waiting": queries.waiting_statements(ledger),
            "to_withdraw": queries.claims_to_withdraw(ledger),
            "answers": answers(ledger),
            "own": [queries.word_for(ledger, ledger.rows[one.name]) for one in own],
            "refused": queries.refused(campaign),
            "head": publishing.head_of(campaign),
            "false": ledger.false,
        },
    )


@require_GET
def keys(request: CampaignRequest) -> HttpResponse:
    """What our keys are called, or the way to make them."""
    require(request.member, Right.STATEMENTS)
    require(request.member, Right.SETTINGS)
    return render(request, "statements/keys.html", {"node": access.node_of(request.campaign)})


@never_cache
@require_POST
def make_keys(request: CampaignRequest) -> HttpResponse:
    """Make the campaign's keys; the answer is the sheet, which is shown this once."""
    require(request.member, Right.STATEMENTS)
    require(request.member, Right.SETTINGS)
    if access.node_of(request.campaign) is not None:
        messages.warning(request, _("The keys are made already; the sheet was shown then."))
        return redirect("statements:keys", slug=request.campaign.slug)
    sheet = make_node(request.campaign, by=request.member.actor)
    return render(request, "statements/sheet.html", {"sheet": sheet})


@never_cache
@require_POST
def next_keys(request: CampaignRequest) -> HttpResponse:
    """Take the keys of the recovery sheet into use, after a loss or a theft; the answer is a new sheet."""
    require(request.member, Right.STATEMENTS)
    require(request.member, Right.SETTINGS)
    stolen = now_as_records_write_it() if request.POST.get("stolen") else ""
    try:
        sheet = take_next_keys(
            request.campaign,
            request.POST.get("words", ""),
            stolen_since=stolen,
            by=request.member.actor,
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("statements:keys", slug=request.campaign.slug)
    return render(request, "statements/sheet.html", {"sheet": sheet})


@never_cache
@require_http_methods(["GET", "POST"])
def recovery(request: CampaignRequest) -> HttpResponse:
    """New keys by the recovery key, where both the keys in use and the next ones are lost; the answer is a new sheet."""
    require(request.member, Right.STATEMENTS)
    require(request.member, Right.SETTINGS)
    access.node_for(request.campaign)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        stolen = now_as_records_write_it() if said["stolen"] else ""
        try:
            sheet = recover(
                request.campaign, said["words"], stolen_since=stolen, by=request.member.actor
            )
        except BadInput as error:
            form.add_error("words", str(error))
        else:
            return render(request, "statements/sheet.html", {"sheet": sheet})
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "statements/recovery.html", {"form": form}, status=status)


@require_GET
def our_card(request: CampaignRequest) -> HttpResponse:
    """The file that another campaign needs to know us."""
    require(request.member, Right.STATEMENTS)
    history = history_of(request.campaign, access.node_for(request.campaign).name)
    return as_file(parties.card_of(history), f"{request.campaign.slug}.card.txt")


@require_http_methods(["GET", "POST"])
def new_draft(request: CampaignRequest) -> HttpResponse:
    """Words of ours, to be approved by two others; a correction or a withdrawal begins here too."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    access.node_for(campaign)
    replaced = _asked_for(request, "replaces", "statement")
    claim = _asked_for(request, "claim", "claim")
    initial: dict[str, object] = {}
    if replaced is not None:
        said = replaced.said
        initial = {"kind": said["kind"], "body": said["body"], "to": (said["to"] or [""])[0]}
    if claim is not None:
        said = claim.said
        initial = {
            "kind": "correction",
            "body": _("We said: “%(quote)s” That was not so, and we take it back.")
            % {"quote": said["quote"]},
        }
    form = DraftForm(
        request.POST or None, initial=initial, parties=list(queries.parties_of(campaign))
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = drafting.draft(
            campaign,
            kind=said["kind"],
            body=said["body"],
            to=[said["to"]] if said["to"] else [],
            public=not said["private"],
            for_the_candidate=said["for_the_candidate"],
            not_before=said["not_before"],
            expires=said["expires"],
            replaces=replaced.name if replaced else "",
            by=request.member,
        )
        messages.success(request, _("Written down. Two others have to approve it."))
        return redirect("statements:record", slug=campaign.slug, record_id=row.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "replaced": replaced, "claim": claim}
    return render(request, "statements/draft.html", context, status=status)


def _asked_for(request: CampaignRequest, name: str, kind: str) -> Record | None:
    asked = request.GET.get(name, "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    return access.record_for(request.campaign, int(asked), kind)


def as_file(text: str, name: str) -> HttpResponse:
    """A text that the browser saves."""
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
