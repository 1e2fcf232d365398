"""
Letters to volunteers: written down in the transaction that asks for them, sent by the worker, each once.

A letter is claimed before it is sent, by marking it as mailed: one that may have left is not sent again.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hustings.apps.campaigns.mail_server import WAITS, Became, send_each
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.lawful import word_on
from hustings.apps.volunteers.models import Letter, Volunteer
from hustings.apps.volunteers.own_page import forget_link, make_link
from hustings.apps.volunteers.reaching import email_of
from hustings.apps.volunteers.welcome import nearest_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

AT_ONCE = 100
"""Letters of one campaign in one round."""
PUT_OFF_FOR = timedelta(days=4)
"""So long the mail server may ask for one to be sent later; RFC 5321, 4.5.4.1, has senders try for four to five days."""


class Claimed(NamedTuple):
    """A letter that this worker alone sends now, and what its link is made of."""

    letter: Letter
    mail: EmailMessage
    token: str


def write(volunteer: Volunteer, kind: str, *, by: str) -> Letter:
    """A letter that the worker sends; in the caller's transaction and wall."""
    letter: Letter = Letter.objects.create(
        campaign_id=volunteer.campaign_id, volunteer=volunteer, kind=kind, asked_by=by
    )
    return letter


def mail_what_waits(campaign: Campaign) -> int:
    """
    Send the campaign's letters that wait; how many were sent. Two workers send nothing twice.

    Nothing goes to somebody who has left, or who does not want to be written to: such a letter is given up.
    """
    with tenant(campaign.pk):
        waiting = list(_that_wait(campaign).order_by("pk").values_list("pk", flat=True))
    return send_each(waiting, claim=partial(_claim, campaign), settle=_settle, at_once=AT_ONCE)


def _that_wait(campaign: Campaign) -> QuerySet[Letter]:
    rows: QuerySet[Letter] = Letter.objects.of(campaign).filter(mailed_at=None, given_up_at=None)
    return rows.exclude(kind=Letter.Kind.RUNG)


def _claim(campaign: Campaign, number: int) -> Claimed | None:
    """The letter, if nobody else has it and there is somebody to send it to."""
    with tenant(campaign.pk):
        letter = (
            _that_wait(campaign)
            .select_related("volunteer__person", "volunteer__campaign")
            .select_for_update(of=("self",), no_key=True, skip_locked=True)
            .filter(pk=number)
            .first()
        )
        if letter is None:
            return None
        to = "" if letter.volunteer.left_at else email_of(letter.volunteer)
        if not to:
            _mark(letter, given_up_at=timezone.now())
            return None
        token = make_link(letter.volunteer)
        mail = message_of(letter, to, token)
        _mark(letter, mailed_at=timezone.now())
    return Claimed(letter, mail, token)


def _settle(claimed: Claimed, became: Became) -> None:
    """What did not leave waits, or is given up; a link that surely nobody has is none."""
    if became in {Became.SENT, Became.MAYBE}:
        return
    letter, now = claimed.letter, timezone.now()
    for_good = became not in WAITS or (
        became is Became.PUT_OFF and letter.asked_at < now - PUT_OFF_FOR
    )
    with tenant(letter.campaign_id):
        _mark(letter, mailed_at=None, given_up_at=now if for_good else None)
        forget_link(claimed.token)


def mail_everywhere() -> int:
    """The same for every campaign."""
    return sum(mail_what_waits(campaign) for campaign in Campaign.objects.all())


def _mark(letter: Letter, **at: object) -> None:
    Letter.objects.of(letter.campaign_id).filter(pk=letter.pk).update(**at)


def message_of(letter: Letter, to: str, token: str) -> EmailMessage:
    """The letter in the campaign's language, with the link to the volunteer's own page."""
    volunteer, campaign = letter.volunteer, letter.volunteer.campaign
    with translation.override(campaign.language), timezone.override(ZoneInfo(campaign.time_zone)):
        link = reverse("me:page", kwargs={"token": token})
        said = {
            "campaign": campaign.name,
            "name": volunteer.person.name,
            "link": f"{settings.SITE_URL}{link}",
        }
        subject, first = {
            Letter.Kind.WELCOME: (
                _("Welcome to %(campaign)s") % said,
                [
                    _("%(name)s, welcome! Somebody of %(campaign)s has read what you told us.")
                    % said
                ],
            ),
            Letter.Kind.LINK: (
                _("%(campaign)s: your own page") % said,
                [_("Somebody, most likely you, asked for the link to your own page.")],
            ),
        }.get(
            Letter.Kind(letter.kind),
            (
                _("%(campaign)s: thank you for coming to help") % said,
                [_("%(name)s, thank you for wanting to help %(campaign)s.") % said],
            ),
        )
        parts = [*first, *(_next_or_law(volunteer) if letter.kind != Letter.Kind.LINK else ())]
        parts += [
            _("Your own page, where you see and change what you told us, and can leave:\n%(link)s") % said,
            _("Whoever has this link sees that page: keep it to yourself."),
        ]  # fmt: skip
    return EmailMessage(" ".join(subject.split()), "\n\n".join(parts) + "\n", to=[to])


def _next_or_law(volunteer: Volunteer) -> Iterable[str]:
    word = word_on(volunteer)
    if word is not None and word.cannot_yet:
        return [_("You cannot help yet: a rule stands in the way. Your own page says which, and what would change that.")]  # fmt: skip
    near = nearest_to(volunteer)
    if near is None:
        return []
    words = _("Next near you: %(what)s") if near.near else _("What comes next: %(what)s")
    return [words % {"what": near.text} + (f"\n{near.url}" if near.url else "")]
