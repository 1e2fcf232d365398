"""
``python -m bench.results [--doors N] [--events N]``: the results page's questions in a large campaign.

Printed, all from the same run on a fresh embedded server with its usual durable settings:

* the numbers of the whole campaign, and the mark that answers 304 while nothing changed, in milliseconds
  (median of seven), with how many questions each asks;
* the doors on the map, as an organiser and as an observer get them: milliseconds (median of seven), and
  kilobytes as they are and as they are sent; the mark that answers 304 for them;
* one phone's batches of 50 events on top of all that: events a second, and ÷ a bare multi-row
  ``INSERT … ON CONFLICT DO NOTHING`` of as many rows into the same table.

The events are planted by the database itself and the sums worked out from them by the real rules
(``intake.work_out``), a walk at a time.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign

DOORS_A_WALK = 100
NOON = datetime(2026, 6, 13, 12, tzinfo=UTC)

PLANT_EVENTS = """
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, language, occurred_at, received_at, happened_at, app, digest)
select %(campaign)s, gen_random_uuid(), %(device)s, n, d.turf_id, d.door_id,
  case when n %% 5 < 2 then p.id end, 'door',
  case when n %% 5 < 2 then 'answered' else 'no_answer' end,
  case when n %% 5 < 2 then (1 + (n + d.door_id) %% 5)::text else '' end, '',
  timestamptz '2026-06-01 12:00Z' + n * interval '1 day' + d.stop * interval '1 minute',
  timestamptz '2026-07-01 12:00Z',
  least(timestamptz '2026-06-01 12:00Z' + n * interval '1 day' + d.stop * interval '1 minute',
    timestamptz '2026-07-01 12:00Z'), 'bench', ''
from outings_turfdoor d
join people_household h on h.campaign_id = d.campaign_id and h.door_id = d.door_id
join people_person p on p.campaign_id = d.campaign_id and p.household_id = h.id
cross join generate_series(1, %(each)s) n
where d.campaign_id = %(campaign)s
"""


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.results", description=__doc__)
    parser.add_argument("--doors", type=int, default=200_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hustings-bench-") as folder:
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder)
        for name, value in measure(chosen.doors, chosen.events).items():
            print(f"{name:44} {value:>14,.2f}")
    return 0


def measure(doors: int, events: int) -> dict[str, float]:
    """All figures by name."""
    import subprocess
    import sys

    subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", "migrate"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    from hustings.server.start import django_setup

    django_setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hustings.apps.campaigns.actions import create_campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.canvass import actions, intake
    from hustings.apps.canvass.report import Report
    from hustings.apps.results import doors as map_doors
    from hustings.apps.results import queries

    campaign = create_campaign("large", "Large")
    with tenant(campaign.pk):
        turfs, device = plant(campaign, doors, events)
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from canvass_canvassevent")
        planted = float(cursor.fetchone()[0])
    analyze()
    started = time.perf_counter()
    for turf in turfs:
        with tenant(campaign.pk), connection.cursor() as cursor:
            cursor.execute(
                "select d.door_id, p.id from outings_turfdoor d "
                "join people_household h on h.campaign_id = d.campaign_id and h.door_id = d.door_id "
                "join people_person p on p.campaign_id = d.campaign_id and p.household_id = h.id "
                "where d.turf_id = %s",
                [turf],
            )
            rows = cursor.fetchall()
            walk = {(turf, door) for door, _person in rows}
            people = {person for _door, person in rows}
            homes = {(person, door) for door, person in rows}
            intake.lock(campaign, walk, people)
            intake.work_out(campaign, walk, people, homes)
    worked_out_s = time.perf_counter() - started
    analyze()
    figures: dict[str, float] = {
        "doors": float(doors),
        "events": planted,
        "worked out anew, s": worked_out_s,
    }

    def ask(question: Callable[[], object]) -> float:
        with tenant(campaign.pk):
            began = time.perf_counter()
            question()
            return 1000 * (time.perf_counter() - began)

    def on_the_map(single_doors: bool) -> str:
        return map_doors.doors_as_geojson(campaign, None, single_doors=single_doors)[0]

    for name, question in {
        "numbers": lambda: queries.effort(campaign),
        "mark for 304": lambda: queries.version_of(campaign, None),
        "map, single doors": lambda: on_the_map(single_doors=True),
        "map, walks": lambda: on_the_map(single_doors=False),
        "map's mark for 304": lambda: map_doors.mark_of(campaign, None, single_doors=True),
    }.items():
        figures[f"{name}, ms"] = statistics.median(ask(question) for _ in range(7))
        with tenant(campaign.pk), CaptureQueriesContext(connection) as asked:
            question()
        figures[f"{name}, questions"] = float(len(asked))

    with tenant(campaign.pk):
        for name, single_doors in (("single doors", True), ("walks", False)):
            sent = on_the_map(single_doors=single_doors).encode()
            figures[f"map, {name}, kB"] = len(sent) / 1000
            began = time.perf_counter()
            figures[f"map, {name}, kB as sent"] = len(gzip.compress(sent, 6)) / 1000
            figures[f"map, {name}, ms to pack"] = 1000 * (time.perf_counter() - began)

    spent = []
    for batch in range(20):
        with tenant(campaign.pk):
            door_ids = doors_of(turfs[batch])
            reports = [
                Report(id=uuid.uuid4(), sequence=10_000 + n, turf=turfs[batch], door=door,
                       kind="no_answer", occurred_at=NOON)
                for n, door in enumerate(door_ids[:50])
            ]  # fmt: skip
            began = time.perf_counter()
            outcomes = actions.record(device, reports)
        spent.append(time.perf_counter() - began)
        assert all(
            outcome.status == "stored" for outcome in outcomes
        )  # a bench that stores nothing says nothing
    figures["batches of 50: events a second"] = 50 / statistics.median(spent)
    bare = [bare_insert(campaign, device.pk, turfs[batch], NOON) for batch in range(20)]
    figures["bare insert of 50: events a second"] = 50 / statistics.median(bare)
    figures["ours ÷ bare insert (of events a second)"] = statistics.median(
        bare
    ) / statistics.median(spent)
    return figures


def plant(campaign: Campaign, doors: int, events: int) -> tuple[list[int], Any]:
    """Doors with a person each, on walks of a hundred, and the events; the walks and the phone."""
    from django.db import connection
    from django.utils import timezone

    from hustings.apps.audit.actors import command
    from hustings.apps.canvass import actions
    from hustings.apps.canvass.leave import A_SHIFT
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.outings.models import Action, Cut, Turf

    action = Action.objects.create(campaign=campaign, name="Large", made_by="bench")
    cut = Cut.objects.create(campaign=campaign, action=action, asked_by="bench")
    walks = Turf.objects.bulk_create(
        Turf(campaign=campaign, action=action, cut=cut, number=n + 1, name=f"Walk {n + 1}",
             door_count=DOORS_A_WALK, minutes=90, walk_m=1000, lon=9 + n % 50 / 100,
             lat=47 + n / 100_000, published_at=NOON)
        for n in range(doors // DOORS_A_WALK)
    )  # fmt: skip
    device, _token = actions.ask_for_walk(walks[0], "Tom", by=command("bench"))
    WalkGrant.objects.bulk_create(
        WalkGrant(campaign=campaign, device=device, turf=turf, holder="Tom",
                  expires_at=timezone.now() + A_SHIFT)
        for turf in walks[1:40]
    )  # fmt: skip
    values = {"campaign": campaign.pk, "doors": doors, "first": walks[0].pk, "action": action.pk,
              "a_walk": DOORS_A_WALK, "device": device.pk, "each": max(events // doors, 1)}  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (
            "insert into places_door (campaign_id, address_key, address, street, street_key, number, unit, "
            "postcode, district, uprn, floor, staircase, precision, placed_from, lon, lat) select "
            "%(campaign)s, 'door ' || n, '', 'Mill Lane', 'mill lane', n::text, '', '', '', '', 0, 0, "
            "5, '', 9.4 + n %% 447 * 0.00037 + n * 7919 %% 31 / 1e5, "
            "47.1 + n / 447 * 0.00019 + n * 6151 %% 17 / 1e5 "
            "from generate_series(1, %(doors)s) n",
            "insert into people_household (campaign_id, address_key, address, postcode, door_id) "
            "select %(campaign)s, address_key, '', '', id from places_door where campaign_id = %(campaign)s",
            "insert into people_person (campaign_id, household_id, surname, forename, name_key, origin) "
            "select %(campaign)s, id, 'N', '', 'n', 'contacts' from people_household "
            "where campaign_id = %(campaign)s",
            "insert into outings_turfdoor (campaign_id, action_id, turf_id, door_id, stop, live) "
            "select %(campaign)s, %(action)s, %(first)s + (nth - 1) / %(a_walk)s, id, "
            "1 + (nth - 1) %% %(a_walk)s, true from (select id, row_number() over (order by id) nth "
            "from places_door where campaign_id = %(campaign)s) d",
            PLANT_EVENTS,
        ):
            cursor.execute(statement, values)
    return [turf.pk for turf in walks], device


def doors_of(turf: int) -> list[int]:
    """The doors of a walk, in order."""
    from hustings.apps.outings.models import TurfDoor

    return list(
        TurfDoor.objects.filter(turf_id=turf).order_by("stop").values_list("door_id", flat=True)
    )


def bare_insert(campaign: Campaign, device: int, turf: int, at: datetime) -> float:
    """Seconds to add fifty finished rows and commit, and nothing else."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk):
        rows = [(uuid.uuid4(), door) for door in doors_of(turf)[:50]]
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, "
                "door_id, channel, kind, support, language, occurred_at, received_at, happened_at, app, digest) "
                "select %s, r.id, %s, 1, %s, r.door, 'door', 'no_answer', '', '', %s, now(), %s, '', '' "
                "from unnest(%s::uuid[], %s::bigint[]) r(id, door) on conflict do nothing",
                [campaign.pk, device, turf, at, at, [r[0] for r in rows], [r[1] for r in rows]],
            )
    return time.perf_counter() - began


def analyze() -> None:
    """Let the planner know the sizes, as autovacuum would within a minute; only the owner may."""
    import subprocess
    import sys

    subprocess.run(
        [sys.executable, "-c",
         "from hustings.server.start import django_setup; django_setup(as_owner=True)\n"
         "from django.db import connection; connection.cursor().execute('analyze')"],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
