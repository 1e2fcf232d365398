"""``hustings serve``: the web server, and beside it the worker that does the jobs."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Callable


def main(argv: list[str]) -> int:
    """Runs until told to stop; an error of ours when the settings are not fit to serve."""
    parser = argparse.ArgumentParser(prog="hustings serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    chosen = parser.parse_args(argv)

    from hustings.server.start import django_setup, refuse_unless_fit

    django_setup()
    refuse_unless_fit()
    if _is_behind():
        raise HustingsError(
            "The database is not at this version yet; run «hustings migrate» first."
        )
    return serve(chosen.host, chosen.port, chosen.workers)


def _is_behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    return behind


def serve(host: str, port: int, workers: int, *, ready: Callable[[], None] = lambda: None) -> int:
    """Start the web server and the worker; stop both when either ends or a signal comes. ``ready`` is called once it answers."""
    from django.conf import settings

    if settings.SECURE:
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
    web = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "8", "--workers-kill-timeout", "3",
            "--log-level", "warning", "--no-ws", "hustings.server.wsgi:application",
        ]
    )  # fmt: skip
    worker = subprocess.Popen(  # our own interpreter and module
        [sys.executable, "-m", "hustings.server.command_work"]
    )
    processes = (web, worker)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    told = False
    while not stop.is_set() and all(process.poll() is None for process in processes):
        if not told and _answers(host, port):
            told = True
            ready()
        stop.wait(0.3)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + 8
    for process in processes:
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stop.is_set() else 1


def _answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.settimeout(1)
        return tried.connect_ex((host, port)) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
