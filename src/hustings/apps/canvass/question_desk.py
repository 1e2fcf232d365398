"""The organiser's page of questions: what is worth one, what was replied, and what is held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.canvass import access, asking, holding, quality
from hustings.apps.canvass.models import Question
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.canvass.models import Hold, Reply
    from hustings.apps.canvass.quality import Judged


@dataclass(frozen=True, slots=True)
class Case:
    """A question that was put, and where it stands."""

    question: Question
    sentence: str
    replies: list[Reply]
    held: Hold | None
    may_hold_from: datetime | None


@dataclass(frozen=True, slots=True)
class Worth:
    """A shift on the page: whose phone, which walk, and the sentences of what is worth a question, by what it is about."""

    shift: Judged
    label: str
    number: int
    sentences: Sequence[tuple[str, str]]


class Other(NamedTuple):
    """A shift with nothing to ask, in words: there may be two hundred of them."""

    shift: Judged
    label: str
    said: str
    asked: str


@require_GET
def questions(request: CampaignRequest) -> HttpResponse:
    """What was asked and what could be."""
    require(request.member, Right.HAND_OUT)
    asked = asking.cases(request.campaign)
    known = {_key(each): each for each in asked}
    shifts = list(_worth(request, known))
    return render(
        request,
        "canvass/questions.html",
        {
            "cases": [_case(request, each) for each in asked],
            "worth": [each for each in shifts if each.sentences],
            "others": _others([each for each in shifts if not each.sentences]),
            "patience": holding.PATIENCE.seconds // 60,
            "most": quality.MOST_SHIFTS,
        },
    )


def _key(question: Question) -> tuple[object, ...]:
    return (question.device_id, question.turf_id, question.about, question.first_at)


def _case(request: CampaignRequest, question: Question) -> Case:
    held = [each for each in question.holds.all() if not each.releases.all()]
    return Case(
        question,
        asking.sentence_of(question, request.campaign),
        list(question.replies.all()),
        held[0] if held else None,
        holding.may_hold_from(question),
    )


def _worth(request: CampaignRequest, known: dict[tuple[object, ...], Question]) -> list[Worth]:
    found = quality.shifts(request.campaign)
    carried = access.names_by_place(
        request.campaign, {shift.device for shift in found}, {shift.turf for shift in found}
    )
    worth = []
    for shift in found:
        sentences = []
        for signal in shift.signals:
            between = quality.stretch_of(signal)
            first_at = between[0] if between else None
            if (shift.device, shift.turf, signal.about, first_at) not in known:
                words = asking.sentence(
                    signal.about, signal.figures, request.campaign, between or (None, None)
                )
                sentences.append((signal.about, words))
        if sentences or not shift.signals:
            worth.append(Worth(shift, *carried[shift.device, shift.turf], sentences))
    return worth


def _others(shifts: list[Worth]) -> list[Other]:
    """In words that are looked up once for all, a day and a number of doors each once."""
    asked = _("%(name)s how these answers came about")
    days = {day: date_format(day, "j M") for day in {each.shift.day for each in shifts}}
    said = {
        doors: ngettext(
            "walk %(number)s, %(day)s: %(doors)s door",
            "walk %(number)s, %(day)s: %(doors)s doors",
            doors,
        )
        for doors in {each.shift.doors for each in shifts}
    }
    return [
        Other(
            shift,
            label,
            said[shift.doors] % {"number": number, "day": days[shift.day], "doors": shift.doors},
            asked % {"name": label},
        )
        for shift, label, number in ((each.shift, each.label, each.number) for each in shifts)
    ]


@require_POST
def ask(request: CampaignRequest) -> HttpResponse:
    """Put a question to a phone; its figures are worked out here, never taken from the form."""
    require(request.member, Right.HAND_OUT)
    numbers = [request.POST.get(name, "") for name in ("phone", "walk")]
    about = request.POST.get("about", "")
    if not all(number.isdecimal() for number in numbers) or about not in Question.About.values:
        raise NotHere
    device, turf = map(int, numbers)
    figures, between = {}, None
    if about != Question.About.OTHER:
        signal = next(
            (
                signal
                for shift in quality.shifts(request.campaign)
                if (shift.device, shift.turf) == (device, turf) and shift.day == _day(request)
                for signal in shift.signals
                if signal.about == about
            ),
            None,
        )
        if signal is None:
            raise NotHere
        figures, between = dict(signal.figures), quality.stretch_of(signal)
    asking.ask(
        request.campaign, device, turf, about, figures=figures, between=between,
        by=request.member.actor,
    )  # fmt: skip
    messages.success(
        request,
        _("The question is on its way: it is shown on the phone at the walk and the receipt."),
    )
    return redirect("phones:questions", slug=request.campaign.slug)


def _day(request: CampaignRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise NotHere from None


@require_POST
def write_down(request: CampaignRequest, question_id: int) -> HttpResponse:
    """A reply that was heard in another way."""
    require(request.member, Right.HAND_OUT)
    question = asking.question_for(request.campaign, question_id)
    return _done(
        request,
        lambda: asking.reply(
            question, request.POST.get("text", ""), by=request.member.actor, written_down=True
        ),
        _("Written down."),
    )


@require_POST
def hold(request: CampaignRequest, question_id: int) -> HttpResponse:
    """Hold back what a question is about."""
    require(request.member, Right.HAND_OUT)
    return _done(
        request,
        lambda: holding.hold(
            request.campaign, question_id, whole=request.POST.get("whole") == "yes",
            why=request.POST.get("why", ""), by=request.member.actor,
        ),
        _("Held: these answers count nowhere until you let them."),
    )  # fmt: skip


@require_POST
def release(request: CampaignRequest, hold_id: int) -> HttpResponse:
    """Let it count again."""
    require(request.member, Right.HAND_OUT)
    return _done(
        request,
        lambda: holding.release(request.campaign, hold_id, by=request.member.actor),
        _("These answers count again."),
    )


def _done(request: CampaignRequest, act: object, said: str) -> HttpResponse:
    try:
        act()  # type: ignore[operator]  # one of the verbs above
    except BadInput as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, said)
    return redirect("phones:questions", slug=request.campaign.slug)
