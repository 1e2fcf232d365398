"""
``python -m bench.ingest [--phones N] [--events N] [--workers N]``: phones' batches, and a bare insert.

On a fresh embedded server with its usual durable settings, each phone with a walk of its own, a person
behind each door. For each phone in turn, each with its own commit:

* ``actions.record`` of its events: every rule, every sum;
* the same number of rows of the same shape, for another phone, by one bare multi-row
  ``INSERT … ON CONFLICT DO NOTHING`` into the same table behind the same wall;
* the same through the address that phones use, as JSON with the cookie, for a third phone;
* that third batch sent again, when all of it is known.

Medians, and the quotients of events a second. Then ``--workers`` processes share as many phones again
through the address, by the clock. A million events: ``--phones 10000`` (40,000 walks are planted).
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
from typing import TYPE_CHECKING, Any

from bench.results.__main__ import analyze

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report

DOORS_A_WALK = 100
NOON = datetime(2026, 6, 13, 12, tzinfo=UTC)
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

BARE = """
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, language, wording_id, occurred_at, received_at, happened_at, app, digest)
select %(campaign)s, r.id, %(device)s, r.sequence, %(turf)s, r.door, r.person, 'door', r.kind, r.support,
  '', %(wording)s, %(at)s, now(), %(at)s, 'bench', r.digest
from unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(door)s::bigint[], %(person)s::bigint[],
  %(kind)s::text[], %(support)s::text[], %(digest)s::bytea[])
  r(id, sequence, door, person, kind, support, digest)
on conflict do nothing
"""


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
        turfs, devices, wording = plant(campaign, phones * 4)
    analyze()
    spent: dict[str, list[float]] = {"record": [], "bare": [], "address": [], "again": []}
    for phone in range(phones):
        ours, bare, sent = (phone * 4 + n for n in range(3))
        reports = reports_of(campaign, turfs[ours], events)
        spent["record"].append(
            seconds(lambda: within(campaign, lambda: actions.record(devices[ours], reports)))  # noqa: B023
        )
        rows = columns(reports_of(campaign, turfs[bare], events))
        values = {
            "campaign": campaign.pk, "device": devices[bare].pk, "turf": turfs[bare], "at": NOON,
            "wording": wording, **rows,
        }  # fmt: skip
        spent["bare"].append(seconds(lambda: within(campaign, lambda: insert(values))))  # noqa: B023
        body = as_json(reports_of(campaign, turfs[sent], events))
        client = client_of(devices[sent])
        for name in ("address", "again"):
            spent[name].append(seconds(lambda: post(client, body)))  # noqa: B023
    median = {name: statistics.median(each) for name, each in spent.items()}
    count = float(phones * events)
    figures = {"events of each contender": count}
    figures |= {f"{name}: ms a batch": 1000 * each for name, each in median.items()}
    figures |= {f"{name}: events a second": events / each for name, each in median.items()}
    figures["record ÷ bare (of events a second)"] = median["bare"] / median["record"]
    figures["address ÷ bare (of events a second)"] = median["bare"] / median["address"]
    figures |= together(campaign, turfs[3::4], devices[3::4], events, workers)
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


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, commit and all."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def within(campaign: Campaign, work: Callable[[], Any]) -> None:
    """In a transaction behind the wall; what is recorded must be stored."""
    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk):
        outcomes = work()
    assert all(outcome.status == "stored" for outcome in outcomes or ())


def insert(values: dict[str, Any]) -> None:
    """The bare insert."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE, values)
        assert cursor.rowcount == len(values["id"])


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


def reports_of(campaign: Campaign, turf: int, events: int) -> list[Report]:
    """One for each door of a walk: a third answers, the others are not in, refuse or want us back."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.canvass.report import Report

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select d.door_id, p.id from outings_turfdoor d join people_household h "
            "on h.campaign_id = d.campaign_id and h.door_id = d.door_id join people_person p "
            "on p.campaign_id = d.campaign_id and p.household_id = h.id "
            "where d.turf_id = %s order by d.stop limit %s",
            [turf, events],
        )
        rows = cursor.fetchall()
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


def columns(reports: list[Report]) -> dict[str, list[Any]]:
    """The reports by column, finished."""
    names = ("id", "sequence", "door", "person", "kind", "support")
    found: dict[str, list[Any]] = {
        name: [getattr(report, name) for report in reports] for name in names
    }
    return found | {"digest": [report.digest() for report in reports]}


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
    """Every event of four contenders is there once, and the doors of three are in the sums."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("select count(*) from canvass_canvassevent")
        there = cursor.fetchone()[0]
        cursor.execute("select count(*) from canvass_doorstanding where visits = 1")
        summed = cursor.fetchone()[0]
    assert (there, summed) == (4 * phones * events, 3 * phones * events), (there, summed)


if __name__ == "__main__":
    raise SystemExit(main())
