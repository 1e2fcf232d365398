"""
``python -m bench.ingest [--phones N] [--events N] [--workers N]``: phones' batches, and a bare insert.

On a fresh embedded server with its usual durable settings, each phone with a walk of its own, a person
behind each door. For each phone in turn, each with its own commit:

* ``actions.record`` of its events: every rule, every sum;
* the same number of rows of the same shape, for another phone, by one bare multi-row
  ``INSERT … ON CONFLICT DO NOTHING`` into the same table behind the same wall;
* every row that such a batch writes (events, visits, answers, doors, people, knocks), each table by one bare
  statement, for a third phone: what no way of counting in the same transaction can be faster than;
* the same through the address that phones use, as JSON with the cookie, for a fourth phone;
* that batch sent again, when all of it is known.

Medians, and the quotients of events a second. Then ``--workers`` processes share as many phones again
through the address, by the clock. A million events: ``--phones 10000`` (50,000 walks are planted).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.ingest import bare
from bench.results.__main__ import analyze

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report

DOORS_A_WALK = 100
NOON = datetime(2026, 6, 13, 12, tzinfo=UTC)
CONTENDERS = ("record", "bare", "all rows", "address", "again")
WALKS_A_PHONE = 5
"""One for each contender but the last, who sends the batch of the one before again; and one at the end."""
SECRET = "a secret of every phone of this bench"

PLANT = (
    "insert into places_door (campaign_id, address_key, address, street, street_key, number, unit, "
    "postcode, district, uprn, floor, staircase, precision, placed_from, lon, lat) select "
    "%(campaign)s, 'door ' || n, '', 'Mill Lane', 'mill lane', n::text, '', '', '', '', 0, 0, 5, '', "
    "9.5, 47.1 from generate_series(1, %(doors)s) n",
    "insert into people_household (campaign_id, address_key, address, postcode, door_id) "
    "select %(campaign)s, address_key, '', '', id from places_door where campaign_id = %(campaign)s",
    "insert into people_person (campaign_id, household_id, surname, forename, name_key, origin) "
    "select %(campaign)s, id, 'N', '', 'n', 'contacts' from people_household "
    "where campaign_id = %(campaign)s",
    "insert into outings_turfdoor (campaign_id, action_id, turf_id, door_id, stop, live) "
    "select %(campaign)s, %(action)s, %(first)s + (nth - 1) / %(a_walk)s, id, "
    "1 + (nth - 1) %% %(a_walk)s, true from (select id, row_number() over (order by id) nth "
    "from places_door where campaign_id = %(campaign)s) d",
)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--events", type=int, default=100, help="of each phone, at most 100")
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hustings-bench-") as folder:
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder)
        figures = measure(chosen.phones, min(chosen.events, DOORS_A_WALK), chosen.workers)
        for name, value in figures.items():
            print(f"{name:52} {value:>12,.2f}")
    return 0


def measure(phones: int, events: int, workers: int) -> dict[str, float]:
    """All figures by name."""
    subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", "migrate"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    from hustings.server.start import django_setup

    django_setup()
    from hustings.apps.campaigns.actions import create_campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.canvass import actions

    campaign = create_campaign("large", "Large")
    with tenant(campaign.pk):
        turfs, devices, wording = plant(campaign, phones * WALKS_A_PHONE)
    analyze()
    spent: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    worked: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    rows = 0
    for phone in range(phones):
        ours, of_events, of_all, sent = (phone * WALKS_A_PHONE + n for n in range(4))

        def timed(name: str, work: Callable[[], object]) -> None:
            took, cpu = seconds(work)
            spent[name].append(took)
            worked[name].append(cpu)

        reports = reports_of(campaign, turfs[ours], events)
        timed("record", lambda: within(campaign, lambda: actions.record(devices[ours], reports)))  # noqa: B023
        for name, other, insert in (
            ("bare", of_events, bare.insert_events), ("all rows", of_all, bare.insert_all),
        ):  # fmt: skip
            others = residents_of(campaign, turfs[other])
            values = {
                "campaign": campaign.pk, "device": devices[other].pk, "turf": turfs[other], "at": NOON,
                "wording": wording,
                **bare.columns(reports_of(campaign, turfs[other], events), others),
            }  # fmt: skip
            counted: list[int] = []
            timed(name, lambda: within(campaign, lambda: counted.append(insert(values))))  # noqa: B023
            rows = counted[0]
        body = as_json(reports_of(campaign, turfs[sent], events))
        client = client_of(devices[sent])
        for name in ("address", "again"):
            timed(name, lambda: post(client, body))  # noqa: B023
    median = {name: statistics.median(each) for name, each in spent.items()}
    cpu = {name: statistics.median(each) for name, each in worked.items()}
    figures = {
        "events of each contender": float(phones * events),
        "rows a batch writes": float(rows),
    }
    for name in CONTENDERS:
        figures[f"{name}: ms a batch"] = 1000 * median[name]
        figures[f"{name}: ms of CPU a batch, Python and the server"] = 1000 * cpu[name]
        figures[f"{name}: events a second"] = events / median[name]
    for name in ("record", "address"):
        for against in ("bare", "all rows"):
            figures[f"{name} ÷ {against} (of events a second)"] = median[against] / median[name]
            figures[f"{name} ÷ {against}, by CPU"] = cpu[against] / cpu[name]
    figures |= together(
        campaign, turfs[4::WALKS_A_PHONE], devices[4::WALKS_A_PHONE], events, workers
    )
    check(campaign, phones, events)
    return figures


def together(
    campaign: Campaign, turfs: list[int], devices: list[Any], events: int, workers: int
) -> dict[str, float]:
    """As many phones again, through the address, by so many processes; by the clock."""
    from django.db import connection

    bodies = [as_json(reports_of(campaign, turf, events)) for turf in turfs]
    connection.close()
    connection.close_pool()
    began = time.perf_counter()
    children = []
    for worker in range(workers):
        child = os.fork()
        if child == 0:
            failed = 1
            try:
                for phone in range(worker, len(turfs), workers):
                    post(client_of(devices[phone]), bodies[phone])
                failed = 0
            finally:
                os._exit(failed)
        children.append(child)
    for child in children:
        _pid, status = os.waitpid(child, 0)
        assert status == 0, "a worker failed"
    rate = len(turfs) * events / (time.perf_counter() - began)
    return {
        f"{workers} workers through the address: events a second": rate,
        "÷ the 1,667 a second of a million in ten minutes": rate / (1_000_000 / 600),
    }


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long it takes, commit and all; and the CPU of it, this process's and its database server's."""
    from django.db import connection

    connection.ensure_connection()
    server = connection.connection.info.backend_pid
    before = time.process_time() + cpu_of(server)
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    return took, time.process_time() + cpu_of(server) - before


def cpu_of(process: int) -> float:
    """Seconds that the process ran, as Linux counts them; 0 elsewhere."""
    counted = Path(f"/proc/{process}/schedstat")
    return int(counted.read_text().split()[0]) / 1e9 if counted.exists() else 0.0


def within(campaign: Campaign, work: Callable[[], Any]) -> None:
    """In a transaction behind the wall; what is recorded must be stored."""
    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk):
        outcomes = work()
    assert all(outcome.status == "stored" for outcome in outcomes or ())


def client_of(device: Any) -> Any:
    """A phone's browser."""
    from django.test import Client

    from hustings.apps.accounts.access import DEVICE_COOKIE, DeviceToken

    client = Client()
    client.cookies[DEVICE_COOKIE] = str(DeviceToken(device.campaign_id, device.public_id, SECRET))
    return client


def post(client: Any, body: str) -> None:
    """Send a batch; all of it must be there."""
    answer = client.post("/w/events/", body, content_type="application/json", secure=True)
    assert answer.status_code == 200, answer.content[:500]


def doors_of(campaign: Campaign, turf: int) -> list[tuple[int, int]]:
    """The doors of a walk in order, each with somebody who lives there."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select d.door_id, p.id from outings_turfdoor d join people_household h "
            "on h.campaign_id = d.campaign_id and h.door_id = d.door_id join people_person p "
            "on p.campaign_id = d.campaign_id and p.household_id = h.id "
            "where d.turf_id = %s order by d.stop",
            [turf],
        )
        return [(door, person) for door, person in cursor.fetchall()]


def residents_of(campaign: Campaign, turf: int) -> list[int]:
    """Somebody at each door of a walk, in order."""
    return [person for _door, person in doors_of(campaign, turf)]


def reports_of(campaign: Campaign, turf: int, events: int) -> list[Report]:
    """One for each door of a walk: a third answers, the others are not in, refuse or want us back."""
    from hustings.apps.canvass.report import Report

    rows = doors_of(campaign, turf)[:events]
    kinds = ("no_answer", "answered", "no_answer", "no_answer", "answered", "refused")
    reports = []
    for nth, (door, person) in enumerate(rows):
        kind = kinds[nth % len(kinds)]
        answered = kind == "answered"
        reports.append(
            Report(id=time_ordered(), sequence=nth + 1, turf=turf, door=door, kind=kind,
                   person=person if answered else None, support=str(1 + nth % 5) if answered else "",
                   occurred_at=NOON, app="bench")
        )  # fmt: skip
    return reports


def time_ordered() -> uuid.UUID:
    """As phones make them: milliseconds first (UUID version 7)."""
    milliseconds = time.time_ns() // 1_000_000
    chance = uuid.uuid4().int & ((1 << 76) - 1)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | (chance & ~(3 << 62)) | 2 << 62)


def as_json(reports: list[Report]) -> str:
    """As a phone sends them."""
    events = [
        {
            "id": str(report.id), "format": 2, "sequence": report.sequence, "turf": report.turf,
            "door": report.door, "kind": report.kind, "occurred_at": NOON.isoformat(), "app": "bench",
        }
        | ({"person": report.person, "support": report.support} if report.person else {})
        for report in reports
    ]  # fmt: skip
    return json.dumps({"events": events, "newest": len(events)})


def plant(campaign: Campaign, phones: int) -> tuple[list[int], list[Any], int]:
    """A walk for each phone, let in, with doors and people; walks, phones and the wording's number."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from hustings.apps.accounts.models import Device, DeviceAdmission
    from hustings.apps.accounts.secrets import hash_of
    from hustings.apps.canvass import actions
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.outings.models import Action, Cut, Turf

    ends = timezone.now() + timedelta(days=1)
    action = Action.objects.create(campaign=campaign, name="Large", made_by="bench")
    cut = Cut.objects.create(campaign=campaign, action=action, asked_by="bench")
    walks = Turf.objects.bulk_create(
        Turf(campaign=campaign, action=action, cut=cut, number=n + 1, name="", minutes=90, walk_m=1000,
             door_count=DOORS_A_WALK, lon=9.5, lat=47.1, published_at=NOON)
        for n in range(phones)
    )  # fmt: skip
    secret = hash_of(SECRET)
    devices = Device.objects.bulk_create(
        Device(campaign=campaign, label="Tom", secret_hash=secret, expires_at=ends)
        for _n in range(phones)
    )
    DeviceAdmission.objects.bulk_create(
        DeviceAdmission(campaign=campaign, device=device, by_label="bench") for device in devices
    )
    WalkGrant.objects.bulk_create(
        WalkGrant(campaign=campaign, device=device, turf=turf, holder="Tom", expires_at=ends)
        for device, turf in zip(devices, walks, strict=True)
    )
    values = {"campaign": campaign.pk, "doors": phones * DOORS_A_WALK, "first": walks[0].pk,
              "action": action.pk, "a_walk": DOORS_A_WALK}  # fmt: skip
    with connection.cursor() as cursor:
        for statement in PLANT:
            cursor.execute(statement, values)
    return [turf.pk for turf in walks], devices, actions.wording_now(campaign).pk


def check(campaign: Campaign, phones: int, events: int) -> None:
    """Every event of five contenders is there once, and the doors of four are in the sums."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from canvass_canvassevent")
        there = cursor.fetchone()[0]
        cursor.execute("select count(*) from canvass_doorstanding where visits = 1")
        summed = cursor.fetchone()[0]
    assert (there, summed) == (5 * phones * events, 4 * phones * events), (there, summed)


if __name__ == "__main__":
    raise SystemExit(main())
