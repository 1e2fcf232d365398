"""
``python -m bench.requests [--doors N] [--keep FOLDER]``: what each request costs in a city.

A city is made by the program's own ways (register, map, cut, walks, evenings at doors), one of everything is
planted in it (the isolation matrix), and every address that is read is asked for, as an organiser or as a
phone. Printed, dearest first, for each address (page, fragment, data, tile, chunk of doors):

* the questions put to the database, all of them, the wall's own among them (goal: at most 12);
* milliseconds of the web process's CPU, median of five after one to warm (goal: at most 30);
* kilobytes as they leave.

A file of everything (``FILES``) is no request of a screen: its CPU is told for each 1,000 of its rows.

Then the sum of a first view of the map (page, style, tiles of a window, walks), the sum of what choosing a walk on
it asks for (its line and the doors of a window, by square), and the five hottest statements of all of it (of those
that are read), asked in turn by the role behind the wall and by one that may pass it, each first in every second
turn: ratio of the medians of the server's own execution times (goal: at most 1.1).

With ``--keep`` the city stays in that folder and is used again.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

MOST_QUESTIONS, MOST_CPU_MS, MOST_OF_THE_WALL = 12, 30.0, 1.1
AGAIN = 5
CANDIDATES = 16
"""So many statements that took longest as they were asked are timed by the server, and the five hottest shown."""
TURNS, LEAST_TURNS, MOST_SECONDS = 21, 7, 40.0
"""So often each role asks; less often where that takes long."""
A_WINDOW = (1360, 800)
FILES = {"places:doors": "every door, as a file for another machine"}
"""What is downloaded whole: it grows with the city by its nature, and is streamed."""


@dataclass
class Asked:
    """One address: status, questions, milliseconds of CPU, kilobytes, and its statements with seconds."""

    name: str
    status: int
    questions: int
    cpu_ms: float
    kilobytes: float
    statements: list[tuple[str, Any, float]] = field(repr=False, default_factory=list)
    lines: int = 0

    @property
    def dear(self) -> bool:
        """Whether it misses a goal."""
        return self.questions > MOST_QUESTIONS or self.cpu_of_goal > MOST_CPU_MS

    @property
    def cpu_of_goal(self) -> float:
        """Milliseconds; of a file of everything, for each 1,000 rows."""
        return 1000 * self.cpu_ms / max(1000, self.lines) if self.name in FILES else self.cpu_ms


def main() -> int:
    """Print the table; exit 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.requests", description=__doc__)
    parser.add_argument("--doors", type=int, default=200_000)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    kept = (
        nullcontext(str(chosen.keep.resolve()))
        if chosen.keep
        else tempfile.TemporaryDirectory(prefix="hustings-bench-")
    )
    with kept as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder)
        subprocess.run(
            [sys.executable, "-m", "hustings.cli.main", "migrate"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        from hustings.server.start import django_setup

        django_setup()
        from bench.requests.city import build, world_of
        from bench.results.__main__ import analyze

        campaign = build(Path(folder), chosen.doors)
        world = world_of(campaign, Path(folder))
        analyze()
        return told(world)


def told(world: Any) -> int:
    """Measure and print."""
    from tests.apps.cast import signed_in
    from tests.apps.isolation_matrix import ROUTES
    from tests.apps.knocking import a_phone

    desk, phone = signed_in(world.rows["ada"]), a_phone(world.rows["token"])
    every = []
    for name, route in sorted(ROUTES.items()):
        if route.method == "get" and not (route.open_to_all or name == "map:tile"):
            client = phone if route.phone else desk
            every.append(ask(name, client, address(name, world)))
    view, closer = first_view(world, desk), a_walk_chosen(world, desk)
    every += [one for one in view if one.name.startswith("map:tile")][:1]
    print(f"\n{'address':38}{'status':>7}{'questions':>10}{'CPU ms':>9}{'kB':>10}")
    for one in sorted(every, key=lambda one: (-one.cpu_ms, one.name)):
        mark = "  <" if one.dear else ""
        print(
            f"{one.name:38}{one.status:>7}{one.questions:>10}{one.cpu_ms:>9.1f}{one.kilobytes:>10.1f}{mark}"
        )
    print(
        f"\nA first view of the map, {len(view)} requests: {sum(one.questions for one in view)} questions, "
        f"{sum(one.cpu_ms for one in view):.1f} ms of CPU, {sum(one.kilobytes for one in view):.0f} kB."
    )
    print(
        f"A walk chosen on it, {len(closer)} requests: {sum(one.questions for one in closer)} questions, "
        f"{sum(one.cpu_ms for one in closer):.1f} ms of CPU, {sum(one.kilobytes for one in closer):.0f} kB; "
        f"the dearest {max(one.cpu_ms for one in closer):.1f} ms, {max(one.kilobytes for one in closer):.0f} kB."
    )
    for one in every:
        if one.name in FILES:
            print(
                f"{one.name}, {FILES[one.name]}: {one.lines} lines, "
                f"{one.cpu_of_goal:.1f} ms of CPU for each 1,000."
            )
    worst = hottest(every, world)
    dear = [one.name for one in every if one.dear]
    print(
        f"\n{len(every) - len(dear)} of {len(every)} addresses meet both goals; not: {', '.join(dear) or 'none'}."
    )
    return 1 if dear or any(ratio > MOST_OF_THE_WALL for ratio in worst) else 0


def address(name: str, world: Any, **others: object) -> str:
    """The path of an address in the city."""
    from django.urls import reverse
    from tests.apps.isolation_matrix import ROUTES

    route = ROUTES[name]
    arguments = {**route.arguments(world), **others}
    if name == "outings:doors-tile" and not others:
        arguments |= squares_round(world)[0]
    if not route.phone and "slug" not in arguments:
        arguments["slug"] = world.campaign.slug
    return reverse(name, kwargs=arguments)


def ask(name: str, client: Client, path: str) -> Asked:
    """Ask once to warm and to note the statements, then five times for the CPU."""
    from django.db import connection

    statements: list[tuple[str, Any, float]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            statements.append((sql, params, time.perf_counter() - began))

    def once() -> tuple[int, float, int, int]:
        began = time.process_time()
        response = client.get(path, headers={"accept-encoding": "gzip"})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        spent = 1000 * (time.process_time() - began)
        return response.status_code, spent, len(content), content.count(b"\n")

    once()
    with connection.execute_wrapper(note):
        status, _cpu, size, lines = once()
    cpu_ms = statistics.median(once()[1] for _ in range(AGAIN))
    return Asked(name, status, len(statements), cpu_ms, size / 1000, statements, lines)


def first_view(world: Any, desk: Client) -> list[Asked]:
    """What a browser asks for when the cut's page is opened: page, style, doors, and the tiles of a window."""
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.places.queries import town_map

    with tenant(world.campaign.pk):
        town = town_map(world.campaign)
    view = [
        ask(name, desk, address(name, world))
        for name in ("outings:cut-page", "outings:map-style", "outings:doors-data")
    ]
    if town is None or not town.tiles:
        return view
    turf, zoom = world.rows["turf"], 13
    size = 2**zoom
    column = (turf.lon + 180) / 360 * size
    row = (1 - math.asinh(math.tan(math.radians(turf.lat))) / math.pi) / 2 * size
    wide, high = (side / 512 / 2 for side in A_WINDOW)
    for x in range(int(column - wide), int(column + wide) + 1):
        for y in range(int(row - high), int(row + high) + 1):
            path = address("map:tile", world, digest=town.digest, zoom=zoom, column=x, row=y)
            view.append(ask(f"map:tile {zoom}/{x}/{y}", desk, path))
    return view


A_WALK_FILLS = 16
"""The map's zoom when a walk of a town is chosen and fitted into the window."""


def squares_round(world: Any) -> list[dict[str, int]]:
    """The squares of doors that a window round the city's walk shows, the walk's own first."""
    turf, side = world.rows["turf"], 2**A_WALK_FILLS
    column = (turf.lon + 180) / 360 * side
    row = (1 - math.asinh(math.tan(math.radians(turf.lat))) / math.pi) / 2 * side
    wide, high = (length / 512 / 2 for length in A_WINDOW)
    found = [
        (x, y)
        for x in range(int(column - wide), int(column + wide) + 1)
        for y in range(int(row - high), int(row + high) + 1)
    ]
    found.sort(key=lambda at: (at != (int(column), int(row)), at))
    return [{"zoom": A_WALK_FILLS, "column": x, "row": y} for x, y in found]


def a_walk_chosen(world: Any, desk: Client) -> list[Asked]:
    """What the map asks for then: the walk's line, and the doors of the window by square."""
    number = world.rows["turf"].number
    asked = [ask("outings:route-data", desk, address("outings:route-data", world, number=number))]
    for square in squares_round(world):
        path = address("outings:doors-tile", world, **square)
        asked.append(ask("outings:doors-tile", desk, path))
    return asked


def hottest(every: list[Asked], world: Any) -> list[float]:
    """The five statements that took longest, each by both roles in turn; prints and returns the ratios."""
    import psycopg
    from django.conf import settings
    from django.db import connection

    seconds: dict[str, tuple[float, Any, str]] = {}
    for one in every:
        for sql, params, took in one.statements:
            if sql.lstrip().lower().startswith(("select", "with")) and "set_config" not in sql:
                slowest = seconds.get(sql, (0.0, None, ""))
                seconds[sql] = max(slowest, (took, params, one.name), key=lambda it: it[0])
    how = connection.get_connection_params()
    roles = {
        role: psycopg.connect(**{**how, "user": role}, autocommit=False)
        for role in (settings.WEB_ROLE, settings.OWNER_ROLE)
    }

    def took(role: str, sql: str, params: Any) -> float:
        """Milliseconds by the server's own clock."""
        there = roles[role]
        with there.cursor() as cursor:
            wall = "select set_config('hustings.campaign', %s, true)"
            cursor.execute(wall, [str(world.campaign.pk)])
            cursor.execute(f"explain (analyze, timing off, format json) {sql}", params)
            row = cursor.fetchone()
        there.rollback()
        assert row is not None
        return float(row[0][0]["Execution Time"])

    slow = sorted(seconds.items(), key=lambda it: -it[1][0])[:CANDIDATES]
    hot = sorted(slow, key=lambda it: -min(took(settings.WEB_ROLE, it[0], it[1][1]) for _ in "123"))
    ratios = []
    print(
        "\nThe five hottest statements, behind the wall ÷ past it "
        "(medians of the server's own times, in turn):"
    )
    for sql, (_took, params, name) in hot[:5]:
        by: dict[str, list[float]] = {role: [] for role in roles}
        once = sum(took(role, sql, params) for role in roles) / 1000
        for turn in range(max(LEAST_TURNS, min(TURNS, int(MOST_SECONDS / once)))):
            for role in [*roles][:: 1 if turn % 2 else -1]:
                by[role].append(took(role, sql, params))
        behind, past = (statistics.median(times) for times in by.values())
        ratios.append(behind / past)
        shown = " ".join(sql.split())[:90]
        print(f"  {behind / past:5.2f}  {behind:8.2f} ms  {past:8.2f} ms  {name}: {shown}")
    return ratios


if __name__ == "__main__":
    raise SystemExit(main())
