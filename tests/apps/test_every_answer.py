"""Every answer, at every address and when something goes wrong, carries what a browser needs to be strict."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from hustings.server import views
from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import NOT_OURS, ROUTES
from tests.apps.knocking import IN_A_CAMPAIGN, ON_A_PHONE, a_phone, knock, names_of, undone
from tests.server.conftest import SECURE, environment

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponseBase

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World

pytestmark = [pytest.mark.slow, pytest.mark.trust(27)]
STRICT = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_CSP",
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY",
    "X_FRAME_OPTIONS", "DEBUG", "SECURE_CONTENT_TYPE_NOSNIFF", "SESSION_COOKIE_SAMESITE",
)  # fmt: skip


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings as production has them."""
    program = (
        "import json; from hustings.server import settings as s; "
        f"print(json.dumps({{n: getattr(s, n) for n in {STRICT!r} if hasattr(s, n)}}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env=environment(tmp_path_factory.mktemp("home"), **SECURE),
    )  # fmt: skip
    values: dict[str, Any] = json.loads(said.stdout)
    return values


def test_production_is_strict(strict: dict[str, Any]) -> None:
    assert strict["DEBUG"] is False
    assert strict["SECURE_SSL_REDIRECT"] is True
    assert strict["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "unsafe" not in json.dumps(strict["SECURE_CSP"])
    assert all(strict[name] for name in STRICT if "COOKIE" in name)


def not_strict(answer: HttpResponseBase) -> list[str]:
    """What is missing."""
    wanted = {
        "Strict-Transport-Security": "max-age=31536000",
        "Content-Security-Policy": "script-src 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    missing = [name for name, value in wanted.items() if value not in answer.headers.get(name, "")]
    if "unsafe" in answer.headers.get("Content-Security-Policy", ""):
        missing.append("a strict policy")
    for name, cookie in answer.cookies.items():
        if not cookie.value and cookie["max-age"] == 0:
            continue  # taken away
        missing += [
            f"{name}: {flag}" for flag in ("secure", "httponly", "samesite") if not cookie[flag]
        ]
    return missing


def test_at_every_address_as_everybody(
    strict: dict[str, Any], world: World, campaign: Campaign, alice: Membership, charlie: Membership
) -> None:
    wrong, statuses, cookies = {}, set(), set()
    said_by_the_proxy = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
    with override_settings(**strict, **said_by_the_proxy):
        clients = {
            "Alice": (signed_in(alice), (*IN_A_CAMPAIGN, "home")),
            "Charlie": (signed_in(charlie), IN_A_CAMPAIGN),
            "a phone": (a_phone(world.rows["token"]), ON_A_PHONE),
            "nobody": (Client(), sorted(ROUTES)),
        }
        for who, (client, names) in clients.items():
            client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
            for name in names:
                with undone():  # a refusal outside any campaign takes the transaction back
                    answer = knock(client, name, world, campaign)
                statuses.add(answer.status_code)
                cookies |= set(answer.cookies)
                if missing := not_strict(answer):
                    wrong[who, name] = missing

    assert wrong == {}
    assert {200, 302, 403, 404} <= statuses
    assert "csrftoken" in cookies


@pytest.mark.django_db
def test_at_the_addresses_of_the_sign_in_library(strict: dict[str, Any]) -> None:
    names = [n for n in names_of(get_resolver().url_patterns) if n.startswith(NOT_OURS)]
    tried = 0
    with override_settings(**strict):
        for name in names:
            try:
                address = reverse(name)
            except Exception:  # noqa: BLE001, S112  # needs an argument: a key of somebody signed in
                continue
            answer = Client().get(address, secure=True)
            assert not_strict(answer) == [], name
            tried += 1
    assert tried > 5


@pytest.mark.django_db
def test_when_something_goes_wrong(strict: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """No page, no host, no token, no database, a static file, a static file that is not there."""

    class Broken:
        def cursor(self) -> None:
            raise RuntimeError("thesecretoftheserver")

    with override_settings(**strict):
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        answers = {
            404: client.get("/no/such/page/", secure=True),
            400: client.get("/", secure=True, headers={"host": "evil.example.org"}),
            403: client.post("/w/", {"code": "QQQQQQ"}, secure=True),
            405: Client().post(reverse("home"), secure=True),
            200: client.get("/static/css/kit.css", secure=True),
        }
        answers[200].close()
        monkeypatch.setattr(views, "connection", Broken())
        answers[500] = client.get(reverse("healthy"), secure=True)

    assert {answer.status_code for answer in answers.values()} >= {200, 404, 400, 403, 405, 500}
    assert {n: missing for n, answer in answers.items() if (missing := not_strict(answer))} == {}
    assert b"thesecretoftheserver" not in answers[500].content
    assert b"Traceback" not in answers[500].content


@pytest.mark.django_db
def test_without_encryption_there_is_only_the_way_to_it(strict: dict[str, Any]) -> None:
    with override_settings(**strict):
        answer = Client().get("/c/riverside/people/?q=liles")

    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")
    assert answer.cookies == {}


def test_the_letters_of_a_link_or_a_code_are_never_logged(
    world: World, campaign: Campaign, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """What a log may hold: that an address was not found, never the secret of one that was."""
    from hustings.apps.outings import handing_out
    from tests.apps.cast import SETUP

    token = handing_out.make_phone_link(campaign, world.rows["turf"].pk, by=SETUP)
    caplog.set_level("DEBUG")
    caplog.clear()

    opened = Client().get(reverse("phone:link", args=[token]))
    used = Client().post(reverse("phone:link", args=[token]), {"first_name": "Tom"})

    assert (opened.status_code, used.status_code) == (200, 302)
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db.backends")]
    assert not [said for said in ours if str(token) in said]
