"""
A server that really runs, in processes of its own, on the database of the tests: it can be killed and started again.

What is planted and counted by the test is what the server sees; killed is SIGKILL to all of its processes at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.db import connection

from tests.server.conftest import ROOT, environment, free_port

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE_S = 120
SERVE = ("-m", "hustings.cli.main", "serve")
"""As an installation is served: the web server, and the worker beside it."""
MORTAL = (
    "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1",
    "--blocking-threads", "4", "--log-level", "warning", "--no-ws",
    "tests.e2e.mortal_server:application",
)  # fmt: skip
"""The web server alone, which dies on demand."""


def address_of_the_database() -> str:
    """The database of the tests, as the role that serves."""
    told = connection.get_connection_params()
    user, password = (
        quote(told.get("user", ""), safe=""),
        quote(told.get("password") or "", safe=""),
    )
    where = {"host": told["host"], "port": str(told.get("port") or 5432)}
    who = f"{user}:{password}" if password else user
    return f"postgresql://{who}@/{quote(told['dbname'])}?{urlencode(where)}"


class RunningServer:
    """It keeps its address however often it is started."""

    def __init__(self, home: Path, *, command: tuple[str, ...] = SERVE, **more: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [sys.executable, *command, "--port", str(self.port)]
        self.env = environment(
            home,
            **{
                "HUSTINGS_MODE": "demo", "HUSTINGS_SITE_URL": self.url,
                "DATABASE_URL": address_of_the_database(), **more,
            },
        )  # fmt: skip
        self.env["PYTHONPATH"] += os.pathsep + str(ROOT)
        # Started again and again: only the first one reads the sources.
        del self.env["PYTHONDONTWRITEBYTECODE"]
        self.env.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / "var/bytecode"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> RunningServer:
        """Until it answers."""
        self.process = subprocess.Popen(self.command, env=self.env, cwd="/", start_new_session=True)
        end = time.monotonic() + PATIENCE_S
        while not self.is_up():
            assert self.process.poll() is None, "the server ended by itself"
            assert time.monotonic() < end, "the server does not come up"
            time.sleep(0.1)
        return self

    def is_up(self) -> bool:
        """Whether it answers."""
        # A server in production answers nobody else.
        as_proxy = {"X-Forwarded-Proto": "https"}
        asked = urllib.request.Request(f"{self.url}/healthy/", headers=as_proxy)  # noqa: S310  # our own
        with suppress(OSError), urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310  # our own
            return bool(answer.status == 200)
        return False

    def kill(self) -> None:
        """All of its processes at once, by SIGKILL; they say goodbye to nobody."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def was_killed(self) -> None:
        """Wait until it is gone by itself."""
        assert self.process is not None
        assert self.process.wait(PATIENCE_S) == -signal.SIGKILL
        self.process = None

    def stop(self) -> None:
        """As a host stops it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None
