"""Refuses in sentences to start in production without secure settings, and as a role the wall would not stop."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from tests.apps.register.files import line, register_file
from tests.server.conftest import PASSWORD, SECURE, environment, free_port, hustings

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from tests.server.conftest import OwnServer

pytestmark = pytest.mark.slow
CAMPAIGN = "riverside"


@pytest.fixture(scope="module")
def migrated(own_server: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> OwnServer:
    """With our tables, made by their owner."""
    done = hustings(
        "migrate",
        env=environment(
            tmp_path_factory.mktemp("home"), **SECURE,
            DATABASE_URL=own_server.url("team_web"), DATABASE_OWNER_URL=own_server.url("team"),
        ),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return own_server


@pytest.mark.trust(26)
@pytest.mark.parametrize(
    ("missing", "sentence", "command"),
    [
        ("SECRET_KEY", "HUSTINGS_SECRET_KEY is missing or shorter than 40 characters.", "serve"),
        ("HOSTS", "HUSTINGS_HOSTS does not name the hosts this server answers for.", "work"),
        ("MAIL_HOST", "HUSTINGS_MAIL_HOST is missing", "serve"),
    ],
)  # serve and work ask the same function
def test_each_missing_setting_is_a_sentence_and_nothing_starts(
    missing: str, sentence: str, command: str, migrated: OwnServer, tmp_path: Path
) -> None:
    settings = {name: value for name, value in SECURE.items() if name != f"HUSTINGS_{missing}"}

    refused = hustings(
        command, env=environment(tmp_path, **settings, DATABASE_URL=migrated.url("team_web"))
    )

    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
    assert PASSWORD not in refused.stderr
    for other in ("SECRET_KEY", "HOSTS", "MAIL_HOST"):
        assert (f"HUSTINGS_{other} " in refused.stderr) == (other == missing)


@pytest.mark.trust(3)
@pytest.mark.parametrize(
    ("role", "reason", "command"),
    [
        ("a_superuser", "is a superuser", "serve"),
        ("a_bypasser", "may bypass row-level security", "work"),
        ("team", "owns tables", "serve"),
        ("a_relative", "is a member of the role that does", "work"),
    ],
)
def test_a_role_that_the_wall_would_not_stop_is_refused(
    role: str, reason: str, command: str, migrated: OwnServer, tmp_path: Path
) -> None:
    refused = hustings(
        command, env=environment(tmp_path, **SECURE, DATABASE_URL=migrated.url(role))
    )

    assert refused.returncode == 2
    assert f"«{role}»" in refused.stderr
    assert reason in refused.stderr
    assert "could see every campaign's rows" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.trust(3)
def test_a_web_server_that_is_not_ours_is_refused_the_same(
    migrated: OwnServer, tmp_path: Path
) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import hustings.server.wsgi"], capture_output=True, text=True, check=False,
        env=environment(tmp_path, **SECURE, DATABASE_URL=migrated.url("a_superuser")),
    )  # fmt: skip

    assert loaded.returncode != 0
    assert "is a superuser" in loaded.stderr


COMMANDS = {
    "serve": [], "work": ["--once"], "migrate": [], "backup": ["FILE.backup"], "restore": ["FILE.csv"],
    "campaign": ["list"], "register": ["import", "FILE.csv", "--campaign", CAMPAIGN],
    "places": ["import", "FILE.csv", "--campaign", CAMPAIGN],
    "people": ["erased", "--campaign", CAMPAIGN], "exchange": ["send", "--campaign", CAMPAIGN],
}  # fmt: skip
"""Each command that needs a database, but the demo, which has one of its own."""


def test_every_command_that_needs_a_database_is_among_them() -> None:
    named = {point.name for point in metadata.entry_points(group="hustings.commands")}

    assert named - {"demo"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_does_not_answer_is_a_sentence(command: str, tmp_path: Path) -> None:
    nowhere = {
        name: f"postgresql://{role}:secretword@127.0.0.1:1/x"
        for name, role in (("DATABASE_URL", "team_web"), ("DATABASE_OWNER_URL", "team"))
    }
    (tmp_path / "FILE.csv").write_text("Surname,Elector number\nA,B-1\n")
    arguments = [word.replace("FILE", str(tmp_path / "FILE")) for word in COMMANDS[command]]

    refused = hustings(command, *arguments, env=environment(tmp_path, **SECURE, **nowhere))

    assert refused.returncode == 2
    assert "the database cannot be reached" in refused.stderr
    assert "DATABASE_URL" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "secretword" not in refused.stderr


def test_a_database_without_tables_is_a_sentence(own_server: OwnServer, tmp_path: Path) -> None:
    own_server.ask('create database "empty" owner team', database="postgres")
    urls = {
        name: own_server.url(role, "empty")
        for name, role in (("DATABASE_URL", "team_web"), ("DATABASE_OWNER_URL", "team"))
    }

    refused = hustings("campaign", "list", env=environment(tmp_path, **SECURE, **urls))

    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "hustings migrate" in refused.stderr


@pytest.mark.trust(26, 27)
def test_it_works_from_the_first_migration_to_a_page(migrated: OwnServer, tmp_path: Path) -> None:
    settings = environment(tmp_path / "home", **SECURE, DATABASE_URL=migrated.url("team_web"))
    register = register_file(tmp_path, line(1), line(2))
    imported = hustings(
        "register",
        "import",
        str(register),
        "--campaign",
        CAMPAIGN,
        "--create-campaign",
        env=settings,
    )
    assert imported.returncode == 0, imported.stderr
    assert "2 added" in imported.stdout
    member = hustings("campaign", "member", CAMPAIGN, "alice@example.org", env=settings)
    assert member.returncode == 0, member.stderr
    assert migrated.ask("select count(*) from register_registerentry") == [(2,)]
    assert migrated.ask(
        "select distinct tableowner from pg_tables where schemaname = 'public'"
    ) == [("team",)]

    port = free_port()
    log = (tmp_path / "log").open("w")
    serving = subprocess.Popen(
        [sys.executable, "-m", "hustings.cli.main", "serve", "--port", str(port)],
        env=settings, stdout=log, stderr=log, cwd="/",
    )  # fmt: skip

    def get(path: str, **headers: str) -> tuple[int, Message, str]:
        request = urllib.request.Request(  # our own server
            f"http://127.0.0.1:{port}{path}", headers={"Host": "campaign.example.org", **headers}
        )
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    https = {"X-Forwarded-Proto": "https"}
    try:
        for _ in range(1200):
            try:
                get("/healthy/", **https)
                break
            except OSError:
                assert serving.poll() is None, (tmp_path / "log").read_text()
                time.sleep(0.1)
        assert get("/healthy/", **https)[2] == "healthy\n"
        assert get("/")[0] == 301
        assert get("/")[1]["Location"] == "https://campaign.example.org/"
        status, headers, page = get("/", **https)
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "'unsafe" not in headers["Content-Security-Policy"]
        assert "/static/" in page
        style = next(part.split('"')[0] for part in page.split('href="')[1:] if ".css" in part)
        status, headers, _text = get(style, **https)
        assert (status, "immutable" in headers["Cache-Control"]) == (200, True)
        wrong_host = get("/", Host="evil.example.org", **https)
        assert wrong_host[0] == 400
        missing = get("/no/such/page/", **https)
        assert missing[0] == 404
        assert "Traceback" not in missing[2] + wrong_host[2]
        assert "urlpatterns" not in missing[2]
    finally:
        serving.terminate()
        serving.wait(60)
        log.close()
    said = (tmp_path / "log").read_text()
    for secret in (PASSWORD, SECURE["HUSTINGS_SECRET_KEY"], SECURE["HUSTINGS_MAIL_PASSWORD"]):
        assert secret not in said


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Tells where it would have gone."""

    def redirect_request(self, *arguments: object) -> None:
        return None


ASKS_FOR_CODES = """
from hustings.server.start import django_setup
django_setup()
from django.test import Client
from django.urls import reverse
def ask():
    browser = Client(REMOTE_ADDR="192.0.2.7", headers={"host": "campaign.example.org"})
    send = {"email": "who@example.org"}
    return browser.post(reverse("account_request_login_code"), send, secure=True).status_code
print([ask() for _ in range(%d)])
"""
"""One process, in which somebody asks for codes to sign in."""


@pytest.mark.trust(26)
def test_two_processes_count_together_how_often_a_code_is_asked_for(
    migrated: OwnServer, tmp_path: Path
) -> None:
    settings = environment(
        tmp_path, **SECURE | {"HUSTINGS_MODE": "demo", "HUSTINGS_MAIL_HOST": ""},
        DATABASE_URL=migrated.url("team_web"),
    )  # fmt: skip

    def asked(times: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", ASKS_FOR_CODES % times], env=settings, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()[-1]

    assert asked(2) == "[302, 302]"
    assert asked(2) == "[302, 200]", "Three a minute; then the form is shown again, with an error."
    kept = str(migrated.ask("select cache_key from accounts_cache"))
    assert kept != "[]"
    assert "192.0.2.7" not in kept


def test_every_form_of_an_address_names_the_same_database(
    migrated: OwnServer, tmp_path: Path
) -> None:
    over_tcp = migrated.url("team_web")
    forms = (
        over_tcp,
        over_tcp.replace("postgresql://", "postgres://"),
        over_tcp.replace("127.0.0.1", "localhost") + "?sslmode=prefer&application_name=hustings",
        f"postgresql://team_web@/Field%20work?host={migrated.socket}&port={migrated.port}",
    )
    for url in forms:
        listed = hustings("campaign", "list", env=environment(tmp_path, **SECURE, DATABASE_URL=url))
        assert (listed.returncode, listed.stderr) == (0, ""), url
    assert not (tmp_path / "postgres").exists(), "The embedded server was started beside it."
