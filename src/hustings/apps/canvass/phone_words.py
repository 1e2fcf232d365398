"""What stands beside a phone on the organiser's page, put together once: it asks for itself every few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.canvass.queries import Phone


class PhoneWords:
    """The words that many phones share, looked up once for all of a page."""

    def __init__(self) -> None:
        self._until = _("until %(at)s")
        self._heard_at = _("last heard from at %(at)s")
        self._of_walk: dict[int, str] = {}

    def recorded(self, phone: Phone) -> str:
        """How far it is with each of its walks, and until when it may go on."""
        words = [self._said_of(grant, doors) for grant, doors in phone.walks]
        return " · ".join([*words, self._until % {"at": _clock(phone.device.expires_at)}])

    def heard_from(self, phone: Phone) -> str:
        """When it was heard from last, and what it said of itself then; "" where it never was."""
        if phone.sync is None:
            return ""
        words = [self._heard_at % {"at": _clock(phone.sync.at)}]
        if unsent := phone.sync.unsent:
            said = ngettext("%(n)s was unsent then", "%(n)s were unsent then", unsent)
            words.append(said % {"n": localize(unsent)})
        if minutes := phone.clock_off_minutes:
            said = _("its clock is off by %(minutes)s minutes; times are put right")
            words.append(said % {"minutes": localize(minutes)})
        return " · ".join(words)

    def _said_of(self, grant: Any, doors: int) -> str:
        phrase = self._of_walk.get(doors)
        if phrase is None:
            phrase = self._of_walk[doors] = ngettext(
                "walk %(number)s: %(n)s door recorded",
                "walk %(number)s: %(n)s doors recorded",
                doors,
            )
        said = phrase % {"number": localize(grant.turf.number), "n": localize(doors)}
        if grant.held:
            said += ", " + _("%(n)s held") % {"n": localize(grant.held)}
        return said + ", " + _("handed back") if grant.is_back else said


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
