"""An imprint: the words a country's law wants on a thing, and the facts about a thing that rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.core.law.fact import Value

LEAST_POINTS = 6
"""Smaller than this nobody can be said to see it."""
MOST_POINTS = 24


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is said in one country; empty where it is not known or not needed."""

    country: str
    publisher: str = "other"
    promoter_name: str = ""
    promoter_address: str = ""
    for_another: bool = False
    behalf_name: str = ""
    behalf_address: str = ""
    printer_name: str = ""
    printer_address: str = ""
    paid_for_by: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """
    What is published, as far as rules ask.

    Parameters
    ----------
    medium, item
        As the facts of a release have them: printed or digital; a leaflet, a badge.
    pages
        Printed sides; the imprint stands on the first.
    points
        How high the imprint's type is.
    paid
        Whether anybody is paid to show it.
    """

    medium: str
    item: str
    pages: int
    points: int
    paid: bool

    def __post_init__(self) -> None:
        if not LEAST_POINTS <= self.points <= MOST_POINTS:
            raise BadInput(
                f"The imprint is {LEAST_POINTS} to {MOST_POINTS} points high, so that it can be read."
            )


def facts_of(thing: Thing, imprint: Imprint) -> dict[str, Value]:
    """
    The facts of the act ``release``.

    Where and how the imprint stands is no answer of anybody: the typesetter always sets it on the first page, in
    a box of its own, black on white.
    """
    return {
        "shown_in": imprint.country,
        "medium": thing.medium,
        "item": thing.item,
        "paid_for_by": imprint.paid_for_by.strip(),
        "notice_boxed": True,
        "notice_points": thing.points,
        "printer_name": imprint.printer_name.strip(),
        "printer_address": imprint.printer_address.strip(),
        "promoter_name": imprint.promoter_name.strip(),
        "promoter_address": imprint.promoter_address.strip(),
        "for_another": imprint.for_another,
        "behalf_name": imprint.behalf_name.strip(),
        "behalf_address": imprint.behalf_address.strip(),
        "imprint_visible": True,
        "sides": thing.pages,
        "imprint_place": "face" if thing.pages <= 1 else "first-or-last-page",
        "paid": thing.paid,
        "publisher": imprint.publisher,
        "imprint_practicable": True,
        "digital_imprint": "in-the-material",
    }
