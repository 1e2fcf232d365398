"""The kinds of follow-ups, and how many days each may wait unless somebody says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

COME_BACK = str(Kind.COME_BACK)

LABELS: Mapping[str, str | Promise] = {
    Wish.POSTAL_VOTE.value: _("Vote by post"),
    Wish.LIFT.value: _("Lift to vote"),
    COME_BACK: _("Come back"),
    Wish.CALL_BACK.value: _("Ring up"),
    Wish.POSTER.value: _("Poster"),
    Wish.CASEWORK.value: _("Casework"),
    Wish.VOLUNTEER.value: _("Would help"),
}
"""What a tray calls them; the codes are those of events."""

DAYS: Mapping[str, int] = {
    Wish.POSTAL_VOTE.value: 2,
    Wish.LIFT.value: 5,
    Wish.CALL_BACK.value: 2,
    Wish.POSTER.value: 4,
    Wish.CASEWORK.value: 5,
    Wish.VOLUNTEER.value: 3,
}
"""
Days after the door on which each is due. Coming back is due on the day that was said.

What has to be over before polling day is due on the day before it at the latest (:data:`BEFORE_POLLING`). The
day on which applications to vote by post close differs by place, and no polling day here knows it.
"""
BEFORE_POLLING = (Wish.POSTAL_VOTE.value, Wish.LIFT.value)
