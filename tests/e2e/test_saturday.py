"""
A field organiser's Saturday, with real pages and real clicks: what ``docs/organisers/saturday.md`` tells.

Alice sits at a desk (1360 px) and looks at her phone too (390 px); Bob and Asha knock on doors with theirs.
Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.tasks import task_backends
from playwright.sync_api import expect
from pypdf import PdfReader

from hustings.apps.campaigns.tenancy import tenant
from tests.e2e.a_day import Day, a_worker, drawn, files_of_a_small_town
from tests.e2e.conftest import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from tests.e2e.a_day import Files

SLOW_MS = 60_000
"""Milliseconds to wait for work in the background; it takes a second or two on a quiet machine."""


@pytest.fixture
def day(
    campaign: Campaign,
    browser: Browser,
    live_server: LiveServer,
    settings: SettingsWrapper,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Day]:
    """Riverside, with the worker running beside the server as it does for everybody."""
    settings.JOBS_RUN_AT_ONCE = False
    settings.SITE_URL = live_server.url
    monkeypatch.setitem(
        task_backends.settings["default"], "BACKEND", "django_tasks_db.DatabaseBackend"
    )
    with a_worker() as worker:
        today = Day(campaign, browser, live_server.url, worker)
        yield today
        today.close()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """What Alice was given."""
    return files_of_a_small_town(tmp_path / "town")


def test_a_saturday_from_the_register_to_the_doorstep_and_back(
    day: Day, files: Files, alice: Membership
) -> None:
    desk = come_in(day, alice)
    bring_in_the_register(day, files)
    put_the_doors_on_the_map(day, files)
    choose_whom_to_visit(day)
    cut_and_look(day)
    publish_and_print(day)
    walk, building = day.walk_with_a_building()
    others = [turf for turf in day.turfs() if turf.pk != walk.pk]
    other = min(others, key=lambda turf: abs(turf.door_count - 24))
    hand_out(day, walk, other)
    let_bob_in(day, walk)
    knock_on_doors(day, walk, building)
    watch_it_come_in(day, walk)
    hand_back_and_decide_about_what_came_late(day, walk, other)
    look_at_the_other_rooms(day)
    assert desk.complaints == []


def come_in(day: Day, alice: Membership) -> Page:
    """Alice signs in by a code from her mail, at her desk; her phone is signed in too."""
    day.browser_of("somebody's phone", "phone")
    eyes = day.browser_of("alice", "desk")
    page = eyes.open("/sign-in/link/a-secret/")
    day.shown("sign-in-link", "alice", "somebody's phone")
    page = eyes.open("/")
    day.shown("home", "alice", "somebody's phone")
    page.get_by_role("link", name="Sign in by e-mail code").click()
    page.get_by_label("Email").fill(alice.user.email)
    day.shown("sign-in", "alice", "somebody's phone")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code, mail.outbox[-1].body
    page.get_by_label("Code").fill(code[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/c/riverside/"))
    day.browser_of("alice's phone", "phone", like="alice")
    return eyes


def room(page: Page, name: str) -> None:
    """Press a room in the bar."""
    with page.expect_navigation():
        page.get_by_role("navigation", name="Rooms").get_by_role("link", name=name).click()


def send_file(page: Page, path: Path, button: str) -> None:
    """Choose a file and press the button."""
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_role("button", name=button).click()


def bring_in_the_register(day: Day, files: Files) -> None:
    """Nothing is written before Alice has seen what it would do; contacts are brought in, and undone."""
    page = day.eyes["alice"].page
    room(page, "Register")
    expect(page.get_by_role("heading", name="No file has come in yet")).to_be_visible()
    for path in (files.register, files.absent, files.contacts):
        send_file(page, path, "Look through it")
        bring = page.get_by_role("button", name="Bring it in")
        bring.wait_for(timeout=SLOW_MS)
        expect(page.get_by_text("Nothing is written yet")).to_be_visible()
        if path == files.register:
            expect(page.get_by_text("Problems, by kind")).to_be_visible()
            day.shown("register-batch", "alice", "alice's phone")
        bring.dblclick()  # twice is once
        page.get_by_role("button", name="Undo this file").wait_for(timeout=SLOW_MS)
        room(page, "Register")
    page.get_by_role("link", name="contacts.csv").click()
    page.get_by_role("button", name="Undo this file").click()
    page.get_by_text("Undone: everything is as it was before this file.").wait_for()
    room(page, "Register")
    send_file(page, files.contacts, "Look through it")
    page.get_by_role("button", name="Bring it in").click(timeout=SLOW_MS)
    page.get_by_role("button", name="Undo this file").wait_for(timeout=SLOW_MS)
    room(page, "Register")
    day.shown("register-list", "alice", "alice's phone")


def put_the_doors_on_the_map(day: Day, files: Files) -> None:
    """The town's map places the doors; houseboats that it does not know are placed by hand."""
    page = day.eyes["alice"].page
    room(page, "Places")
    send_file(page, files.map, "Place the doors")
    page.locator('.job[data-state="done"]').wait_for(timeout=SLOW_MS)
    room(page, "Places")
    expect(page.get_by_role("table", name="How well the doors are placed")).to_be_visible()
    day.shown("places-coverage", "alice", "alice's phone")
    with page.expect_navigation():
        page.get_by_role("link", name="Willow Moorings").click()
    day.shown("places-street", "alice", "alice's phone")


def choose_whom_to_visit(day: Day) -> None:
    """The count after each step changes while Alice chooses."""
    page = day.eyes["alice"].page
    room(page, "Turf")
    expect(page.get_by_role("heading", name="No walks yet")).to_be_visible()
    page.get_by_role("link", name="Plan an action").click()
    page.wait_for_load_state("load")  # its script hears the fields
    page.get_by_label("Name", exact=True).fill("Saturday canvass")
    page.get_by_label("Day", exact=True).fill("2026-06-13")
    left = page.locator("#steps tbody tr").last.locator("td").first
    before = number_in(left.inner_text())
    page.get_by_label("Absent voters").select_option("none")
    until(
        page,
        "before => Number(document.querySelector('#steps tbody tr:last-child td').textContent.replaceAll(',', '')) < before",
        before,
    )
    day.shown("outings-new", "alice")
    page.get_by_role("button", name="Go on to the size of a walk").click()
    page.get_by_role("heading", name="Whom it reaches").wait_for()
    phone = day.eyes["alice's phone"]
    phone.open(day.at("outings:new"))
    phone.page.get_by_label("Name", exact=True).fill("Sunday leaflets")
    assert phone.overflow() <= 0
    phone.picture("outings-new", whole=True)


def number_in(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def cut_and_look(day: Day) -> None:
    """A cut in the background, its split streets, and a second one that splits fewer."""
    page = day.eyes["alice"].page
    page.get_by_label("Doors, or minutes, in a walk").fill("75")
    with page.expect_response(re.compile("/estimate/")):
        page.get_by_label("A split street is worth").fill("0")
    page.get_by_text(re.compile(r"doors make about \d+ walks")).wait_for()
    day.worker.clear()
    page.get_by_role("button", name="Cut into walks").click()
    page.get_by_text("You may leave this page").wait_for()
    expect(page.get_by_role("progressbar")).to_be_visible()
    day.worker.set()
    page.get_by_role("heading", name=re.compile("^Walks")).wait_for(timeout=SLOW_MS)
    drawn(page)
    page.get_by_role("link", name=re.compile("split: why")).click()
    expect(page.get_by_role("table", name=re.compile("Streets that fall"))).to_be_visible()
    day.shown("outings-split", "alice", "alice's phone")
    page.get_by_role("link", name="Back to the walks").click()
    page.get_by_role("link", name="Draft a new cut").click()
    page.wait_for_load_state("load")
    page.get_by_label("Doors, or minutes, in a walk").fill("75")
    with page.expect_response(re.compile("/estimate/")):
        page.get_by_label("Let walks cross ward").check()
    day.shown("outings-cut", "alice", "alice's phone")
    page.get_by_role("button", name="Cut into walks").click()
    page.get_by_role("heading", name=re.compile("^Walks")).wait_for(timeout=SLOW_MS)
    drawn(page)
    page.go_back()  # the form, not a second cut
    page.get_by_role("button", name="Cut into walks").wait_for()
    page.go_forward()
    drawn(page)
    page.locator("#walks [data-walk]").nth(1).click()
    page.locator('#walks [data-walk][aria-current="true"]').wait_for()
    page.locator("turf-map .map-said").wait_for()


def publish_and_print(day: Day) -> None:
    """Two presses on «Publish» are one; the pack opens and is tagged."""
    page = day.eyes["alice"].page
    page.get_by_role("button", name="Publish these walks").dblclick()
    page.get_by_text("Published: the walks can be handed out.").wait_for()
    address = page.get_by_role("link", name="Print packs").get_attribute("href")
    answer = page.request.get(f"{day.server}{address}", timeout=SLOW_MS)
    paper = PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) >= len(day.turfs())
    assert "/StructTreeRoot" in paper.trailer["/Root"]


def hand_out(day: Day, walk: Turf, other: Turf) -> None:
    """One walk on paper with a code, one by a link on the screen that works once."""
    page = day.eyes["alice"].page
    for turf, holder in ((walk, "Bob"), (other, "Asha")):
        row = page.locator(f'#walks [data-walk="{turf.number}"]')
        row.click()
        page.get_by_role("link", name=f"Open walk {turf.number}", exact=True).click()
        page.get_by_label("Who takes it").fill(holder)
        page.get_by_role("button", name="Hand out").click()
        page.get_by_text(f"{holder} has it now.").wait_for()
        if turf.pk == walk.pk:
            page.get_by_role("link", name="All walks").click()
    page.get_by_role("button", name="Undo handing out").click()
    page.get_by_text("The walk is free again.").wait_for()
    page.get_by_label("Who takes it").fill("Asha")
    page.get_by_role("button", name="Hand out").click()
    page.get_by_role("button", name="Show a code for a phone").click()
    page.get_by_role("heading", name="Point a phone's camera here").wait_for()
    day.shown("outings-phone-link", "alice", whole=False)
    link = page.locator("main bdi").inner_text().strip()
    asha = day.browser_of("asha", "phone")
    asha.open(link.removeprefix(day.server))
    wide = day.browser_of("asha at a desk", "desk")
    day.shown("phone-link", "asha", "asha at a desk")
    asha.page.get_by_label("Your first name").fill("Asha")
    asha.page.get_by_role("button", name="Open the walk").click()
    asha.page.get_by_role("heading", name="My walk").wait_for()
    wide.expect("410")
    wide.open(link.removeprefix(day.server))
    wide.page.get_by_label("Your first name").fill("Charlie")
    wide.page.get_by_role("button", name="Open the walk").click()
    wide.page.get_by_role("heading", name="This link is over").wait_for()
    page.get_by_role("link", name="Back to the walk").click()
    expect(page.get_by_role("heading", name=f"Walk {other.number}")).to_be_visible()


def let_bob_in(day: Day, walk: Turf) -> None:
    """Six letters from the sheet, waiting, and Alice's one press."""
    bob = day.browser_of("bob", "phone")
    wide = day.browser_of("bob at a desk", "desk")
    phone = bob.open("/w/")
    day.shown("phone-start", "bob", "bob at a desk")
    phone.get_by_label("The six letters on your sheet").fill(walk.code)
    phone.get_by_role("button", name="Open").click()
    phone.get_by_label("Your first name").fill("Bob")
    day.shown("phone-code", "bob", "bob at a desk")
    phone.get_by_role("button", name="Ask to be let in").click()
    phone.get_by_role("heading", name="Nearly there, Bob").wait_for()
    wide.page.context.add_cookies(phone.context.cookies())
    day.shown("phone-waiting", "bob", "bob at a desk")
    page = day.eyes["alice"].page
    room(page, "Phones")
    page.get_by_text("1 phone is waiting").wait_for()
    day.shown("phones-list", "alice", "alice's phone")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Let the ticked phones in").click()
    page.get_by_text("1 phone is in.").wait_for()
    phone.get_by_role("heading", name="My walk").wait_for()  # it goes on by itself


def knock_on_doors(day: Day, walk: Turf, building: int) -> None:
    """Answers, nobody in, somebody who is not on the register, a wrong tap taken back, a house of flats."""
    phone = day.eyes["bob"].page
    with phone.expect_navigation():
        phone.locator(".phone-actions .btn-primary").click()
    first = phone.url
    say(phone, "Support")
    day.shown("phone-door", "bob", "bob at a desk")
    save(phone)
    say(phone, "Refused")
    save(phone)
    phone.goto(first)
    phone.get_by_role("button", name=re.compile("^Undo")).click()
    phone.get_by_text("Taken back.").wait_for()
    say(phone, "Strong support")
    save(phone)
    phone.goto(first)
    phone.get_by_role("link", name="Somebody else is at the door").click()
    phone.get_by_label("First name").fill("Siobhán")
    phone.get_by_label("Surname").fill("Okonjo-Whitwell")
    day.shown("phone-add", "bob", "bob at a desk")
    phone.get_by_role("button", name="Add", exact=True).click()
    phone.get_by_text("Siobhán Okonjo-Whitwell", exact=True).wait_for()
    person = phone.locator("details.person", has_text="Siobhán")
    person.locator("summary").first.click()
    person.get_by_text("Undecided").click()
    save(phone)
    for answer in ("Support", "No answer", "Opposed", "No answer", "Undecided", "No answer",
                   "Strong support", "No answer", "Come back"):  # fmt: skip
        with phone.expect_navigation():
            phone.locator(".phone-head a").first.click()
        with phone.expect_navigation():
            phone.locator(".phone-actions .btn-primary").click()
        if answer == "No answer":
            press(phone, re.compile("^No answer$"))
        else:
            say(phone, answer)
            save(phone)
    phone.goto(f"{day.server}/w/walk/{walk.pk}/building/{building}/")
    phone.get_by_role("button", name=re.compile("^No answer at")).first.click()
    phone.get_by_text(re.compile(r"doors? recorded\.")).wait_for()
    day.shown("phone-building", "bob", "bob at a desk")
    with phone.expect_navigation():
        phone.locator(".phone-head a").first.click()
    day.shown("phone-walk", "bob", "bob at a desk", whole=False)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Script").click()
    day.shown("phone-script", "bob", "bob at a desk")


def say(phone: Page, answer: str) -> None:
    """The first person of the door says so, or the door where nobody is known by name."""
    phone.locator(".answers label", has_text=re.compile(f"^{answer}$")).first.click()


def save(phone: Page) -> None:
    press(phone, re.compile("^Save"))


def press(phone: Page, name: str | re.Pattern[str]) -> None:
    """Press a button that sends a form, and wait for the page that follows."""
    with phone.expect_navigation():
        phone.get_by_role("button", name=name).click()


def watch_it_come_in(day: Day, walk: Turf) -> None:
    """A door knocked on by Asha moves Alice's number, and Alice does not reload."""
    page = day.eyes["alice"].page
    room(page, "Results")
    value = page.locator(".stat", has_text="knocked").locator(".stat-value").first
    before = value.inner_text()
    page.evaluate("window.notLoadedAnew = true")
    asha = day.eyes["asha"].page
    for _time in range(4):
        with asha.expect_navigation():
            asha.locator(".phone-head a").first.click()
        with asha.expect_navigation():
            asha.locator(".phone-actions .btn-primary").click()
        say(asha, "Support")
        save(asha)
    expect(value).not_to_have_text(before, timeout=SLOW_MS)
    assert page.evaluate("window.notLoadedAnew")
    day.shown("results-overview", "alice", "alice's phone")
    page.goto(day.server + day.at("outings:cut-page", cut_id=walk.cut_id) + f"?walk={walk.number}")
    drawn(page)
    expect(page.get_by_text("2 out")).to_be_visible()
    day.shown("outings-cut-page", "alice", "alice's phone", whole=False)
    room(page, "Turf")
    day.shown("outings-list", "alice", "alice's phone")


def hand_back_and_decide_about_what_came_late(day: Day, walk: Turf, other: Turf) -> None:
    """Bob hands back himself; Asha's last answer comes after Alice took her walk back, and counts."""
    bob, asha, page = (day.eyes[who].page for who in ("bob", "asha", "alice"))
    bob.get_by_role("link", name="Receipt").click()
    expect(bob.get_by_text("Everything arrived")).to_be_visible()
    day.shown("phone-receipt", "bob", "bob at a desk")
    bob.get_by_role("button", name="Hand the walk back").click()
    bob.get_by_text("The walk is back with the organiser. Thank you.").wait_for()

    with asha.expect_navigation():
        asha.locator(".phone-head a").first.click()
    with asha.expect_navigation():
        asha.locator(".phone-actions .btn-primary").click()
    say(asha, "Opposed")
    page.goto(day.server + day.at("outings:walk", turf_id=other.pk))
    day.shown("outings-walk", "alice", "alice's phone")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(r"^Why here\?")).first.click()
    day.shown("outings-why", "alice", "alice's phone")
    page.get_by_role("link", name="Back to the walk").click()
    page.get_by_role("button", name="It came back").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The walk is as it was before it came back.").wait_for()
    page.get_by_role("button", name="It came back").click()
    page.get_by_text("The walk is back; doors not knocked on are free.").wait_for()

    save(asha)
    room(page, "Phones")
    expect(page.get_by_text("1 report waits for your decision.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Decide").click()
    day.shown("phones-tray", "alice", "alice's phone")
    with page.expect_navigation():
        page.get_by_role("link", name="Phones", exact=True).last.click()
    with page.expect_navigation():
        page.get_by_role("link", name="Take in a phone’s answers").click()
    day.shown("phones-take-in", "alice", "alice's phone")
    page.go_back()
    page.go_back()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("It counts now.").wait_for()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()


def look_at_the_other_rooms(day: Day) -> None:
    """What the day left in the other rooms."""
    from hustings.apps.outings.models import Turf
    from hustings.apps.people.models import ContactPoint, PersonStanding

    page = day.eyes["alice"].page
    with tenant(day.campaign.pk):
        spoken_to = PersonStanding.objects.of(day.campaign).exclude(support="")
        reached = ContactPoint.objects.of(day.campaign).filter(
            person__in=spoken_to.values("person")
        )
        known = reached.first()
        person = (known or ContactPoint.objects.of(day.campaign)[0]).person
        turf = Turf.objects.of(day.campaign).get(number=1, cut__published_at__isnull=False)
    room(page, "People")
    page.get_by_label("Name, address or elector number").fill(person.surname.lower()[:5])
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()
    day.shown("people-search", "alice", "alice's phone")
    page.goto(day.server + day.at("people:person", person_id=person.pk))
    expect(page.get_by_role("heading", name="What was heard")).to_have_count(int(known is not None))
    day.shown("people-person", "alice", "alice's phone")
    page.goto(day.server + day.at("phones:paper", turf_id=turf.pk) + "?who=Asha&day=2026-06-13")
    day.shown("phones-paper", "alice", "alice's phone")
    for name in ("walks", "doors", "members", "audit"):
        page.goto(day.server + day.at(f"settings:{name}"))
        day.shown(f"settings-{name}", "alice", "alice's phone")
    done = page.locator("tbody .verb").all_inner_texts()
    assert "handed a walk out" in done
    assert not [words for words in done if re.fullmatch(r"\w+\.\w+", words)]  # words, no codes
    page.goto(day.server + day.at("outings:action", action_id=turf.action_id) + "?all")
    day.shown("outings-action", "alice", "alice's phone")
    page.goto(day.server + day.at("outings:choose", action_id=turf.action_id))
    day.shown("outings-choose", "alice", "alice's phone")
