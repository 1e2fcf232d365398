"""Erasing a person from this room: a volunteer's name at the tables they came to, and who opened one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, rows_that_name
from hustings.apps.dispatch.models import Arrival, Table

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """That somebody came, when, and what fitted them stays, without a name."""
    theirs = (
        Q(device_id__in=who.phones)
        | Q(sign_up__volunteer__person_id=who.person_id)
        | Q(pk__in=rows_that_name(who, "dispatch_arrival", "name"))
    )
    came = Arrival.objects.of(who.campaign_id).filter(theirs)
    tables = Table.objects.of(who.campaign_id)
    return {
        "dispatch_arrival": came.update(name=NOBODY, why="")
        + empty_labels(who, "dispatch_arrival", "name", "taken_back_by"),
        "dispatch_table": empty_labels(who, "dispatch_table", "opened_by", "closed_by")
        + tables.filter(pk__in=rows_that_name(who, "dispatch_table", "name")).update(name=NOBODY),
    }
