"""The room Sessions: what comes by day, one session with everybody in it, making and changing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.shifts import access, expected, planning, queries, sign_in, signing_up
from hustings.apps.shifts.forms import CancelForm, SessionForm
from hustings.apps.shifts.letters import contact_of, when_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.shifts.models import Session, SignUp

OTHERS = 6
"""Sessions that somebody is rebooked to, the next first."""


@require_GET
def everything(request: CampaignRequest) -> HttpResponse:
    """What comes, by day; or what is over."""
    require(request.member, Right.SESSIONS)
    past = "past" in request.GET
    context = {"days": queries.days(request.campaign, past=past), "past": past}
    return render(request, "shifts/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: CampaignRequest) -> HttpResponse:
    """A new session."""
    require(request.member, Right.SESSIONS)
    form = SessionForm(request.campaign, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = planning.make(request.campaign, form.planned, by=request.member.actor)
        messages.success(request, _("The session is there. Volunteers can sign up for it now."))
        _say_which_of_two_hours(request, form)
        return _back(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "shifts/edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def change(request: CampaignRequest, session_id: int) -> HttpResponse:
    """Change it; who signed up is told of a new time or place."""
    require(request.member, Right.SESSIONS)
    this = access.session_for(request.campaign, session_id)
    form = SessionForm(request.campaign, request.POST or None, session=this)
    if request.method == "POST" and form.is_valid():
        edit = planning.change(this, form.planned, by=request.member.actor)
        if edit is None:
            messages.info(request, _("Nothing was changed."))
        elif set(edit.before) & set(planning.TOLD):
            messages.success(request, _("Changed. Everybody who signed up is told by mail what is different."))  # fmt: skip
        else:
            messages.success(request, _("Changed. Nobody needs to be told of it."))
        _say_which_of_two_hours(request, form)
        return _back(request, this)
    status = 422 if form.is_bound else 200
    return render(request, "shifts/edit.html", {"form": form, "session": this}, status=status)


def _say_which_of_two_hours(request: CampaignRequest, form: SessionForm) -> None:
    for at in form.twice:
        messages.info(request, _("The clock there is put back that night, so that %(hour)s comes twice: the earlier of the two is meant.") % {"hour": f"{at:%H:%M}"})  # fmt: skip


@require_GET
def session(request: CampaignRequest, session_id: int) -> HttpResponse:
    """One session and everybody in it."""
    require(request.member, Right.SESSIONS)
    return _page(request, access.session_for(request.campaign, session_id))


def _page(
    request: CampaignRequest, this: Session, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    rows = queries.rows_of(this)
    here = {row.sign_up.volunteer_id for row in rows if row.state != "cancelled"}
    everybody, confirmed = expected.figures_of(request.campaign)
    q = request.GET.get("q", "")
    found = [one for one in queries.volunteers_called(request.campaign, q) if one.pk not in here]
    looked_at(request, this, len(rows) + len(found))
    context = {
        "session": this,
        "card": queries.card_of(this, rows),
        "when": when_of(this),
        "contact": contact_of(this),
        "rows": rows,
        "late": [row for row in rows if row.late],
        "maybe_sent": [row for row in rows if row.maybe_sent],
        "everybody": everybody,
        "confirmed": confirmed,
        "suggestion": expected.suggestion_for(this, everybody),
        "others": queries.cards(
            request.campaign,
            [
                one
                for one in queries.coming(request.campaign)
                if one.pk != this.pk and not one.cancelled_at
            ][:OTHERS],
        ),
        "q": q,
        "found": found,
        "edits": queries.edits_of(this),
        "cancel_form": CancelForm(),
        "trouble": trouble,
        "has_begun": queries.is_open(this) or this.is_over,
    }
    return render(request, "shifts/session.html", context, status=status)


@require_POST
def session_verb(request: CampaignRequest, session_id: int) -> HttpResponse:
    """Cancel, restore, copy, let more sign up, or say that the others did not come."""
    require(request.member, Right.SESSIONS)
    this, by = access.session_for(request.campaign, session_id), request.member.actor
    try:
        match request.POST.get("do"):
            case "cancel":
                planning.cancel(this, request.POST.get("reason", "")[:300], by=by)
                messages.success(request, _("Cancelled. Everybody who signed up is told by mail; nobody is reminded."))  # fmt: skip
            case "restore":
                planning.restore(this, by=by)
                messages.success(request, _("It takes place after all. Whoever was told otherwise is told by mail."))  # fmt: skip
            case "copy":
                this = planning.copy_to_next_week(this, by=by)
                messages.success(request, _("Copied to the next week, at the same hour. This is the copy."))  # fmt: skip
            case "limit":
                everybody, _confirmed = expected.figures_of(request.campaign)
                suggested = expected.suggestion_for(this, everybody)
                if suggested is not None:
                    planning.change(this, {"sign_up_limit": suggested.sign_up}, by=by)
                    messages.success(request, _("%(many)s may sign up now.") % {"many": suggested.sign_up})  # fmt: skip
            case "missed":
                many = sign_in.the_others_did_not_come(this, by=by)
                messages.success(request, ngettext("Written down for %(many)s person. It can be taken back.", "Written down for %(many)s people. It can be taken back for each.", many) % {"many": many})  # fmt: skip
            case _:
                raise NotHere
    except BadInput as error:
        return _page(request, this, trouble=error.message, status=422)
    return _back(request, this)


@require_POST
def sign_up(request: CampaignRequest, session_id: int) -> HttpResponse:
    """An organiser signs somebody up."""
    require(request.member, Right.SESSIONS)
    this = access.session_for(request.campaign, session_id)
    volunteer = access.volunteer_for(request.campaign, _number(request, "volunteer"))
    try:
        made = signing_up.sign_up(this, volunteer, by=request.member.actor)
    except BadInput as error:
        return _page(request, this, trouble=error.message, status=422)
    said = {"name": volunteer, "state": _state(this, made)}
    messages.success(request, _("%(name)s: %(state)s.") % said)
    return _back(request, this)


@require_POST
def sign_up_verb(request: CampaignRequest, sign_up_id: int) -> HttpResponse:
    """What an organiser does about somebody's sign-up, in one tap."""
    require(request.member, Right.SESSIONS)
    mine, by = access.sign_up_for(request.campaign, sign_up_id), request.member.actor
    name = {"name": mine.volunteer}
    try:
        match request.POST.get("do"):
            case "confirm":
                signing_up.confirm(mine, by=by)
                said = _("%(name)s has confirmed.") % name
            case "chase":
                signing_up.chased(mine, by=by)
                said = _("Written down that %(name)s was rung up.") % name
            case "cannot":
                signing_up.cannot_come(mine, by=by)
                said = _("%(name)s cannot come. The place goes to whoever waits longest.") % name
            case "missed":
                sign_in.did_not_come(mine, by=by)
                said = _("Written down that %(name)s did not come.") % name
            case "again":
                signing_up.sign_up(mine.session, mine.volunteer, by=by)
                said = _("%(name)s is signed up again.") % name
            case "rebook":
                other = access.session_for(request.campaign, _number(request, "to"))
                taken = signing_up.rebook(mine, other, by=by)
                said = _("%(name)s, now for “%(other)s”: %(state)s.") % {
                    **name, "other": other.name, "state": _state(other, taken),
                }  # fmt: skip
            case _:
                raise NotHere
    except BadInput as error:
        return _page(request, mine.session, trouble=error.message, status=422)
    messages.success(request, said)
    return _back(request, mine.session)


@require_POST
def step_back(request: CampaignRequest, step_id: int) -> HttpResponse:
    """A step was a mistake."""
    require(request.member, Right.SESSIONS)
    step = access.step_for(request.campaign, step_id)
    try:
        signing_up.take_back(step, by=request.member.actor)
    except BadInput as error:
        return _page(request, step.sign_up.session, trouble=error.message, status=422)
    messages.success(request, _("Taken back."))
    if request.POST.get("from") == "door":
        return redirect("sessions:door", slug=request.campaign.slug, session_id=step.sign_up.session_id)  # fmt: skip
    return _back(request, step.sign_up.session)


@require_POST
def edit_back(request: CampaignRequest, edit_id: int) -> HttpResponse:
    """What stood there before stands there again."""
    require(request.member, Right.SESSIONS)
    edit = access.edit_for(request.campaign, edit_id)
    try:
        planning.undo_change(edit, by=request.member.actor)
    except BadInput as error:
        return _page(request, edit.session, trouble=error.message, status=422)
    messages.success(request, _("Put back. Whoever was told of the change is told of this one too."))  # fmt: skip
    return _back(request, edit.session)


def looked_at(request: CampaignRequest, this: Session, people: int) -> None:
    """A page with people on it is a look at them."""
    if people and request.method == "GET":
        record(
            request.member.actor, "person.look", subject="session", subject_id=this.pk, count=people
        )


def _state(this: Session, made: SignUp) -> str:
    return next(row.words for row in queries.rows_of(this) if row.sign_up.pk == made.pk)


def _number(request: CampaignRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotHere
    return int(text)


def _back(request: CampaignRequest, this: Session) -> HttpResponse:
    return redirect("sessions:session", slug=request.campaign.slug, session_id=this.pk)
