"""
Putting a question to whoever carried a walk, and what they reply; never a finding.

The figures come from ``core/quality``; the sentence is the same on the organiser's page and on the phone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import Question, Reply, WalkGrant
from hustings.apps.canvass.wordings import labels_now
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hustings.apps.accounts.models import Device
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

LONGEST_REPLY = 1000
"""Characters."""
LATELY = timedelta(days=3)
"""For so long a question is counted on the page of phones."""


def ask(
    campaign: Campaign,
    device_id: int,
    turf_id: int,
    about: str,
    *,
    figures: Mapping[str, Any],
    between: tuple[datetime, datetime] | None = None,
    by: Actor,
) -> Question:
    """Put a question to this phone about this walk; the same once more is the question that stands."""
    with tenant(campaign.pk):
        carried = WalkGrant.objects.of(campaign).filter(device_id=device_id, turf_id=turf_id)
        # Whoever asks twice at once waits here.
        if carried.select_for_update(no_key=True).first() is None:
            raise NotHere
        first_at, last_at = between or (None, None)
        question: Question
        question, new = Question.objects.get_or_create(
            campaign=campaign,
            device_id=device_id,
            turf_id=turf_id,
            about=about,
            first_at=first_at,
            last_at=last_at,
            defaults={"figures": dict(figures), "by_label": by.label},
        )
        if new:
            audit(by, "question.ask", subject="device", subject_id=device_id)
    return question


def question_for(campaign: Campaign, question_id: int) -> Question:
    """A question of this campaign; :class:`NotHere` otherwise."""
    found: Question | None = (
        Question.objects.of(campaign)
        .select_related("device", "turf")
        .filter(pk=question_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def reply(question: Question, text: str, *, by: Actor, written_down: bool = False) -> Reply:
    """
    Keep what was replied.

    Parameters
    ----------
    written_down
        An organiser heard it and writes it down; otherwise it comes from the phone itself.
    """
    said = " ".join(text.split())
    if not said:
        raise BadInput(_("Say in a few words how it was."))
    if len(said) > LONGEST_REPLY:
        raise BadInput(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REPLY})
    with tenant(question.campaign_id):
        kept: Reply = Reply.objects.create(
            campaign_id=question.campaign_id, question=question, text=said,
            written_down_by=by.label if written_down else "",
        )  # fmt: skip
        audit(by, "question.reply", subject="device", subject_id=question.device_id)
    return kept


def open_questions(device: Device) -> list[Question]:
    """What this phone has not replied to yet, oldest first."""
    return list(
        Question.objects.of(device.campaign_id)
        .filter(device=device, replies__isnull=True)
        .select_related("turf")
        .order_by("asked_at", "pk")
    )


def question_of(device: Device, question_id: int) -> Question:
    """A question put to this phone; :class:`NotHere` otherwise."""
    found: Question | None = (
        Question.objects.of(device.campaign_id).filter(device=device, pk=question_id).first()
    )
    if found is None:
        raise NotHere
    return found


def for_phone(device: Device) -> list[dict[str, Any]]:
    """The same as data for the app."""
    campaign = device.campaign
    return [
        {"id": question.pk, "turf": question.turf_id, "text": sentence_of(question, campaign)}
        for question in open_questions(device)
    ]


def put_at(device: Device, turf_id: int) -> list[dict[str, Any]]:
    """Those about one walk."""
    return [each for each in for_phone(device) if each["turf"] == turf_id]


def cases(campaign: Campaign, *, most: int = 100) -> list[Question]:
    """What was asked, newest first, with what was replied and held."""
    return list(
        Question.objects.of(campaign)
        .select_related("device", "turf")
        .prefetch_related("replies", "holds__releases")
        .order_by("-asked_at", "-pk")[:most]
    )


def waiting_and_replied(campaign: Campaign) -> tuple[int, int]:
    """How many of the questions of the last days wait for a reply, and how many have one."""
    lately = Question.objects.of(campaign).filter(asked_at__gt=timezone.now() - LATELY)
    answered = Exists(Reply.objects.of(campaign).filter(question=OuterRef("pk")))
    found = lately.aggregate(all=Count("pk"), replied=Count("pk", filter=answered))
    return found["all"] - found["replied"], found["replied"]


def sentence_of(question: Question, campaign: Campaign) -> str:
    """The question as it is read, by the organiser and on the phone."""
    return sentence(
        question.about, question.figures, campaign, (question.first_at, question.last_at)
    )


def sentence(
    about: str,
    figures: Mapping[str, Any],
    campaign: Campaign,
    between: tuple[datetime | None, datetime | None] = (None, None),
) -> str:
    """One question in words: the figures, and what would explain them."""
    said = {**figures, **_clock(between)}
    if about == Question.About.PACE:
        said["minutes"] = max(1, round(figures["seconds"] / 60))
        return (
            ngettext(
                "%(doors)d doors in %(minutes)d minute (%(first)s to %(last)s): were these typed in from paper, or did several of you knock?",
                "%(doors)d doors in %(minutes)d minutes (%(first)s to %(last)s): were these typed in from paper, or did several of you knock?",
                said["minutes"],
            )
            % said
        )
    if about == Question.About.CONTACTS:
        return (
            _(
                "Somebody answered at %(contacts)d of %(doors)d doors; elsewhere it was %(low_percent)d to %(high_percent)d of 100. What was different here?"
            )
            % said
        )
    if about == Question.About.RUN:
        said["answer"] = _label(campaign, str(figures["answer"]))
        return (
            _(
                "“%(answer)s” %(answers)d times in a row (%(first)s to %(last)s): did this street agree like that, or was something tapped by mistake?"
            )
            % said
        )
    if about == Question.About.MINUTE:
        return (
            _(
                "Answers at %(doors)d doors within one minute (%(first)s): were they written down first and tapped in later?"
            )
            % said
        )
    if about == Question.About.CLOCK:
        minutes = abs(int(figures["minutes"]))
        ahead = int(figures["minutes"]) > 0
        return (
            _("This phone’s clock is %(minutes)d minutes ahead: was it set by hand?")
            if ahead
            else _("This phone’s clock is %(minutes)d minutes behind: was it set by hand?")
        ) % {"minutes": minutes}
    return _("How did the answers of this walk come about?")


def _clock(between: Iterable[datetime | None]) -> dict[str, str]:
    return {
        name: date_format(timezone.localtime(at), "H:i") if at else ""
        for name, at in zip(("first", "last"), between, strict=True)
    }


def _label(campaign: Campaign, code: str) -> str:
    return labels_now(campaign).get(code, code)
