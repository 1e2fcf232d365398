"""Erasing a person from this room: who made, counted or holds something, and names in places and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import (
    NOBODY,
    empty_labels,
    empty_mentions,
    rows_that_name,
)
from hustings.apps.materials.models import Holder, StockPlace

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Copies stay counted; what was published stays as it was, imprint and all."""
    return {
        "materials_campaignimprint": empty_labels(who, "materials_campaignimprint", "set_by"),
        "materials_design": empty_labels(who, "materials_design", "made_by"),
        "materials_artwork": empty_labels(who, "materials_artwork", "sent_by"),
        "materials_release": empty_labels(who, "materials_release", "made_by"),
        "materials_publication": empty_labels(who, "materials_publication", "by"),
        "materials_withdrawal": empty_mentions(who, "materials_withdrawal", "why")
        + empty_labels(who, "materials_withdrawal", "by"),
        "materials_wenton": empty_mentions(who, "materials_wenton", "reason")
        + empty_labels(who, "materials_wenton", "by"),
        "materials_exported": empty_labels(who, "materials_exported", "by"),
        "materials_noted": empty_labels(who, "materials_noted", "by"),
        "materials_stockplace": _renamed(who, StockPlace)
        + empty_mentions(who, "materials_stockplace", "address")
        + empty_labels(who, "materials_stockplace", "made_by"),
        "materials_holder": _renamed(who, Holder),
        "materials_stockmove": empty_labels(who, "materials_stockmove", "by"),
    }


def _renamed(who: Leaving, model: type[Holder | StockPlace]) -> int:
    """A number instead of a name, since no two may be called the same."""
    rows = model.objects.of(who.campaign_id)
    found = {
        *rows_that_name(who, model._meta.db_table, "name"),
        *rows.filter(name__in=who.labels).values_list("pk", flat=True),
    }
    for number in found:
        rows.filter(pk=number).update(name=f"{NOBODY} {number}")
    return len(found)
