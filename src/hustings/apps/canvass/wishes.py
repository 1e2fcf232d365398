"""
What somebody at a door wished for besides their answer, in the codes that phones send.

Nothing here needs the database. What becomes of a wish is the business of the room ``followups``.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.canvass.kinds import Kind


class Wish(models.TextChoices):
    """Something to be done for whoever said so."""

    POSTER = "poster", _("A poster")
    POSTAL_VOTE = "postal_vote", _("To vote by post")
    LIFT = "lift", _("A lift to vote")
    CASEWORK = "casework", _("Help with something")
    VOLUNTEER = "volunteer", _("To help us")
    CALL_BACK = "call_back", _("To be rung up")


MAY_WISH = frozenset(map(str, (Kind.ANSWERED, Kind.REFUSED, Kind.COME_BACK, Kind.LANGUAGE)))
"""Somebody was there and may be come back to, so that a wish can go with it."""
LONGEST_NOTE = 200
"""Characters of what a wish is about."""


def wishes_in(text: str) -> tuple[str, ...]:
    """The codes of a report, in which a space stands between two."""
    return tuple(text.split())


def in_order(codes: tuple[str, ...]) -> str:
    """Codes as a report has them: each once, in the order of :class:`Wish`."""
    return " ".join(code for code in Wish.values if code in codes)


def why_not(kind: str, wishes: str, note: str, *, card_left: bool) -> str:
    """Why a report cannot say this; empty where it can."""
    codes = wishes_in(wishes)
    if unknown := [code for code in codes if code not in Wish.values]:
        return f"«{unknown[0]}» is nothing that can be wished for."
    if wishes != in_order(codes):
        return "Each wish is named once, in their order."
    if codes and kind not in MAY_WISH:
        return "A wish goes with what somebody said."
    if note and not codes:
        return "What a wish is about goes with a wish."
    if card_left and kind != Kind.NO_ANSWER:
        return "A card is left where nobody was in."
    return ""
