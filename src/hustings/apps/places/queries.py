"""Questions about places: the streets, the map, and how well doors are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Max, Q

from hustings.apps.audit.models import AuditLine
from hustings.apps.places.models import Door
from hustings.apps.places.town import street_network, town_map
from hustings.core.places.match import Precision

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from hustings.apps.campaigns.models import Campaign


def times_placed(campaign: Campaign) -> int:
    """
    How many times doors were put somewhere: while it stays, none has moved.

    Each time leaves one audit line; asked by their subject, for which there is an index.
    """
    placed: int = (
        AuditLine.objects.of(campaign)
        .filter(
            Q(subject="file", verb="places.import")
            | Q(subject="door", subject_id="", verb="places.by_hand")
        )
        .count()
    )
    return placed


class Share(NamedTuple):
    """How many doors are placed this well."""

    precision: int
    label: str | Promise
    doors: int
    percent: float


class StreetToPlace(NamedTuple):
    """A street with doors that no map placed at a building."""

    street: str
    street_key: str
    doors: int
    best: int


def map_credit(campaign: Campaign) -> str:
    """Whose map it is, for screen and paper; empty without a map."""
    found = town_map(campaign)
    return found.credit if found else ""


def coverage(campaign: Campaign) -> list[Share]:
    """How many doors are placed how well, best first; every kind is a row."""
    counts = dict(
        Door.objects.of(campaign).values_list("precision").annotate(doors=Count("id")).order_by()
    )
    total = sum(counts.values())
    return [
        Share(
            precision,
            Door.PRECISIONS[precision],
            counts.get(precision, 0),
            100 * counts.get(precision, 0) / total if total else 0.0,
        )
        for precision in sorted(Precision, reverse=True)
    ]


def streets_to_place(campaign: Campaign, most: int = 200) -> list[StreetToPlace]:
    """Streets with doors placed worse than at their building, most doors first."""
    rows = (
        Door.objects.of(campaign)
        .filter(precision__lt=Precision.INTERPOLATED)
        .values("street", "street_key")
        .annotate(doors=Count("id"), best=Max("precision"))
        .order_by("-doors", "street")[:most]
    )
    return [
        StreetToPlace(row["street"], row["street_key"], row["doors"], row["best"]) for row in rows
    ]


def doors_of_street(campaign: Campaign, street_key: str, most: int = 500) -> list[Door]:
    """A street's doors by number, for placing them by hand."""
    return list(
        Door.objects.of(campaign)
        .filter(street_key=street_key)
        .order_by("house", "number", "unit")[:most]
    )


__all__ = [
    "coverage",
    "doors_of_street",
    "map_credit",
    "street_network",
    "streets_to_place",
    "town_map",
]
