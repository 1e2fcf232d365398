"""What an organiser sees at a table: who came, what is left, whom nothing fits and what fits nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from hustings.apps.dispatch import fitting
from hustings.apps.dispatch.access import is_with
from hustings.apps.dispatch.fitting import FreeWalk, Wants
from hustings.apps.dispatch.models import Arrival, Table
from hustings.apps.outings.models import Checkout

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

MOST_ARRIVALS_SHOWN = 200


class Came(NamedTuple):
    """Somebody who came, and whether they have their walk now."""

    arrival: Arrival
    is_out: bool
    wants: Wants


class Left(NamedTuple):
    """A free walk, and whether it fits nobody who came so far."""

    walk: FreeWalk
    fits_nobody: bool


class TableNow(NamedTuple):
    """A table as it stands."""

    table: Table
    out: list[Came]
    waiting: list[Came]
    over: list[Came]
    left: list[Left]


def tables_of(campaign: Campaign, most: int = 50) -> list[Table]:
    """Newest first."""
    return list(
        Table.objects.of(campaign).select_related("action").order_by("-opened_at", "-pk")[:most]
    )


def table_now(table: Table) -> TableNow:
    """Everybody who came and everything that is left: three questions."""
    arrivals = list(
        Arrival.objects.of(table.campaign_id)
        .filter(table=table)
        .select_related("turf", "joins", "sign_up__volunteer__person")
        .order_by("-arrived_at", "-pk")[:MOST_ARRIVALS_SHOWN]
    )
    now = timezone.now()
    held = {
        one.turf_id: one
        for one in Checkout.objects.of(table.campaign_id).filter(
            turf_id__in=[one.turf_id for one in arrivals if one.turf_id],
            returned_at=None,
            expires_at__gt=now,
        )
    }
    came = [
        Came(
            one,
            one.turf_id in held
            and is_with(held[one.turf_id], one)
            and not one.taken_back_by
            and one.over_at is None,
            Wants.from_json(one.wishes, table.place),
        )
        for one in arrivals
    ]
    free = fitting.free_walks(table.action, table.place)
    return TableNow(
        table,
        out=[one for one in came if one.is_out],
        waiting=sorted(
            (one for one in came if one.arrival.turf_id is None and one.arrival.over_at is None),
            key=lambda one: one.arrival.told_at is None,
        ),
        over=[one for one in came if one.arrival.turf_id is not None and not one.is_out],
        left=[
            Left(walk, bool(came) and all(fitting.misfits(walk, one.wants) for one in came))
            for walk in sorted(free, key=lambda walk: walk.number)
        ],
    )
