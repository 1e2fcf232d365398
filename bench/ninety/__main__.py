"""
``python -m bench.ninety [--doors N] [--requests N] [--spots N] [--workers N] [--threads N] [--judged N]
[--keep FOLDER]``:
a walk of ninety minutes from here, asked for by very many at once.

On a fresh embedded server with its usual durable settings: an invented city with its streets, doors, buildings,
households and people; one round that wants every door and has no cut yet. Then the web server as an installation
runs it (granian, wrapped only to say how long each request was handled), and that many phones that were let in
send ``POST /w/ninety/`` over HTTP in one moment, each on a connection of its own: half of them from anywhere in
the city, half from ``--spots`` places where many stand together. Printed:

* doors that are in two walks (must be 0), and requests that got no walk, with what they were told;
* milliseconds of handling, from the first line of ours to the commit and the answer (goal: p95 at most 300), and
  beside it the waiting before, which is the rest of what the phone waited;
* milliseconds of CPU a request, of the web server's thread and of the database's processes: what a loaded machine
  does not change;
* the question for the free doors round a place by itself, in milliseconds;
* minutes a door of each walk ÷ those of a full cut by the ordinary engine of the doors that were nearest to that
  place (goal: at most 1.10 in the middle), for ``--judged`` of the walks; with the way there and without it;
* whether the independent judge finds as many minutes in those walks, and a law that they break.

With ``--keep`` the city stays in that folder and is used again, its walks taken off it first.

Small and often: ``--doors 5000 --requests 50 --judged 10``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.town.town import Town

SECRET = "a secret of every phone of this bench"
CSRF = "a" * 32
MINUTES = 90
PATCH_DOORS = 300
PEOPLE = 2


def main() -> int:
    """Print the figures; 1 when a door was given twice or a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.ninety", description=__doc__)
    parser.add_argument("--doors", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=1_000)
    parser.add_argument("--spots", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--judged", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    kept = (
        nullcontext(str(chosen.keep.resolve()))
        if chosen.keep
        else tempfile.TemporaryDirectory(prefix="hustings-bench-")
    )
    with kept as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder, DJANGO_ALLOW_ASYNC_UNSAFE="1")
        return measure(Path(folder), chosen)


def measure(folder: Path, chosen: argparse.Namespace) -> int:
    """Plant, ask, count, judge."""
    migrate = [sys.executable, "-m", "hustings.cli.main", "migrate"]
    subprocess.run(migrate, check=True, stdout=subprocess.DEVNULL)
    from hustings.server.start import django_setup

    django_setup()
    from tests.e2e.running_server import RunningServer

    from bench.results.__main__ import analyze
    from hustings.apps.campaigns.actions import create_campaign
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.core.town.generate import generate_town

    town = generate_town(chosen.doors, 1)
    campaign = Campaign.objects.filter(slug="large").first()
    is_new = campaign is None
    if campaign is None:
        campaign = create_campaign("large", "Large")
    with tenant(campaign.pk):
        if is_new:
            plant(campaign, town)
        else:
            take_walks_off(campaign)
        cookies = phones_of(campaign, chosen.requests + 1)
    analyze()
    places = places_of(town, chosen.requests, chosen.spots)
    say("doors", len(town.doors))
    say("requests at once", chosen.requests)
    say("processes and threads of the web server", f"{chosen.workers} × {chosen.threads}")
    say(
        "load of this machine before, and its processors",
        f"{os.getloadavg()[0]:.1f}, {os.cpu_count()}",
    )
    spread("free doors round a place, ms", free_doors_ms(campaign, places))
    server = RunningServer(folder, command=served(chosen.workers, chosen.threads)).start()
    try:
        first = asyncio.run(ask_all(server.port, cookies[-1:], places[:1]))
        say("the first request of a cold server, ms of handling", f"{first[0].handled_ms:.0f}")
        busy = database_cpu_s(folder)
        began = time.perf_counter()
        answers = asyncio.run(ask_all(server.port, cookies[:-1], places))
        took = time.perf_counter() - began
        busy = database_cpu_s(folder) - busy
    finally:
        server.stop()
    twice = doors_twice(campaign)
    said = Counter(answer.told for answer in answers if answer.turf is None)
    say("walks handed out", sum(answer.turf is not None for answer in answers))
    say("doors given twice", twice)
    say("requests without a walk", sum(said.values()))
    for words, count in said.most_common():
        say(f"  told «{words[:60]}»", count)
    handled = spread("handling, ms", [answer.handled_ms for answer in answers])
    spread("CPU of the web server a request, ms", [answer.cpu_ms for answer in answers])
    say("CPU of the database a request, ms", f"{1000 * busy / chosen.requests:.1f}")
    say("load of this machine after", f"{os.getloadavg()[0]:.1f}")
    waited = [answer.total_ms - answer.handled_ms for answer in answers]
    spread("waiting in the queue before, ms", waited)
    say("requests a second", f"{chosen.requests / took:.1f}")
    ratio = judge(campaign, town, answers, places, chosen.judged)
    met = twice == 0 and handled <= 300 and ratio <= 1.10
    say("all goals met", "yes" if met else "no")
    return 0 if met else 1


def say(what: str, value: object) -> None:
    """One line."""
    print(f"{what:64} {value!s:>14}", flush=True)


def spread(what: str, values: list[float]) -> float:
    """Median, p95 and most; returns the p95."""
    middle, high, most = (np.percentile(values, share) for share in (50, 95, 100))
    say(f"{what}: p50 / p95 / most", f"{middle:.1f} / {high:.1f} / {most:.1f}")
    return float(high)


def served(workers: int, threads: int) -> tuple[str, ...]:
    """As ``hustings serve`` starts it, with the answers timed."""
    return (
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", str(workers),
        "--blocking-threads", str(threads), "--backlog", "4096", "--backpressure", "4096",
        "--log-level", "warning", "--no-ws", "bench.ninety.timed:application",
    )  # fmt: skip


# --- asking ---------------------------------------------------------------------------------------


class Answer:
    """What one phone got, and how long it took."""

    def __init__(self, head: str, body: str, total_ms: float) -> None:
        from bench.ninety.timed import CPU_HEADER, HEADER

        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        self.status = int(head.split(" ", 2)[1])
        self.total_ms = total_ms
        self.handled_ms = float(lines.get(HEADER.lower(), "nan"))
        self.cpu_ms = float(lines.get(CPU_HEADER.lower(), "nan"))
        where = lines.get("location", "")
        self.turf = int(where.rstrip("/").rpartition("/")[2]) if "/w/walk/" in where else None
        _before, found, after = body.partition('class="error')
        self.told = (
            "" if self.turf else (after.split("<", 3)[2][:200] if found else str(self.status))
        )


async def ask_all(port: int, cookies: list[str], places: list[tuple[float, float]]) -> list[Answer]:
    """Every phone sends when all are connected."""
    gate = asyncio.Event()
    phones = [
        asyncio.create_task(ask(port, cookie, place, gate))
        for cookie, place in zip(cookies, places, strict=True)
    ]
    await asyncio.sleep(0.5)
    gate.set()
    return list(await asyncio.gather(*phones))


async def ask(port: int, cookie: str, place: tuple[float, float], gate: asyncio.Event) -> Answer:
    """One phone: a connection, a request, an answer."""
    body = urlencode(
        {
            "csrfmiddlewaretoken": CSRF, "minutes": MINUTES, "lon": place[0], "lat": place[1],
            "address": "", "once": uuid.uuid4(),
        }
    )  # fmt: skip
    request = (
        f"POST /w/ninety/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Cookie: {cookie}; csrftoken={CSRF}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    await gate.wait()
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    took_ms = 1000 * (time.perf_counter() - began)
    length = re.search(r"(?i)content-length: (\d+)", head)
    rest = (await reader.readexactly(int(length[1]))).decode() if length else ""
    writer.close()
    return Answer(head, rest, took_ms)


def places_of(town: Town, count: int, spots: int) -> list[tuple[float, float]]:
    """Half of them anywhere, half at places where many stand together; in no order."""
    rng = np.random.default_rng(7)
    anywhere = rng.integers(len(town.doors), size=count - count // 2)
    together = rng.choice(rng.integers(len(town.doors), size=spots), size=count // 2)
    at = rng.permutation(np.concatenate([anywhere, together]))
    return [(float(town.doors.lon[door]), float(town.doors.lat[door])) for door in at.tolist()]


# --- planting -------------------------------------------------------------------------------------

DOORS = (
    "insert into places_building (campaign_id, street_key, number_key, postcode, name, access_note, "
    "hazard_note) select distinct %(campaign)s::uuid, 'b', b::text, '', '', '', '' "
    "from unnest(%(building)s::int[]) b where b >= 0",
    "insert into places_door (campaign_id, address_key, address, street, street_key, number, house, "
    "unit, postcode, district, uprn, building_id, floor, staircase, lon, lat, precision, placed_from) "
    "select %(campaign)s, 'door ' || n, '', s, lower(s), h::text, h, '', '', '', '', b.id, f, 0, x, y, 5, '' "
    "from unnest(%(street)s::text[], %(house)s::int[], %(building)s::int[], %(floor)s::int[], "
    "%(lon)s::float8[], %(lat)s::float8[]) with ordinality as t(s, h, g, f, x, y, n) "
    "left join places_building b on b.campaign_id = %(campaign)s and b.number_key = t.g::text "
    "order by n",
    "insert into people_household (campaign_id, address_key, address, postcode, door_id) "
    "select %(campaign)s, address_key, '', '', id from places_door where campaign_id = %(campaign)s",
    "insert into people_person (campaign_id, household_id, surname, forename, name_key, origin) "
    "select %(campaign)s, h.id, 'N', '', 'n', 'contacts' from people_household h, "
    "generate_series(1, %(people)s) where h.campaign_id = %(campaign)s",
)


def plant(campaign: Campaign, town: Town) -> None:
    """The city and a round."""
    from django.db import connection
    from django.utils import timezone

    from hustings.apps.outings.models import Action, Cut, Turf
    from hustings.apps.places.models import TownMap
    from hustings.formats.network_file import pack

    doors = town.doors
    size = np.bincount(doors.building)
    building = np.where(size[doors.building] > 1, doors.building, -1)
    values = {
        "campaign": campaign.pk, "people": PEOPLE, "building": building.tolist(),
        "street": [doors.street_names[street] for street in doors.street.tolist()],
        "house": doors.house.tolist(), "floor": doors.floor.tolist(), "lon": doors.lon.tolist(),
        "lat": doors.lat.tolist(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in DOORS:
            cursor.execute(statement, values)
    TownMap.objects.create(
        campaign=campaign, file_name="town", digest="0" * 64, made_by="bench",
        network=pack(town.streets), west=0, south=0, east=0, north=0,
    )  # fmt: skip
    now = timezone.now()
    action = Action.objects.create(campaign=campaign, name="Large", made_by="bench")
    cut = Cut.objects.create(campaign=campaign, action=action, asked_by="bench")
    Turf.objects.create(
        campaign=campaign, action=action, cut=cut, number=1, name="", minutes=90, walk_m=0,
        door_count=0, published_at=now, returned_at=now,
    )  # fmt: skip


def take_walks_off(campaign: Campaign) -> None:
    """As it was when it was planted: no walk but the empty one, and nobody's phone."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in (
            "dispatch_arrival", "canvass_walkgrant", "outings_checkout", "outings_turfdoor",
            "dispatch_spotcut", "outings_walkcode", "accounts_deviceadmission", "accounts_device",
        ):  # fmt: skip
            cursor.execute(f"delete from {table} where campaign_id = %s", [campaign.pk])
        cursor.execute(
            "delete from outings_turf where campaign_id = %s and door_count > 0", [campaign.pk]
        )


def phones_of(campaign: Campaign, phones: int) -> list[str]:
    """So many phones that were let in and had a walk of the round before; their cookies."""
    from datetime import timedelta

    from django.utils import timezone

    from hustings.apps.accounts.access import DEVICE_COOKIE, DeviceToken
    from hustings.apps.accounts.models import Device, DeviceAdmission
    from hustings.apps.accounts.secrets import hash_of
    from hustings.apps.outings.models import Checkout, Turf

    now = timezone.now()
    before = Turf.objects.of(campaign).get()
    devices = Device.objects.bulk_create(
        Device(
            campaign=campaign, label="Tom", secret_hash=hash_of(SECRET),
            expires_at=now + timedelta(days=1),
        )
        for _phone in range(phones)
    )  # fmt: skip
    DeviceAdmission.objects.bulk_create(
        DeviceAdmission(campaign=campaign, device=device, by_label="bench") for device in devices
    )
    Checkout.objects.bulk_create(
        Checkout(
            campaign=campaign, turf=before, holder="Tom", device_id=device.pk, made_by="bench",
            expires_at=now, returned_at=now,
        )
        for device in devices
    )  # fmt: skip
    return [
        f"{DEVICE_COOKIE}={DeviceToken(campaign.pk, device.public_id, SECRET)}"
        for device in devices
    ]


def database_cpu_s(folder: Path) -> float:
    """Seconds of CPU of the embedded server: of its processes, and of those that are over."""
    tick = os.sysconf("SC_CLK_TCK")
    (pid_file,) = folder.glob("postgres/**/postmaster.pid")
    server = int(pid_file.read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == server:
                ticks += sum(map(int, fields[11:13]))
            elif stat.parent.name == str(server):
                ticks += sum(map(int, fields[11:15]))
    return ticks / tick


# --- counting and judging ---------------------------------------------------------------------------


def free_doors_ms(campaign: Campaign, places: list[tuple[float, float]]) -> list[float]:
    """The question by itself, once for each of the first hundred places."""
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.outings import near
    from hustings.apps.outings.models import Action
    from hustings.apps.outings.universe import Choice

    taken = []
    with tenant(campaign.pk):
        action = Action.objects.select_related("campaign").get()
        for place in places[:100]:
            began = time.perf_counter()
            near.free_doors(action, Choice(), place, PATCH_DOORS)
            taken.append(1000 * (time.perf_counter() - began))
    return taken


def doors_twice(campaign: Campaign) -> int:
    """Doors that are in more than one walk of the round, live or not."""
    from django.db import connection

    from hustings.apps.campaigns.tenancy import tenant

    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from (select door_id from outings_turfdoor "
            "group by door_id having count(*) > 1) twice"
        )
        return int(cursor.fetchone()[0])


def judge(
    campaign: Campaign,
    town: Town,
    answers: list[Answer],
    places: list[tuple[float, float]],
    count: int,
) -> float:
    """The walks beside full cuts of their patches, and what the judge says; returns the median quotient."""
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.outings.cutting import wishes_kept, wishes_of
    from hustings.apps.outings.models import Turf, TurfDoor
    from hustings.core.turf.check import Asked, check_plan
    from hustings.core.turf.cut import cut
    from hustings.core.turf.plan import Plan

    doors = town.doors
    wishes = wishes_of(wishes_kept(campaign, by="minutes", size=MINUTES))
    with tenant(campaign.pk):
        turfs = {turf.pk: turf for turf in Turf.objects.filter(published_at__isnull=False)}
        first = min(TurfDoor.objects.values_list("door_id", flat=True), default=0)
        rows: dict[int, list[int]] = {}
        for turf_id, door_id in TurfDoor.objects.order_by("turf_id", "stop").values_list(
            "turf_id", "door_id"
        ):
            rows.setdefault(turf_id, []).append(door_id)
        from hustings.apps.places.models import Door

        first = Door.objects.order_by("id").values_list("id", flat=True)[0]
    quotients, with_way, differ, broken, sizes = [], [], [], Counter[str](), []
    handed = [(answer, place) for answer, place in zip(answers, places, strict=True) if answer.turf]
    step = max(1, len(handed) // max(1, count))
    for answer, place in handed[::step]:
        turf = turfs[answer.turf]
        away = np.hypot((doors.lon - place[0]) * np.cos(np.radians(place[1])), doors.lat - place[1])
        patch = np.zeros(len(doors), bool)
        patch[np.argsort(away, kind="stable")[:PATCH_DOORS]] = True
        full = cut(doors.only(patch), town.streets, wishes)
        each = sum(one.minutes for one in full.turfs) / sum(one.doors for one in full.turfs)
        quotients.append(turf.minutes / turf.door_count / each)
        sizes.append(turf.minutes)
        walk = np.array(rows[turf.pk]) - first
        mine = np.sort(walk)
        chosen = np.zeros(len(doors), bool)
        chosen[mine] = True
        stop = np.empty(len(walk), np.int32)
        stop[np.searchsorted(mine, walk)] = np.arange(1, len(walk) + 1)
        plan = Plan(np.ones(len(walk), np.int32), stop)
        plain = Asked(minutes_each=MINUTES, pace=wishes.pace, cross_districts=True)
        report = check_plan(doors.only(chosen), plan, plain, streets=town.streets)
        from_here = Asked(pace=wishes.pace, cross_districts=True, start=place)
        reached = check_plan(doors.only(chosen), plan, from_here, streets=town.streets)
        differ.append(abs(report.minutes - turf.minutes))
        with_way.append(reached.minutes / turf.door_count / each)
        broken.update(law.message for law in report.broken)
    say("walks beside full cuts of their patches", len(quotients))
    shares = [float(np.percentile(quotients, share)) for share in (5, 50, 95, 100)]
    say(
        "minutes a door ÷ a full cut's: p5 / p50 / p95 / most",
        " / ".join(f"{share:.3f}" for share in shares),
    )
    spread("the same with the way to the first door", with_way)
    spread("minutes of these walks", sizes)
    spread("minutes that the judge finds besides", differ)
    say("laws broken, by the judge", sum(broken.values()))
    for message, often in broken.most_common(3):
        say(f"  {message[:60]}", often)
    return shares[1]


if __name__ == "__main__":
    raise SystemExit(main())
