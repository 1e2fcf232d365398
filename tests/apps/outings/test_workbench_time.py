"""A preview on a cut of 20,000 doors: what it costs, printed, and how often it asks the database."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import cutting, moving_doors, sources, workbench_ground
from hustings.apps.outings.models import Action, Cut, PlanStep
from hustings.apps.places.models import Door
from hustings.core.turf.cut import cut as cut_doors
from tests.core.laws.strategies import grid

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork

SIDE, DOORS_A_SIDE = 32, 5
MOST_CPU_MS = 150.0
"""Of the median; some five times what a quiet machine needs, so that a busy one does not fail it."""
MOST_QUERIES = 12


def doors_along(campaign: Campaign, streets: StreetNetwork) -> list[Door]:
    """Five doors on each side of each street between two junctions."""
    ends = [
        np.column_stack([streets.node_lon[at], streets.node_lat[at]])
        for at in (streets.edge_from, streets.edge_to)
    ]
    doors = []
    for edge in range(streets.edge_count):
        step = ends[1][edge] - ends[0][edge]
        aside = 1e-4 * np.array([1.0, 0.0] if step[0] == 0 else [0.0, 1.0])
        name = streets.street_names[streets.edge_street[edge]]
        for nth in range(DOORS_A_SIDE):
            for side in (-1, 1):
                lon, lat = ends[0][edge] + step * (nth + 0.5) / DOORS_A_SIDE + side * aside
                number = len(doors) + 1
                doors.append(
                    Door(
                        campaign=campaign, address_key=f"{number} {name}".lower(), street=name,
                        number=str(number), house=number, lon=lon, lat=lat,
                    )
                )  # fmt: skip
    return doors


@pytest.mark.slow
def test_a_preview_in_a_cut_of_twenty_thousand_doors(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    streets = grid(SIDE, SIDE)
    monkeypatch.setattr(workbench_ground, "streets_kept", lambda campaign: streets)
    with tenant(campaign.pk):
        Door.objects.bulk_create(doors_along(campaign, streets), batch_size=5_000)
        wishes = cutting.wishes_kept(campaign, by="minutes", size=120, cross_districts=True)
        action = Action.objects.create(campaign=campaign, name="Saturday", made_by="Alice")
        cut = Cut.objects.create(
            campaign=campaign, action=action, asked_by="Alice", wishes=wishes,
            finished_at=timezone.now(), numbers={},
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "select id, lon, lat, street, number, building_id, floor, staircase, 1, '', "
                "precision, postcode from places_door order by id"
            )
            chosen = sources.as_doors(cursor.fetchall())
        found = cut_doors(chosen.doors, streets, cutting.wishes_of(wishes), effort="first")
        cutting.write(cut, found, chosen, streets)
        walks = found.plan.walks()
        numbers = list(walks)
        spent, asked = [], 0
        for turn in range(40):
            walk = walks[numbers[7 * turn % len(numbers)]]
            away = np.hypot(
                chosen.doors.lon - chosen.doors.lon[walk[0]],
                chosen.doors.lat - chosen.doors.lat[walk[0]],
            )
            away[found.plan.turf == found.plan.turf[walk[0]]] = np.inf
            to = int(found.plan.turf[away.argmin()])
            begun = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                moving_doors.preview(campaign, cut.pk, chosen.ids[walk[:3]].tolist(), to)
            spent.append(1000 * (time.process_time() - begun))
            asked = max(asked, len(queries))
        assert not PlanStep.objects.of(campaign).exists()
    later = np.array(spent[3:])  # the first ones load the kernels
    sys.stdout.write(
        f"{len(chosen.ids)} doors, {len(numbers)} walks: a preview takes {np.median(later):.1f} ms of CPU "
        f"(median), {np.percentile(later, 95):.1f} ms (p95), {asked} questions\n"
    )
    assert asked <= MOST_QUERIES
    assert np.median(later) <= MOST_CPU_MS
