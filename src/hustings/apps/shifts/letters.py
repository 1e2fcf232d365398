"""What stands in each mail about a session, in the reader's language and by the session's own clock."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.shifts.models import Message
from hustings.core.shifts.standing import HOLD_A_PLACE, WAITING

if TYPE_CHECKING:
    from hustings.apps.shifts.models import Session
    from hustings.apps.shifts.own_sessions import Mine


def when(starts: datetime, ends: datetime, zone: str) -> str:
    """«Saturday 13 June, 14:00–16:00 (Europe/London)»."""
    with timezone.override(ZoneInfo(zone)):
        first, last = timezone.localtime(starts), timezone.localtime(ends)
        return f"{date_format(first, 'l j F Y, H:i')}–{date_format(last, 'H:i')} ({zone})"


def when_of(session: Session) -> str:
    """The session's own time, in words."""
    return when(session.starts_at, session.ends_at, session.time_zone)


def letter(row: Message, mine: Mine, token: str) -> tuple[str, str]:
    """The subject and the text."""
    session, waits = mine.session, mine.state == WAITING
    said = {
        "name": session.name,
        "campaign": session.campaign.name,
        "when": when_of(session),
        "reason": session.cancel_reason,
    }
    match row.kind:
        case Message.Kind.BOOKED:
            subject, first = _("%(name)s: you have a place"), _("You have a place at “%(name)s” of %(campaign)s.")  # fmt: skip
        case Message.Kind.PLACE:
            subject, first = _("%(name)s: a place is free, and it is yours"), _("Somebody cannot come to “%(name)s” of %(campaign)s, and you were next. You have a place now.")  # fmt: skip
        case Message.Kind.CONFIRM:
            subject, first = _("%(name)s: please confirm that you come"), _("You signed up for “%(name)s” of %(campaign)s. Please confirm that you come, or say that you cannot, so that somebody else gets the place.")  # fmt: skip
        case Message.Kind.DAY_BEFORE:
            subject, first = _("%(name)s is on %(when)s"), _("A reminder: “%(name)s” of %(campaign)s is soon, and you have a place.")  # fmt: skip
        case Message.Kind.MOVED:
            subject, first = _("%(name)s has changed"), _("“%(name)s” of %(campaign)s has changed. You still wait for a place.") if waits else _("“%(name)s” of %(campaign)s has changed. You are still signed up.")  # fmt: skip
        case Message.Kind.CANCELLED:
            subject, first = _("%(name)s is cancelled"), _("“%(name)s” of %(campaign)s does not take place. The reason: %(reason)s")  # fmt: skip
        case _:
            subject, first = _("%(name)s takes place after all"), _("“%(name)s” of %(campaign)s takes place after all. You still wait for a place.") if waits else _("“%(name)s” of %(campaign)s takes place after all. You are still signed up.")  # fmt: skip
    lines = [first % said, ""]
    if row.kind == Message.Kind.MOVED:
        lines += [*_was(row, mine), ""]
    lines += [_("When: %(when)s") % said, *_where(mine)]
    if row.kind != Message.Kind.CANCELLED:
        lines += ["", *_doings(mine, token)]
    return subject % said, "\n".join(lines) + "\n"


def _was(row: Message, mine: Mine) -> list[str]:
    session, was = mine.session, row.was
    before = when(
        datetime.fromisoformat(was["starts_at"]), datetime.fromisoformat(was["ends_at"]), was["time_zone"]
    )  # fmt: skip
    lines = [_("Before: %(when)s") % {"when": before}] if before != when_of(session) else []
    knew = not was.get("at_a_home") or mine.state in HOLD_A_PLACE
    if was["place"] != session.place and mine.may_know_the_place and knew:
        lines.append(_("Before, the place was: %(place)s") % {"place": was["place"]})
    return lines


def _where(mine: Mine) -> list[str]:
    session = mine.session
    if not mine.may_know_the_place:
        return [_("Where: at somebody’s home; you get the address once you have a place.")]
    lines = [_("Where: %(place)s") % {"place": session.place}]
    if session.access_notes:
        lines.append(_("Getting in: %(notes)s") % {"notes": session.access_notes})
    contact = contact_of(session)
    if contact and mine.has_a_place:
        lines.append(_("Ask for: %(contact)s") % {"contact": contact})
    return lines


def _doings(mine: Mine, token: str) -> list[str]:
    session = mine.session

    def link(name: str) -> str:
        where = {"token": token, "session_id": session.pk}
        return f"{settings.SITE_URL}{reverse(f'my-sessions:{name}', kwargs=where)}"

    lines = [_("I come: %(link)s") % {"link": link("confirm")}] if mine.is_to_confirm else []
    return [
        *lines,
        _("I can’t make it: %(link)s") % {"link": link("cannot-come")},
        _("All about it: %(link)s") % {"link": link("session")},
    ]


def contact_of(session: Session) -> str:
    """Whom to ask for."""
    names = [str(session.contact) if session.contact else "", session.contact_words]
    return ", ".join(filter(None, names))
