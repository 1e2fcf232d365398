"""A server of one's own, in a folder of one's own, stopped at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

USE = """
import sys, time
import psycopg
from psycopg.conninfo import make_conninfo
from hustings.postgres import Server
server = Server(sys.argv[1], throwaway=True).ensure()
with psycopg.connect(make_conninfo("", **server.parameters("hustings", "hustings"))) as connection:
    print(connection.execute("select pg_backend_pid()").fetchone()[0], flush=True)
time.sleep(float(sys.argv[2]))
"""
"""Uses the server, says that it could, and stays for a while."""


STARTED: list[subprocess.Popen[str]] = []


def use(root: Path, *, stay_s: float = 0.0, **options: object) -> subprocess.Popen[str]:
    """Another process that uses the server of that folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", USE, str(root), str(stay_s)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,  # type: ignore[call-overload]  # passed on
    )
    STARTED.append(process)
    return process


def said(process: subprocess.Popen[str]) -> str:
    """Its first line: the number of its backend, or the error."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def working_in(folder: Path) -> list[int]:
    """Processes whose working folder is that one."""
    found = []
    for name in os.listdir("/proc"):
        with suppress(OSError):
            if name.isdigit() and Path(f"/proc/{name}/cwd").samefile(folder):
                found.append(int(name))
    return found


def kill(processes: list[int]) -> None:
    """Each of those that are still there: killing one ends others."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def eventually(true: object, within_s: float = 60.0) -> bool:
    """Whether it becomes true in time; on a busy machine that may be long."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if true():  # type: ignore[operator]  # a callable
            return True
        time.sleep(0.05)
    return False


def supervisor_of(root: Path) -> int:
    """The process number of the server's supervisor."""
    found = subprocess.check_output(
        ["pgrep", "-f", f"hustings.postgres.supervise {root}"], text=True
    ).split()
    return int(found[0])


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a space in its name; whatever still works there at the end is ended."""
    monkeypatch.setenv("HUSTINGS_POSTGRES_IDLE_S", "0.5")
    folder = tmp_path / "a folder"
    yield folder  # type: ignore[misc]  # a fixture that cleans up
    while STARTED:
        process = STARTED.pop()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    with suppress(subprocess.CalledProcessError):  # it has ended already
        kill([supervisor_of(folder)])
    for data in folder.glob("data-*"):
        eventually(lambda data=data: not working_in(data))
