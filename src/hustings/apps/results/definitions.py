"""Every figure of the results, in words: what is counted, and out of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One figure.

    Parameters
    ----------
    label, definition
        As a person reads them.
    of
        The figure it is a share of; empty for a count.
    """

    label: str | Promise
    definition: str | Promise
    of: str = ""


FIGURES: dict[str, Figure] = {
    "doors": Figure(
        _("Doors on walks"),
        _(
            "Doors of published walks. A door that went back undone when its walk came back is not "
            "counted; a door in two actions counts once in each."
        ),
    ),
    "knocked": Figure(
        _("Doors knocked"),
        _("Doors on walks where a canvasser recorded at least one attempt that was not undone."),
        of="doors",
    ),
    "contacts": Figure(
        _("Contact rate"),
        _(
            "Doors knocked where somebody was spoken to: an answer, a refusal, or any other result "
            "but “no answer” and “could not get to the door”."
        ),
        of="knocked",
    ),
    "answers": Figure(
        _("Answers"),
        _(
            "People (or doors where nobody is known by name) whose answer counts now: the newest of "
            "a walk that was not undone or corrected."
        ),
    ),
    "support": Figure(
        _("Support"),
        _("Answers that name this level or party."),
        of="answers",
    ),
    "disputed": Figure(
        _("Different answers"),
        _(
            "Answers where two phones of one walk heard different ones; the newest is counted, both are kept."
        ),
        of="answers",
    ),
    "come_back": Figure(
        _("Come back"),
        _("Doors on walks where the newest result is that we should come back."),
        of="doors",
    ),
    "visits": Figure(
        _("Visits"),
        _(
            "One phone at one door on one of the campaign’s days; only by walks’ channel “at the door”."
        ),
    ),
}
