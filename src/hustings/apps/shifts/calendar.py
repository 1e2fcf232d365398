"""A volunteer's sessions for their own calendar: nothing stands in the file that their page would not show."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.shifts.models import Session, SignUp
from hustings.apps.shifts.own_sessions import Mine, sessions_for
from hustings.core.shifts.standing import CANCELLED, HOLD_A_PLACE, WAITING
from hustings.formats.session_ics import Entry, write_cancellation, write_sessions

if TYPE_CHECKING:
    from hustings.apps.volunteers.models import Volunteer


def one_session(mine: Mine, token: str) -> bytes:
    """The file of one session."""
    return write_sessions([_entry(mine, token)])


def cancelled(mine: Mine, token: str, address: str) -> bytes:
    """What takes a cancelled session out of the calendar of whoever reads mail at that address."""
    return write_cancellation(_entry(mine, token), address)


def feed(volunteer: Volunteer, token: str) -> bytes:
    """All sessions that they signed up for, those that are over too; what they cannot come to stands as cancelled."""
    rows = SignUp.objects.of(volunteer.campaign_id).filter(volunteer=volunteer)
    known = Session.objects.of(volunteer.campaign_id).filter(pk__in=rows.values("session_id"))
    mine = sessions_for(volunteer, only=list(known.order_by("starts_at", "pk")))
    entries = [_entry(one, token) for one in mine if one.state != WAITING]
    name = _("%(campaign)s: my sessions") % {"campaign": volunteer.campaign.name}
    return write_sessions(entries, name=name)


def _entry(mine: Mine, token: str) -> Entry:
    session = mine.session
    where = reverse("my-sessions:session", kwargs={"token": token, "session_id": session.pk})
    notes = session.access_notes if mine.may_know_the_place else ""
    return Entry(
        uid=f"session-{session.pk}-{session.campaign_id.hex}@hustings",
        sequence=session.sequence, stamp=timezone.now(), starts=session.starts_at,
        ends=session.ends_at, title=session.name, place=mine.place, words=notes,
        url=f"{settings.SITE_URL}{where}",
        status=_status(mine), organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        host=session.campaign.name,
    )  # fmt: skip


def _status(mine: Mine) -> Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]:
    if mine.session.cancelled_at is not None or mine.state == CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if mine.state in HOLD_A_PLACE else "TENTATIVE"
