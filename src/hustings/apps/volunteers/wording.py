"""Words of this room: what somebody may wish to do, when, and in which languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumbers.geodata.locale import LOCALE_DATA

from hustings.apps.lending.wording import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

WISHES: dict[str, str | StrPromise] = {
    "knock": _("knock on doors"),
    "leaflet": _("put leaflets through doors"),
    "call": _("ring people up"),
    "stall": _("stand at a stall"),
    "drive": _("drive people"),
    "office": _("type things in, pack, print"),
    "host": _("lend a room, or put somebody up"),
    "lead": _("lead a team"),
}
"""By the code that is kept; a code that is not here any more is shown as it stands."""
DAYS: dict[str, str | StrPromise] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
PARTS: dict[str, str | StrPromise] = {
    "morning": _("morning"),
    "afternoon": _("afternoon"),
    "evening": _("evening"),
}
TIMES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
"""A day and a part of it: ``sat-morning``."""


def languages() -> list[tuple[str, str]]:
    """Language tags and what those who speak them call them, by name."""
    plain = {
        tag: str(said["name_local"])
        for tag, said in LANG_INFO.items()
        if "name_local" in said and ("-" not in tag or tag.startswith("zh-han"))
    }
    return sorted(plain.items(), key=lambda one: one[1].casefold())


def countries() -> list[tuple[str, str]]:
    """Countries by their names in the reader's language."""
    named = [(code, country_name(code)) for code in LOCALE_DATA if len(code) == 2]
    return sorted(named, key=lambda one: one[1].casefold())


def languages_said(tags: Iterable[str]) -> str:
    """Languages in a line, best first."""
    return ", ".join(str(LANG_INFO.get(tag, {}).get("name_local", tag)) for tag in tags)


def wishes_said(codes: Iterable[str]) -> str:
    """What somebody wishes to do, in a line."""
    return ", ".join(str(WISHES.get(code, code)) for code in codes)


def times_said(codes: Iterable[str]) -> str:
    """When somebody can, in a line: a day once, with its parts."""
    chosen = set(codes)
    lines = []
    for day, name in DAYS.items():
        parts = [str(PARTS[part]) for part in PARTS if f"{day}-{part}" in chosen]
        if len(parts) == len(PARTS):
            lines.append(gettext("%(day)s, all day") % {"day": name})
        elif parts:
            lines.append(f"{name} {', '.join(parts)}")
    return "; ".join(lines)
