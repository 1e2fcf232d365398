"""A host's first hour, as docs/hosts tells it: refused, migrated, served, backed up and restored."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from tests.server.conftest import SECURE, environment, free_port, hustings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = SECURE["HUSTINGS_HOSTS"]


def secure(home: Path) -> dict[str, str]:
    """With the key in a file, as docs/hosts says."""
    home.mkdir(exist_ok=True)
    key = home / "secret-key"
    key.write_text("only for this test " * 3 + "\n")
    settings = {
        n: v
        for n, v in SECURE.items()
        if n not in {"HUSTINGS_SECRET_KEY", "HUSTINGS_MAIL_PASSWORD"}
    }
    return environment(
        home,
        **settings,
        HUSTINGS_SECRET_KEY_FILE=str(key),
        HUSTINGS_POSTGRES_IDLE_S="5",
        HUSTINGS_STATIC_ROOT=str(home.parent / "static"),  # gathered once for both homes
    )


def done(*arguments: str, env: dict[str, str]) -> str:
    ran = hustings(*arguments, env=env)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refused(*arguments: str, env: dict[str, str]) -> str:
    ran = hustings(*arguments, env=env)
    assert ran.returncode == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.stderr


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    """The port of a server that runs for the block."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "hustings.cli.main", "serve", "--port", str(port)], env=env
    )
    try:
        for _ in range(600):
            assert server.poll() is None
            with suppress(OSError):
                if ask(port, "GET", "/healthy/")[0] == 200:
                    break
            time.sleep(0.2)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0


def ask(
    port: int, verb: str, path: str, body: str = "", host: str = HOST, **headers: str
) -> tuple[int, str, str]:
    """Status, cookies and text of one request, as a proxy with TLS in front would send it."""
    proxied = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    if body:
        proxied |= {
            "Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{host}/",
        }  # fmt: skip
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(verb, path, body, {**proxied, **headers})
        answer = connection.getresponse()
        cookies = "; ".join(
            value.split(";")[0]
            for name, value in answer.getheaders()
            if name.lower() == "set-cookie"
        )
        return answer.status, cookies, answer.read().decode()


def test_a_database_of_ones_own_without_its_owner_is_not_migrated(tmp_path: Path) -> None:
    env = environment(tmp_path, DATABASE_URL="postgresql://hustings_web@localhost/hustings")

    assert "DATABASE_OWNER_URL" in refused("migrate", env=env)


@pytest.mark.slow
def test_a_host_migrates_serves_backs_up_and_restores(tmp_path: Path) -> None:
    env = secure(tmp_path / "home")
    backup = tmp_path / "one.backup"

    assert "hustings migrate" in refused("serve", env=env)
    done("migrate", env=env)
    done("campaign", "create", "riverside", "--name", "Riverside", env=env)
    done("campaign", "member", "riverside", "alice@example.org", env=env)

    with served(env) as port:
        link = done("campaign", "link", "alice@example.org", env=env).strip()
        assert link.startswith(f"https://{HOST}/sign-in/link/")
        path = link.removeprefix(f"https://{HOST}")
        assert ask(port, "GET", "/", host="another.example.org")[0] == 400
        assert ask(port, "GET", "/", **{"X-Forwarded-Proto": "http"})[0] == 301
        status, cookies, page = ask(port, "GET", path)
        assert status == 200
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        status, session, _ = ask(
            port, "POST", path, f"csrfmiddlewaretoken={token[1]}", Cookie=cookies
        )
        assert status == 302
        style = re.search(r'href="(/static/css/kit\.[0-9a-f]{12}\.css)"', page)
        assert style is not None
        assert ask(port, "GET", style[1])[0] == 200
        assert ask(port, "GET", "/c/riverside/turf/", Cookie=session)[0] == 200
        assert "bytes" in done("backup", str(backup), env=env)

    assert backup.stat().st_mode & 0o077 == 0
    assert "already" in refused("backup", str(backup), env=env)
    elsewhere = str(tmp_path / "elsewhere.backup")
    assert "OWN-1" in refused("backup", elsewhere, "--receiver", "another-campaign", env=env)
    assert not (tmp_path / "elsewhere.backup").exists()
    assert "not empty" in refused("restore", str(backup), env=env)
    other = secure(tmp_path / "other")
    half = tmp_path / "half.backup"
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert "pg_restore" in refused("restore", str(half), env=other)
    done("restore", str(backup), env=other)  # nothing of the half was left
    with served(other) as port:
        assert ask(port, "GET", "/c/riverside/turf/", Cookie=session)[0] == 200
