"""Who reports from where: the list with how ready they are, inviting somebody, mail, a new link, ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.contests import access, inviting, letters, queries
from hustings.apps.contests.forms import AddressForm, ReporterForm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest, Reporter, Unit


@require_GET
def reporters(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Fifty at a time, by name."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    q = request.GET.get("q", "")[:80]
    page = queries.reporters(this, q=q, page=request.GET.get("page", ""))
    _looked_at(request, this, len(page.rows))
    mailed = letters.mailed(this)
    for row in page.rows:
        row.letter = mailed.newest.get(row.pk)
    context = {"contest": this, "page": page, "q": q, "mailed": mailed}
    return render(request, "contests/reporters.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Invite somebody for the units that were chosen; their link is shown once."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    said = request.POST if request.method == "POST" else request.GET
    chosen = [
        access.unit_for(this, int(number))
        for number in dict.fromkeys(said.getlist("unit")[: inviting.MOST_UNITS + 1])
        if number.isdecimal() and len(number) < 19
    ]
    form = ReporterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            reporter, token = inviting.invite(
                this, told["name"], chosen, source=told["source"], telephone=told["telephone"],
                email=told["email"], by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, error.message)
        else:
            if told["mail"] and told["email"]:
                letters.ask(reporter, by=request.member.actor)
            return _show_link(request, this, reporter, token)
    q = request.GET.get("q", "")[:80]
    context = {
        "contest": this,
        "form": form,
        "chosen": chosen,
        "q": q,
        "found": [one for one in queries.units_called(this, q) if one not in chosen],
    }
    status = 422 if form.is_bound else 200
    return render(request, "contests/invite.html", context, status=status)


@require_http_methods(["GET", "POST"])
def correct(request: CampaignRequest, contest_id: int, reporter_id: int) -> HttpResponse:
    """Another telephone number or e-mail address of somebody who was invited."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    reporter = access.reporter_for(contest, reporter_id)
    form = AddressForm(
        request.POST if request.method == "POST" else None,
        initial={"telephone": reporter.telephone, "email": reporter.email},
    )
    if request.method == "POST" and form.is_valid():
        _correct(request, reporter, form)
        return redirect("contests:reporters", slug=request.campaign.slug, contest_id=contest.pk)
    if request.method == "GET":
        _looked_at(request, contest, 1)
    context = {"contest": contest, "reporter": reporter, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "contests/reporter.html", context, status=status)


def _correct(request: CampaignRequest, reporter: Reporter, form: AddressForm) -> None:
    told, by = form.cleaned_data, request.member.actor
    changed = told["email"].casefold() != reporter.email.casefold()
    ended = inviting.correct_address(
        reporter, telephone=told["telephone"], email=told["email"], by=by
    )
    if ended:
        messages.warning(
            request, _("Corrected. The links that they had have ended; whatever those send goes to the tray.")
        )  # fmt: skip
    else:
        messages.success(request, _("Corrected."))
    if not (changed and told["mail"] and told["email"]):
        return
    reporter.email = told["email"]
    try:
        letters.ask(reporter, by=by, elsewhere=True)
    except BadInput as error:
        messages.info(request, error.message)
    else:
        messages.success(request, _("The mail waits, and goes out within a minute."))


@require_POST
def verb(request: CampaignRequest, contest_id: int, reporter_id: int) -> HttpResponse:
    """A new link, none any more, or one by e-mail."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    reporter = access.reporter_for(contest, reporter_id)
    match request.POST.get("do"):
        case "link":
            token = inviting.new_link(reporter, by=request.member.actor)
            return _show_link(request, contest, reporter, token)
        case "end":
            inviting.end_links(reporter, by=request.member.actor)
            messages.info(request, _("Whatever that link sends goes to the tray from now on."))
        case "mail":
            try:
                letters.ask(reporter, by=request.member.actor)
            except BadInput as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("The mail waits, and goes out within a minute."))
        case _:
            raise NotHere
    return redirect("contests:reporters", slug=request.campaign.slug, contest_id=contest.pk)


@require_POST
def mail(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Mail to all who were not mailed, or anew to all who have not opened their link."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    match request.POST.get("do"):
        case "new" | "again" as do:
            asked = letters.ask_all(contest, again=do == "again", by=request.member.actor)
        case _:
            raise NotHere
    if asked:
        said = ngettext(
            "%(n)s mail waits, and goes out within a minute.",
            "%(n)s mails wait, and go out within a few minutes.",
            asked,
        )
        messages.success(request, said % {"n": asked})
    else:
        messages.info(request, _("There is nobody to mail now."))
    return redirect("contests:reporters", slug=request.campaign.slug, contest_id=contest.pk)


def _show_link(
    request: CampaignRequest, contest: Contest, reporter: Reporter, token: str
) -> HttpResponse:
    address = f"{settings.SITE_URL}{reverse('night:page', args=[token])}"
    here: list[Unit] = queries.units_of(reporter)
    letter = letters.newest_of([reporter]).get(reporter.pk)
    context = {
        "contest": contest, "reporter": reporter, "address": address, "units": here,
        "mailed_to": reporter.email if letter is not None and letter.waits else "",
    }  # fmt: skip
    response = render(request, "contests/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _looked_at(request: CampaignRequest, contest: Contest, count: int) -> None:
    if count:
        record(
            request.member.actor, "person.look", subject="contest", subject_id=contest.pk,
            count=count,
        )  # fmt: skip
