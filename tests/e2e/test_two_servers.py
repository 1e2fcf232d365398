"""
Two servers that really run, each with a database of its own, and the stories that the papers told: through the pages.

``walthamstow-2016`` and ``hay-tour-2017`` between two campaigns that sign their word, and once more where the other
side has only a telephone.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import Eyes, context_of, eyes_on
from tests.server.conftest import environment, free_port, hustings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
FIRST_UP_S = 120
PEOPLE = {"ada": "organiser", "ben": "press", "cora": "press"}
NAMES = {"riverside": "Riverside", "harbour": "Harbour"}


@dataclass
class Server:
    """One campaign on a server of its own, and three people at its press desk, each with a browser."""

    slug: str
    url: str
    env: dict[str, str]
    browser: Browser
    people: dict[str, Eyes] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.who("ada").page

    def who(self, name: str) -> Eyes:
        """Somebody's browser, signed in by a link that works once."""
        if name not in self.people:
            eyes = eyes_on(context_of(self.browser, "desk"), "desk", self.url)
            eyes.expect(r"status of 422")
            said = hustings("campaign", "link", f"{name}@{self.slug}.example", env=self.env)
            assert said.returncode == 0, said.stderr
            (link,) = re.findall(r"/sign-in/link/\S+", said.stdout)
            eyes.open(link)
            with eyes.page.expect_navigation():
                eyes.page.get_by_role("button").first.click()
            self.people[name] = eyes
        return self.people[name]

    def open(self, path: str, who: str = "ada") -> Page:
        return self.who(who).open(f"/c/{self.slug}/{path}")

    def press(self, button: str, who: str = "ada") -> None:
        page = self.who(who).page
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).first.click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            found = self.page.locator(f'[name="{name}"]')
            if found.evaluate("field => field.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)

    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def says(self, body: str, kind: str) -> None:
        """Drafted by Ada, approved by Ben and Cora, signed by Ada."""
        self.open("statements/draft/")
        self.fill(kind=kind, body=body)
        self.press("Write it down")
        if "/records/" not in self.page.url:
            with self.page.expect_navigation():
                self.page.get_by_role("link", name=re.compile(re.escape(body[:40]))).first.click()
        draft = self.page.url.removeprefix(self.url)
        for who in ("ben", "cora"):
            self.who(who).open(draft)
            self.press("Approve these words", who)
        self.who("ada").open(draft)
        self.press("Sign it now")
        assert "Signed, and in our log for good." in self.text()

    def sends(self) -> None:
        """«Send now», and what came of it."""
        self.open("exchange/")
        with self.page.expect_navigation():
            self.page.locator("article").get_by_role("link").first.click()
        self.press("Send now")
        here = self.page.url
        until = time.monotonic() + 60
        while "all is there" not in self.text():
            assert time.monotonic() < until, self.text()
            time.sleep(0.5)
            self.page.goto(here)


def is_up(url: str) -> bool:
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(f"{url}/healthy/", timeout=5) as answer:  # noqa: S310  # our own
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def served(slug: str, port: int, peer: int, home: Path, browser: Browser) -> Iterator[Server]:
    """A server with a database of its own, that may call the other one and nobody else."""
    env = environment(
        home,
        HUSTINGS_MODE="demo",
        HUSTINGS_SITE_URL=f"http://127.0.0.1:{port}",
        HUSTINGS_PEERS=f"127.0.0.1:{peer}",
    )
    commands = [["migrate"], ["campaign", "create", slug, "--name", NAMES[slug]]]
    commands += [
        [
            "campaign",
            "member",
            slug,
            f"{name}@{slug}.example",
            "--role",
            role,
            "--name",
            name.title(),
        ]
        for name, role in PEOPLE.items()
    ]
    for command in commands:
        done = hustings(*command, env=env)
        assert done.returncode == 0, done.stderr
    process = subprocess.Popen(
        [sys.executable, "-m", "hustings.cli.main", "serve", "--port", str(port)], env=env, cwd="/"
    )
    server = Server(slug, f"http://127.0.0.1:{port}", env, browser)
    try:
        until = time.monotonic() + FIRST_UP_S
        while not is_up(server.url):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.3)
        yield server
    finally:
        for eyes in server.people.values():
            eyes.page.context.close()
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="module")
def scenarios(test_data: Path) -> dict[str, dict[str, Any]]:
    text = (test_data / "vectors/statements/scenarios.json").read_text(encoding="utf-8")
    return {one["id"]: one for one in json.loads(text)}


@pytest.fixture(scope="module")
def both(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Server]]:
    """Riverside and Harbour, with keys, met, each with the other's address."""
    ports = free_port(), free_port()
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("two")
        pair = tuple(
            stack.enter_context(served(slug, port, peer, folder / slug, browser))
            for slug, port, peer in zip(NAMES, ports, ports[::-1], strict=True)
        )
        one, other = pair
        for server in pair:
            server.open("statements/")
            server.follow("Make the keys")
            server.press("Make the keys and show the sheet")
        words = []
        for server, peer in ((one, other), (other, one)):
            card = folder / f"{peer.slug}.card.txt"
            with urllib.request.urlopen(f"{peer.url}/says/{peer.slug}/card.txt") as answer:  # noqa: S310
                card.write_bytes(answer.read())
            server.open("statements/parties/new/")
            server.page.locator('[name="card"]').set_input_files(card)
            server.press("Add")
            words.append(server.page.locator(".spoken").inner_text())
            server.fill(read_with="Somebody at their press desk")
            server.page.locator('[name="same"]').check()
            server.press("We have met")
        assert words[0] == words[1]
        for server, peer in ((one, other), (other, one)):
            server.open("exchange/")
            server.follow(NAMES[peer.slug])
            server.fill(address=f"{peer.url}/says/{peer.slug}/")
            server.press("Save the address")
            assert "They are called there from now on." in server.text()
        yield one, other


def card_with(server: Server, words: str) -> str:
    """The text of the card with these words, on the page that is open."""
    found = server.page.locator("article:not(.answer)").filter(has_text=words[:60]).first
    return " ".join(found.inner_text().split())


def between(server: Server) -> None:
    server.open("statements/")
    other = next(name for slug, name in NAMES.items() if slug != server.slug)
    with server.page.expect_navigation():
        server.page.get_by_role("link", name=re.compile(other)).first.click()


def announces(server: Server, quote: str, kind: str) -> str:
    """What comes of trying to announce the word that is open."""
    here = server.page.url.removeprefix(server.url)
    server.who("ada").open(f"{here}announce/")
    server.fill(quote=quote, kind=kind)
    server.press("Announce it")
    return server.text()


def claimed(server: Server, event: dict[str, Any]) -> None:
    server.follow("Something was claimed")
    server.fill(
        quote=event["quote"], kind="support", when=f"{event['t']}", where=event["where"],
        told_by="an aide",
    )  # fmt: skip
    server.press("Write it down as a claim")
    assert "no message on record" in card_with(server, event["quote"])
    assert "cannot be announced" in card_with(server, event["quote"])


def test_walthamstow_between_two_servers(
    both: tuple[Server, Server], scenarios: dict[str, dict[str, Any]]
) -> None:
    us, them = both
    _note, claim, denial, greeting, retraction, hope = scenarios["walthamstow-2016"]["events"]

    between(us)
    claimed(us, claim)
    us.press("Ask them to confirm")
    us.sends()

    between(them)
    them.follow("Answer")
    them.fill(decision="deny", text=denial["quote"])
    them.press("Sign the answer")
    them.sends()

    between(us)
    assert "Denied by" in card_with(us, claim["quote"])
    assert denial["quote"] in card_with(us, claim["quote"])

    them.says(greeting["quote"], greeting["kind"])
    them.sends()
    between(us)
    with us.page.expect_navigation():
        us.page.get_by_role("link", name=re.compile(greeting["quote"][:30])).first.click()
    us.press("Accept it")
    for kind in ("support", "endorsement"):
        here = us.page.url
        assert f"must not be announced as {kind}" in announces(us, greeting["quote"], kind)
        us.page.goto(here)
    assert "Announced" in announces(us, greeting["quote"], "greeting")

    between(us)
    us.follow("Withdraw the claim")
    us.fill(reason=retraction["reason"])
    us.press("Withdraw it")
    us.open("statements/")
    between(us)
    us.follow("Something is hoped for")
    us.fill(kind=hope["kind"], quote=hope["quote"])
    us.press("Write it down as a hope")
    assert "Hoped for, not received" in card_with(us, hope["quote"])
    us.sends()

    for server in both:
        between(server)
        text = card_with(server, claim["quote"])
        assert "Denied by" in text
        assert retraction["reason"] in text
    them.open("exchange/")
    them.follow(NAMES[us.slug])
    assert "accepted" in them.text()
    public = us.who("ben").open(f"/says/{us.slug}/").locator("body").inner_text()
    assert greeting["quote"] in public
    assert claim["quote"] not in public


def test_the_hay_tour_between_two_servers(
    both: tuple[Server, Server], scenarios: dict[str, dict[str, Any]]
) -> None:
    us, them = both
    hope, fact, tour = scenarios["hay-tour-2017"]["events"]

    between(us)
    us.follow("Something is hoped for")
    us.fill(kind="endorsement", quote=hope["quote"])
    us.press("Write it down as a hope")
    with us.page.expect_navigation():
        us.page.get_by_role("link", name=re.compile(hope["quote"][:30])).first.click()
    assert "a hope is not a statement" in announces(us, hope["quote"], "endorsement")

    us.says(fact["quote"], fact["kind"])
    us.sends()
    between(them)
    assert fact["quote"] in them.text()

    them.says(f"A {tour['kind']}: {', '.join(tour['places'])}.", "fact")
    them.sends()
    between(us)
    told = card_with(us, f"A {tour['kind']}")
    assert "a fact" in told
    assert "an endorsement" not in told
    assert "Hoped for, not received" in card_with(us, hope["quote"])
    record = us.page.get_by_role("link", name=re.compile("book tour")).first
    with us.page.expect_navigation():
        record.click()
    assert "must not be announced as endorsement" in announces(us, "book tour", "endorsement")


def test_both_stories_with_a_peer_that_has_only_a_telephone(
    both: tuple[Server, Server], scenarios: dict[str, dict[str, Any]]
) -> None:
    us, _them = both
    _note, claim, denial, greeting, retraction, hope = scenarios["walthamstow-2016"]["events"]
    hay, _fact, tour = scenarios["hay-tour-2017"]["events"]
    call = {"spoke_to": "Hal of their press office", "listened": "Ben"}
    us.open("statements/parties/new/")
    us.fill(name="Office of the senator", telephone="01632 960 001")
    us.press("Add")
    office = us.page.url.removeprefix(f"{us.url}/c/{us.slug}/")

    claimed(us, claim)
    us.open(office)
    us.follow("Ask them to confirm")
    us.fill(
        decision="deny", text=denial["quote"], authority="press_office",
        when=f"{denial['t']}T11:20", **call,
    )  # fmt: skip
    us.press("Write down their answer")
    assert "Denied by their press office" in card_with(us, claim["quote"])

    for words, kind, evidence, when in (
        (greeting["quote"], "greeting", "called_back", f"{greeting['t']}T11:25"),
        (
            f"A {tour['kind']}: {', '.join(tour['places'])}.",
            "fact",
            "published",
            f"{tour['t']}T09:00",
        ),
    ):
        us.follow("They said something")
        more = call if evidence == "called_back" else {}
        us.fill(body=words, kind=kind, when=when, evidence=evidence, source="telephone", **more)
        us.press("Write it down")
    with us.page.expect_navigation():
        us.page.get_by_role("link", name=re.compile("book tour")).first.click()
    assert "they have not confirmed it to us" in announces(us, "book tour", "fact")

    us.open(office)
    with us.page.expect_navigation():
        us.page.get_by_role("link", name=re.compile(greeting["quote"][:30])).first.click()
    here = us.page.url
    assert "must not be announced as support" in announces(us, greeting["quote"], "support")
    us.page.goto(here)
    assert "Announced" in announces(us, greeting["quote"], "greeting")

    us.open(office)
    us.follow("Withdraw the claim")
    us.fill(reason=retraction["reason"])
    us.press("Withdraw it")
    for quote, kind in ((hope["quote"], hope["kind"]), (hay["quote"], hay["kind"])):
        us.open(office)
        us.follow("Something is hoped for")
        us.fill(kind=kind, quote=quote)
        us.press("Write it down as a hope")
        assert "Hoped for, not received" in card_with(us, quote)
    us.open(office)
    text = card_with(us, claim["quote"])
    assert "Denied by their press office" in text
    assert retraction["reason"] in text
    for eyes in us.people.values():
        eyes.check()
