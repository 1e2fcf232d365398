"""What every page knows: the rooms this member may enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


ROOMS = (
    Room(_("Turf"), "map", "outings:list", Right.SEE_TURF),
    Room(_("People"), "users", "people:search", Right.SEE_PEOPLE),
    Room(_("Register"), "book-user", "register:list", Right.IMPORT),
    Room(_("Places"), "map-pin", "places:coverage", Right.IMPORT),
    Room(_("Phones"), "smartphone", "phones:list", Right.HAND_OUT),
    Room(_("Statements"), "newspaper", "statements:desk", Right.STATEMENTS),
    Room(_("Materials"), "scroll-text", "materials:list", Right.SEE_MATERIALS),
    Room(_("Lending"), "share-2", "lending:home", Right.LENDING),
    Room(_("Results"), "chart-column", "results:overview", Right.SEE_RESULTS),
    Room(_("Settings"), "settings", "settings:walks", Right.SETTINGS),
)


def desk(request: HttpRequest) -> dict[str, object]:
    """``rooms`` (name, icon, address, whether we are in it), ``campaign`` and ``member``."""
    member = getattr(request, "member", None)
    if member is None:
        return {"rooms": [], "campaign": None, "member": None}
    rooms = []
    for room in ROOMS:
        if not member.may(room.right):
            continue
        try:
            url = reverse(room.url_name, kwargs={"slug": member.campaign.slug})
        except NoReverseMatch:
            continue
        rooms.append(
            {
                "name": room.name,
                "icon": room.icon,
                "url": url,
                "here": request.path.startswith(url),
            }
        )
    return {"rooms": rooms, "campaign": member.campaign, "member": member}
