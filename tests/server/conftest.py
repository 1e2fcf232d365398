"""A PostgreSQL server of somebody's own: with a port, passwords, and roles that we did not make."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest

from hustings.postgres import binaries, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "p@ss:w/rd %41"
DATABASE = "Field work"
ROLES = {
    "team": "", "team_web": "", "a_superuser": "superuser", "a_bypasser": "bypassrls",
    "a_relative": "in role team",
}  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on, below those that the kernel gives to whoever asks for any."""
    while True:
        port = random.randrange(15_000, 30_000)  # noqa: S311  # not a secret
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port


@dataclass(frozen=True)
class OwnServer:
    """Where it is."""

    port: int
    socket: Path

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address over TCP."""
        return f"postgresql://{role}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{quote(database)}"

    def ask(self, statement: str, *, database: str = DATABASE) -> list[tuple[object, ...]]:
        """As its administrator."""
        with psycopg.connect(
            host=str(self.socket), port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]  # our own text
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """Started for these tests; passwords over TCP, the administrator on its private socket."""
    folder = tmp_path_factory.mktemp("pg")
    data, place = folder / "data", folder / "s"
    place.mkdir(mode=0o700)
    if identity.gives_files_away():
        os.chown(folder, identity.NOBODY, identity.NOBODY)
        os.chown(place, identity.NOBODY, identity.NOBODY)
    programs = binaries.folder()
    subprocess.run(
        [*identity.prefix(), programs / "initdb", "-D", data, "-U", "postgres", "--auth-local=trust",
         "--auth-host=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"],
        check=True, capture_output=True, env=identity.environment(), cwd="/",
    )  # fmt: skip
    port = free_port()
    process = subprocess.Popen(
        [*identity.prefix(), programs / "postgres", "-D", data, "-p", str(port),
         "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}", "-c", "fsync=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=identity.environment(), cwd="/",
    )  # fmt: skip
    server = OwnServer(port, place)
    for _ in range(1200):
        try:
            server.ask("select 1", database="postgres")
            break
        except psycopg.OperationalError:
            assert process.poll() is None, "The server ended by itself."
            time.sleep(0.1)
    for role, rights in ROLES.items():
        server.ask(f"create role {role} login {rights} password '{PASSWORD}'", database="postgres")
    server.ask(f'create database "{DATABASE}" owner team', database="postgres")
    yield server
    process.send_signal(signal.SIGINT)
    process.wait(60)


SECURE = {
    "HUSTINGS_MODE": "production",
    "HUSTINGS_SECRET_KEY": "x7" * 25,
    "HUSTINGS_HOSTS": "campaign.example.org",
    "HUSTINGS_MAIL_HOST": "mail.example.org",
    "HUSTINGS_MAIL_PASSWORD": "themailpassword",
    "HUSTINGS_BEHIND_PROXY": "yes",
}
"""All that production asks for."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a process that knows nothing but this."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "NUMBA_CACHE_DIR", "PYTHONPYCACHEPREFIX", "HOME")
        if name in os.environ
    }
    return {
        **kept,
        "HUSTINGS_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def hustings(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", *arguments],
        env=env, capture_output=True, text=True, check=False, timeout=300, cwd="/",
    )  # fmt: skip
