"""
``python -m bench.register [--rows N]``: a register from file to committed and searchable.

Printed, all from the same run on a fresh embedded server with its usual durable settings:

* the import ÷ ``psql \\copy`` of the same file into one table without an index;
* the import ÷ ``COPY`` of the finished rows into all our tables with their indexes, keys and checks;
* the peak memory of the importing process at a tenth of the rows and at all of them;
* the preflight alone, and the same file again with nothing changed;
* the server's CPU seconds in the import and in the COPY, which other work on the machine changes least.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TABLES = (
    "places_building",
    "places_door",
    "people_household",
    "people_person",
    "register_registerentry",
)
RAW = (
    "create table raw (prefix text, number text, suffix text, markers text, dob text, surname text,"
    " forename text, postcode text, a1 text, a2 text, a3 text, a4 text, a5 text, a6 text)"
)


def main() -> int:
    """Print the figures; ``--json`` for one object."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--slug", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        print(json.dumps(step(chosen.step, chosen.file, chosen.slug)))
        return 0
    with tempfile.TemporaryDirectory(prefix="hustings-bench-") as folder:
        os.environ.update(HUSTINGS_MODE="demo", HUSTINGS_HOME=folder)
        figures = measure(Path(folder), chosen.rows)
    if chosen.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(
                f"{name:42} {value:>14,.2f}"
                if isinstance(value, float)
                else f"{name:42} {value:>14,}"
            )
    return 0


def measure(folder: Path, rows: int) -> dict[str, float | int]:
    """All the figures, for a register of ``rows`` rows."""
    from bench.register.electors import write_register
    from hustings.postgres import server

    file, tenth = folder / "register.csv", folder / "tenth.csv"
    write_register(file, rows)
    write_register(tenth, rows // 10)
    child("migrate", file)
    embedded = server(folder / "postgres").ensure()
    where = embedded.parameters("hustings", "hustings")

    def psql(*commands: str) -> float:
        began = time.perf_counter()
        arguments = [part for command in commands for part in ("-c", command)]
        subprocess.run(
            [str(binaries() / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
             *(f"--{k}={v}" for k, v in where.items()), *arguments],
            check=True,
        )  # fmt: skip
        return time.perf_counter() - began

    psql(RAW)
    copies = []
    for _ in range(3):
        copies.append(psql(f"\\copy raw from '{file}' (format csv, header)"))
        psql("truncate raw")
    bare = sorted(copies)[1]
    small = child("import", tenth, "small")
    preflight = child("look", file, "large")
    before = server_cpu_s(folder)
    large = child("import", file, "large")
    import_cpu = server_cpu_s(folder) - before
    again = child("import", file, "large")
    where_rows = "campaign_id = (select id from campaigns_campaign where slug = 'large')"
    for table in TABLES:
        psql(
            f"\\copy (select * from {table} where {where_rows} order by id) to '{folder}/{table}.copy'"
        )
    psql("truncate " + ", ".join(TABLES) + ", register_absentvote, people_contactpoint, "
         "people_consent, people_donotcontact cascade")  # fmt: skip
    # An analyze in the middle of it would see empty tables, and the checks of keys plan by what it saw.
    psql(*(f"alter table {table} set (autovacuum_enabled = off)" for table in TABLES))
    before = server_cpu_s(folder)
    finished = psql("begin", *(f"\\copy {t} from '{folder}/{t}.copy'" for t in TABLES), "commit")
    finished_cpu = server_cpu_s(folder) - before
    return {
        "rows": rows,
        "file, MB": file.stat().st_size / 1e6,
        "psql \\copy into one bare table, s": bare,
        "COPY of the finished rows, s": finished,
        "import, s": large["seconds"],
        "import ÷ \\copy (aim ≤ 20)": large["seconds"] / bare,
        "import ÷ COPY of finished rows (aim ≤ 1.5)": large["seconds"] / finished,
        "COPY of the finished rows, server CPU s": finished_cpu,
        "import, server CPU s": import_cpu,
        "import ÷ COPY, server CPU": import_cpu / finished_cpu,
        "preflight, s": preflight["seconds"],
        "same file again, s": again["seconds"],
        "peak memory at a tenth, MB": small["peak_mb"],
        "peak memory at all, MB": large["peak_mb"],
        "find a number, ms": large["number_ms"],
        "find a name, ms": large["name_ms"],
    }


def binaries() -> Path:
    """Where the embedded server's programs are."""
    from hustings.postgres.binaries import folder

    return folder()


def server_cpu_s(folder: Path) -> float:
    """CPU of all the server's processes that have ended: one for each connection that was closed."""
    time.sleep(0.5)  # until the last one is counted
    pid = next((folder / "postgres").glob("data-*/postmaster.pid")).read_text().split()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def peak_mb() -> float:
    """The most memory this process ever held; unlike getrusage it forgets the parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def child(name: str, file: Path, slug: str = "") -> dict[str, float]:
    """One step in a process of its own, so that its memory can be told."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bench.register",
            "--step",
            name,
            "--file",
            str(file),
            "--slug",
            slug,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def step(name: str, file: Path, slug: str) -> dict[str, float]:
    """What a child does."""
    from hustings.server.start import django_setup

    if name == "migrate":
        from hustings.server.command_migrate import main as migrate

        migrate([])
        return {}
    django_setup()
    from django.db import connection, transaction

    from hustings.apps.audit.actors import command
    from hustings.apps.campaigns.actions import create_campaign
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.campaigns.tenancy import tenant
    from hustings.apps.people.models import Person
    from hustings.apps.register.actions import import_file, look, open_file
    from hustings.apps.register.models import RegisterEntry

    campaign = Campaign.objects.filter(slug=slug).first() or create_campaign(slug)
    connection.ensure_connection()
    began = time.perf_counter()
    with transaction.atomic(), tenant(campaign.pk):
        if name == "look":
            look(campaign, open_file(file), whole=False)
            transaction.set_rollback(True)
        else:
            import_file(campaign, file, by=command("bench"))
    result = {"seconds": time.perf_counter() - began}
    result["peak_mb"] = peak_mb()
    if name == "import":
        with tenant(campaign.pk):
            began = time.perf_counter()
            assert RegisterEntry.objects.of(campaign).filter(number="AB0-17").exists()
            result["number_ms"] = (time.perf_counter() - began) * 1000
            began = time.perf_counter()
            assert list(Person.objects.of(campaign).filter(name_key__prefix="wawil")[:50])
            result["name_ms"] = (time.perf_counter() - began) * 1000
    return result


if __name__ == "__main__":
    sys.exit(main())
