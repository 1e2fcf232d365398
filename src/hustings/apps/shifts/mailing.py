"""
Mail about sign-ups: each is claimed before it is sent, so that two workers send one.

A worker that dies between the two leaves a mail that may have been sent; it is shown as that at the desk and is not
sent again. Only one that surely did not leave waits for the next round.
"""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant

from hustings.apps.campaigns.mail_server import WAITS, Became, send_each
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint, DoNotContact
from hustings.apps.shifts import own_sessions
from hustings.apps.shifts.calendar import cancelled, one_session
from hustings.apps.shifts.letters import letter
from hustings.apps.shifts.models import Message
from hustings.apps.shifts.planning import TOLD, kept
from hustings.apps.volunteers.own_page import forget_link, make_link
from hustings.core.shifts.reminding import KINDS, LAST, is_quiet
from hustings.core.shifts.standing import SAID_YES, SIGNED_UP, WAITING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session
    from hustings.apps.shifts.own_sessions import Mine
    from hustings.apps.volunteers.models import Volunteer

AT_ONCE = 200
"""Mails of one campaign in one round."""
CALENDAR = "text/calendar; method={}; charset=utf-8"


class Claimed(NamedTuple):
    """A mail that this worker alone sends now, and what its links are made of."""

    row: Message
    mail: EmailMessage
    token: str


def send_what_waits(campaign: Campaign) -> int:
    """Send the mail that waits, oldest first; how many were sent."""
    now = timezone.now()
    with tenant(campaign.pk):
        rows = Message.objects.of(campaign).filter(claimed_at=None, dropped="")
        waiting = [
            number
            for number, kind, zone in rows.order_by("made_at", "pk").values_list(
                "pk", "kind", "sign_up__volunteer__time_zone"
            )
            if not _would_wake(kind, zone, now)
        ]
    return send_each(waiting, claim=partial(_claim, campaign), settle=_settle, at_once=AT_ONCE)


def _claim(campaign: Campaign, number: int) -> Claimed | None:
    """The mail, if nobody else has it and it still says what is so; it is this worker's from here on."""
    with tenant(campaign.pk):
        row: Message | None = (
            Message.objects.of(campaign)
            .select_for_update(of=("self",), no_key=True, skip_locked=True)
            .select_related("sign_up__session", "sign_up__volunteer__person")
            .filter(pk=number, claimed_at=None, dropped="")
            .first()
        )
        if row is None:
            return None
        volunteer = row.sign_up.volunteer
        volunteer.campaign = campaign
        [mine] = own_sessions.sessions_for(volunteer, only=[row.sign_up.session])
        address = "" if volunteer.left_at else address_of(volunteer)
        now = timezone.now()
        if not _is_still_so(row, mine) or _is_too_late(row, mine.session, now):
            _drop(row, Message.Dropped.OVERTAKEN)
            return None
        if not address:
            _drop(row, Message.Dropped.NO_ADDRESS)
            return None
        if _would_wake(row.kind, volunteer.time_zone, now):
            return None
        token = make_link(volunteer)
        with translation.override(language_of(volunteer)):
            subject, text = letter(row, mine, token)
            mail = EmailMessage(" ".join(subject.split()), text, to=[address])
            _attach(mail, row, mine, token)
        row.claimed_at = now
        row.save(update_fields=["claimed_at"])
    return Claimed(row, mail, token)


def _attach(mail: EmailMessage, row: Message, mine: Mine, token: str) -> None:
    """The session for their calendar; one that is cancelled is taken out of it."""
    if row.kind == Message.Kind.CANCELLED:
        content, method = cancelled(mine, token, mail.to[0]), "CANCEL"
    else:
        content, method = one_session(mine, token), "PUBLISH"
    mail.attach("session.ics", content.decode(), CALENDAR.format(method))


def _drop(row: Message, why: str) -> None:
    """It is never sent, and says why."""
    row.dropped = why
    row.save(update_fields=["dropped"])


def _settle(claimed: Claimed, became: Became) -> None:
    """What may have been sent stays claimed; a link that surely nobody has is none."""
    row = claimed.row
    done: dict[str, object] = {}
    if became is Became.SENT:
        done = {"sent_at": timezone.now()}
    elif became is Became.REFUSED:
        done = {"dropped": Message.Dropped.FAILED}
    elif became in WAITS:
        done = {"claimed_at": None}
    if done:
        with tenant(row.campaign_id):
            Message.objects.of(row.campaign_id).filter(pk=row.pk).update(**done)
            if became is not Became.SENT:
                forget_link(claimed.token)


def _is_too_late(row: Message, session: Session, now: datetime) -> bool:
    """Whether a reminder waited so long that it helps nobody, or that the session is on another day by now."""
    kind = next((one for one in KINDS if one == row.kind), None)
    if kind is None:
        return False
    day = session.starts_at.astimezone(session.zone).date()
    return bool(row.key != day.isoformat() or now >= session.starts_at - LAST[kind])


def _would_wake(kind: str, zone: str, now: datetime) -> bool:
    """A reminder that waited into the quiet hours waits until they are over; what is new is told at any hour."""
    return kind in KINDS and is_quiet(now, zone_of(zone))


def _is_still_so(row: Message, mine: Mine) -> bool:
    """Whether what the mail says is still so, and its reader is still concerned."""
    session = mine.session
    if session.is_over:
        return False
    told_of_the_end = Message.objects.of(row.campaign_id).filter(
        sign_up=row.sign_up, kind=Message.Kind.CANCELLED, claimed_at__isnull=False
    )
    match row.kind:
        case Message.Kind.CANCELLED:
            return session.cancelled_at is not None and mine.state in SAID_YES | {WAITING}
        case Message.Kind.RESTORED:
            return (
                session.cancelled_at is None
                and mine.state in SAID_YES | {WAITING}
                and told_of_the_end.exists()
            )
    if session.cancelled_at is not None:
        return False
    match row.kind:
        case Message.Kind.MOVED:
            return mine.state in SAID_YES | {WAITING} and bool(changed(row, mine))
        case Message.Kind.CONFIRM:
            return mine.state == SIGNED_UP or mine.is_to_confirm
        case _:
            return mine.state in SAID_YES


def changed(row: Message, mine: Mine) -> list[str]:
    """Which of what the reader may know is different from what stood there at first."""
    return [
        name
        for name in TOLD
        if name in row.was
        and row.was[name] != kept(getattr(mine.session, name))
        and (name != "place" or mine.may_know_the_place)
    ]


def address_of(volunteer: Volunteer) -> str:
    """Their e-mail address, if it may be written to; "" otherwise."""
    refusals = DoNotContact.objects.of(volunteer.campaign_id).filter(
        person_id=volunteer.person_id, channel__in=["", ContactPoint.Kind.EMAIL], lifted_at=None
    )
    if refusals.exists():
        return ""
    point: ContactPoint | None = (
        ContactPoint.objects.of(volunteer.campaign_id)
        .filter(
            person_id=volunteer.person_id,
            kind=ContactPoint.Kind.EMAIL,
            status__in=[ContactPoint.Status.UNKNOWN, ContactPoint.Status.OK],
        )
        .order_by("pk")
        .first()
    )
    return point.value if point else ""


def language_of(volunteer: Volunteer) -> str:
    """The first of their languages that this installation speaks, or else the campaign's."""
    for tag in [*volunteer.languages, volunteer.campaign.language]:
        try:
            return get_supported_language_variant(str(tag).lower())
        except LookupError:
            continue
    return str(volunteer.campaign.language)


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; that of Greenwich where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
