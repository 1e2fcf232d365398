"""What every page knows: the rooms this member may enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.roles import Right

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise


class Room(NamedTuple):
    """A room of the desk: its name, its icon in the sprite, its address, who may enter."""

    name: str | Promise
    icon: str
    url_name: str
    right: Right
    thumb: bool = False
    """Whether a phone's bar has it before others."""


ROOMS = (
    Room(_("Today"), "sun", "today:today", Right.HAND_OUT, thumb=True),
    Room(_("Turf"), "map", "outings:list", Right.SEE_TURF, thumb=True),
    Room(_("People"), "users", "people:search", Right.SEE_PEOPLE, thumb=True),
    Room(_("Volunteers"), "hand", "volunteers:list", Right.VOLUNTEERS),
    Room(_("Phones"), "smartphone", "phones:list", Right.HAND_OUT, thumb=True),
    Room(_("Sessions"), "calendar-days", "sessions:list", Right.SESSIONS),
    Room(_("Follow-ups"), "clipboard-list", "followups:tray", Right.FOLLOW_UPS),
    Room(_("Tables"), "qr-code", "dispatch:tables", Right.HAND_OUT),
    Room(_("Safety"), "shield-check", "safety:desk", Right.HAND_OUT),
    Room(_("Statements"), "newspaper", "statements:desk", Right.STATEMENTS),
    Room(_("Exchange"), "send", "exchange:peers", Right.STATEMENTS),
    Room(_("Materials"), "scroll-text", "materials:list", Right.SEE_MATERIALS),
    Room(_("Lending"), "share-2", "lending:home", Right.LENDING),
    Room(_("Help and gifts"), "user-plus", "contributions:list", Right.CONTRIBUTIONS),
    Room(_("Results"), "chart-column", "results:overview", Right.SEE_RESULTS, thumb=True),
    Room(_("Contests"), "flag", "contests:calendar", Right.SEE_CONTESTS),
    Room(_("Polling day"), "badge-check", "polling:day", Right.TELL),
    Room(_("Register"), "book-user", "register:list", Right.IMPORT),
    Room(_("Places"), "map-pin", "places:coverage", Right.IMPORT),
    Room(_("Script"), "message-square", "scripts:home", Right.SETTINGS),
    Room(_("Settings"), "settings", "settings:walks", Right.SETTINGS),
)
"""A member starts in the first of these that is open to them."""
SAFETY = Room("", "", "safety:line", Right.HAND_OUT)
"""One line on every page, asked for anew every few seconds: who is overdue, who needs help."""
ON_THE_BAR = 5
"""So many fit on a phone without scrolling; with more rooms the last place opens the others."""


def desk(request: HttpRequest) -> dict[str, object]:
    """``rooms`` (name, icon, address, whether we are in it and whether it is on the bar), ``more_rooms``, ``campaign`` and ``member``."""
    member = getattr(request, "member", None)
    if member is None:
        return {"rooms": [], "more_rooms": [], "campaign": None, "member": None}
    rooms = [
        {
            "name": room.name,
            "icon": room.icon,
            "url": url,
            "here": request.path.startswith(url),
            "thumb": room.thumb,
        }
        for room in ROOMS
        if member.may(room.right) and (url := _address(room, member.campaign.slug))
    ]
    on_the_bar = _on_the_bar(rooms)
    for room in rooms:
        room["on_the_bar"] = room["url"] in on_the_bar
    return {
        "rooms": rooms,
        "more_rooms": [room for room in rooms if not room["on_the_bar"]],
        "campaign": member.campaign,
        "safety_line": _address(SAFETY, member.campaign.slug) if member.may(SAFETY.right) else "",
        "member": member,
    }


def _address(room: Room, slug: str) -> str:
    try:
        return reverse(room.url_name, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""


def _on_the_bar(rooms: list[dict[str, Any]]) -> set[str]:
    """Addresses: names say themselves anew in the reader's language each time that two are compared."""
    first = sorted(rooms, key=lambda room: not room["thumb"])
    return {
        room["url"] for room in (first if len(first) <= ON_THE_BAR else first[: ON_THE_BAR - 1])
    }
