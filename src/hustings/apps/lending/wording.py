"""Words of this room: what a volunteer may tick, where an offer stands, and countries by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumbers.geodata.locale import LOCALE_DATA

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DETAILS: dict[str, str | StrPromise] = {
    "name": _("My name"),
    "email": _("My e-mail address"),
    "telephone": _("My telephone number"),
    "languages": _("The languages I speak"),
    "dates": _("When I can help"),
    "skills": _("What I am good at"),
}
"""What can be ticked; each by itself, and nothing else is ever sent."""
TICKED: dict[str, str | StrPromise] = {
    "name": _("Name"),
    "email": _("E-mail"),
    "telephone": _("Telephone"),
    "languages": _("Languages"),
    "dates": _("When"),
    "skills": _("Good at"),
}
"""The same as the campaign reads it that they go to, and as our own desk does."""

STATES: dict[str, str | StrPromise] = {
    "open": _("waits for their answer"),
    "over": _("the link ran out without an answer"),
    "declined": _("said no"),
    "accepted": _("said yes"),
    "withdrawn": _("took it back; no receipt of deletion yet"),
    "deleted": _("deleted by the other campaign"),
    "ended": _("the last day is over"),
}

METHODS: dict[str, str | StrPromise] = {
    "playbook": _("playbook"),
    "leaflet": _("leaflet"),
    "badge": _("badge"),
    "poster": _("poster"),
    "sticker": _("sticker"),
    "shirt": _("shirt"),
}
ANSWERS: dict[str, str | StrPromise] = {
    "accepted": _("they come"),
    "declined": _("they do not come"),
    "tentative": _("they may come"),
}
OUR_ANSWERS: dict[str, str | StrPromise] = {
    "accepted": _("we come"),
    "declined": _("we do not come"),
    "tentative": _("we may come"),
}


def country_name(code: str) -> str:
    """What a country is called in the reader's language, or else in English; the code where it is unknown."""
    names = LOCALE_DATA.get(code.upper(), {})
    name: str = names.get((get_language() or "en")[:2], names.get("en", code))
    if name.startswith("*"):  # the table's own way to say «as in that language»
        name = names.get(name[1:], names.get("en", code))
    return name if not name.startswith("*") else code
