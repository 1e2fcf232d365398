"""
The board in a real browser: one phone, a team of six, no network; and what it looks like in a hand.

Names of the team are on that phone and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import context_of, eyes_on, go, until
from tests.e2e.test_doorstep import (
    APP,
    Doorstep,
    all_sent,
    bob,
    carry,
    doorstep,
    kept,
    picture,
    receipt,
    shut,
    start,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep"]

TEAM = ("Adaline", "Bertram", "Clothilde", "Dagobert", "Eugenie", "Faustus")
TRIED = """async (many) => {
  const { app, boards } = await import('/static/canvass/main.js');
  const [walk] = app.walks.values();
  const tried = [...app.standingsOf(walk).values()].filter(({ state }) => state === 'done' || state === 'out').length;
  const left = walk.doors.filter((door) => app.standingOf(walk, door).state !== 'left');
  const { handsOf } = await import('/static/canvass/board.js');
  const board = boards.of(walk);
  const hands = board.team.flatMap(({ id }) => handsOf(board, id).map(({ door }) => door));
  return tried === many && !left.some(({ id }) => hands.includes(id)); }"""
"""So many doors were tried, and nobody stands at one of them any more."""
BOARDS = "import('/static/canvass/store.js').then((store) => store.boards())"


def to_board(page: Page, doorstep: Doorstep, team: tuple[str, ...] = TEAM) -> None:
    """Open the board by its link, and say who is there."""
    page.get_by_role("link", name="With a team: the board").click()
    page.get_by_role("link", name="Who is with you?").click()
    for name in team:
        page.get_by_label("First name or initials").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator(".board-who", has_text=name).wait_for()
    page.get_by_role("link", name="To the board").click()
    page.get_by_role("heading", name="Board").wait_for()


def test_a_team_of_six_works_a_street_without_a_network_and_the_receipt_is_the_servers_count(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_board(page, doorstep)
    page.get_by_role("button", name="Send 6 of them to a door each").click()
    page.locator(".board-row .btn", has_text="No answer").nth(5).wait_for()
    expect(page.locator(".board-row .btn", has_text="No answer")).to_have_count(6)

    # Ben calls back that nobody is in: one tap, and he is at another door already.
    row = page.locator(".board-row", has_text="Bertram")
    before = row.locator(".board-who span bdi").nth(1).inner_text()
    row.get_by_role("button", name=re.compile("^No answer")).click()
    page.get_by_text(f"Undo: Bertram at {before}").wait_for()
    assert row.locator(".board-who span bdi").nth(1).inner_text() != before
    page.reload()  # the page is killed, the network is not back: the board is as it was
    page.get_by_text(f"Undo: Bertram at {before}").wait_for()
    expect(page.locator(".board-row")).to_have_count(6)

    # He meant another door: the step goes back with its answer, and comes again.
    page.get_by_text(f"Undo: Bertram at {before}").click()
    page.locator(".board-row", has_text="Bertram").filter(has_text=before).wait_for()

    # The rest of the walk, as it is called back; a household of two is asked person by person.
    # Each turn is a door more that was tried, and the next begins when the board says so.
    rows = page.locator("a.board-who:has(span)")
    busy = page.locator(".board-row:has(.btn:text-is('No answer'))")
    many = len(doorstep.doors)
    for turn in range(many):
        row = busy.nth(turn % busy.count())
        if turn % 3 == 2:
            row.locator(".btn").click()
        else:
            row.locator("a.board-who").click()
            page.locator("board-door").wait_for()
            at_home = page.locator("details.person")
            for nth in range(at_home.count()):
                card = at_home.nth(nth)
                if nth:
                    expect(at_home.nth(nth - 1).get_by_role("button", pressed=True)).to_have_count(
                        1
                    )
                    card.locator("> summary").click()
                card.get_by_role("button", name="Support", exact=True).click()
            page.get_by_role("heading", name="Board").wait_for()
        until(page, TRIED, turn + 1)
        assert rows.count() <= 6
    assert busy.count() == 0
    assert doorstep.events() == []
    page.get_by_role("link", name="All doors tried: to the receipt").wait_for()
    names = [name for board in page.evaluate(BOARDS) for name in (p["name"] for p in board["team"])]
    assert names == list(TEAM)

    with page.expect_request("**/w/events/") as sent:
        page.context.set_offline(False)
    assert not any(name in (sent.value.post_data or "") for name in TEAM)
    all_sent(page)

    assert receipt(page, doorstep) == [str(len(doorstep.doors))] * 2
    assert doorstep.doors_recorded() == len(doorstep.doors)
    assert not any(name in str(entry) for name in TEAM for entry in kept(page))
    assert doorstep.set_aside() == 0


def test_a_door_is_taken_back_places_are_changed_and_somebody_goes_home(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    to_board(page, doorstep, TEAM[:2])
    page.get_by_role("button", name="Send 2 of them to a door each").click()

    def at(name: str) -> str:
        return (
            page.locator(".board-row", has_text=name).locator(".board-who bdi").nth(1).inner_text()
        )

    one, other = at(TEAM[0]), at(TEAM[1])
    page.locator(".board-row", has_text=TEAM[0]).locator("a.board-who").click()
    page.get_by_text(f"More about {TEAM[0]}").click()
    page.get_by_role("button", name=f"{TEAM[0]} and {TEAM[1]} change places").click()
    page.get_by_role("heading", name="Board").wait_for()
    assert (at(TEAM[0]), at(TEAM[1])) == (other, one)

    page.locator(".board-row", has_text=TEAM[0]).locator("a.board-who").click()
    page.get_by_text(f"More about {TEAM[0]}").click()
    page.get_by_role("button", name="Take the door back").click()
    page.locator(".board-row", has_text=TEAM[0]).filter(has_text="has no door").wait_for()
    page.locator(".board-row", has_text=TEAM[0]).locator("a.board-who").click()
    page.get_by_role("heading", name=f"A door for {TEAM[0]}").wait_for()
    expect(page.locator(".board-door-choice")).to_have_count(len(doorstep.doors) - 1)
    page.get_by_role("button", name="16 Mill Lane").or_(
        page.get_by_role("button", name="16 Weir Street")
    ).first.click()
    page.get_by_role("heading", name="Board").wait_for()
    assert at(TEAM[0]).startswith("16 ")

    page.get_by_role("link", name="Team").click()
    page.get_by_role("button", name=f"{TEAM[0]} goes home").click()
    page.get_by_text("went home").wait_for()
    page.get_by_role("link", name="To the board").click()
    page.locator(".board-row").first.wait_for()
    expect(page.locator(".board-row")).to_have_count(1)
    page.get_by_role("button", name=f"Undo: {TEAM[0]} went home").click()
    page.locator(".board-row", has_text=TEAM[0]).filter(has_text="16 ").wait_for()

    page.get_by_role("link", name="Team").click()
    page.get_by_role("button", name="Put the board away: forget the names").click()
    until(page, f"{BOARDS}.then((boards) => boards.length === 0)")
    assert doorstep.events() == []


def test_the_names_leave_the_phone_with_the_walk(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    to_board(page, doorstep)
    until(page, f"{BOARDS}.then((boards) => boards.length === 1)")

    page.evaluate(
        "import('/static/canvass/main.js').then(({ app }) => { app.world.now = () => Date.now() + 13 * 3600_000; return app.tidy(); })"
    )

    page.get_by_role("heading", name="This walk is not on this phone now").wait_for()
    until(page, f"{BOARDS}.then((boards) => boards.length === 0)")


def test_the_board_is_worked_by_keyboard_alone(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    go(page, f"/walk/{doorstep.turf.pk}/board-team")
    page.get_by_role("heading", name="Team").wait_for()

    def press_to(name: str) -> None:
        for _turn in range(80):
            page.keyboard.press("Tab")
            here = "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText)"
            if page.evaluate(here).strip().startswith(name):
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"the keyboard does not come to «{name}»")

    page.get_by_label("First name or initials").focus()
    page.keyboard.type("Adaline")
    page.keyboard.press("Enter")
    page.locator(".board-who", has_text="Adaline").wait_for()
    assert page.evaluate("document.activeElement.id") == "board-name"  # ready for the next name
    press_to("To the board")
    press_to("Send Adaline to a door")
    page.get_by_text("Undo: Adaline to").wait_for()
    page.keyboard.press(
        "Enter"
    )  # the keyboard stayed on the button of her row, which is another now
    page.get_by_text("Undo: Adaline at 2 Mill Lane").wait_for()
    press_to("Undo: Adaline at")
    until(page, APP % "entries.length === 2")
    all_sent(page)

    assert [event.kind for event in doorstep.events()] == ["no_answer", "undo"]


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_eight_people_fit_and_axe_finds_nothing(
    width: int, scheme: str, browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True, color_scheme=scheme)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect("ERR_INTERNET_DISCONNECTED")
    page = eyes.page
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 568})
    start(page, live_server.url)
    wrong: list[str] = []

    def look(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        wrong.extend([f"{name}: too wide"] if eyes.overflow() > 0 else [])
        wrong.extend(f"{name}: {line}" for line in eyes.axe())
        if scheme == "light":
            picture(eyes, f"app-{name}", width)

    go(page, f"/walk/{doorstep.turf.pk}/board")
    page.get_by_role("link", name="Who is with you?").wait_for()
    look("board-empty")
    go(page, f"/walk/{doorstep.turf.pk}")
    page.get_by_role("heading", name="My walk").wait_for()
    to_board(
        page, doorstep, ("Ada", "Ben", "Cleo", "Dev", "Eve M", "Fay", "Gus", "Maximiliana-Aurelia")
    )
    page.get_by_role("link", name="Team").click()
    page.get_by_role("heading", name="Team").wait_for()
    look("board-team")
    page.get_by_role("link", name="To the board").click()
    page.get_by_role("button", name="Send 8 of them").click()
    page.locator(".board-row .btn", has_text="No answer").nth(7).wait_for()
    page.evaluate(
        "import('/static/canvass/main.js').then(({ app }) => { const real = app.world.now; app.world.now = () => real() + 13 * 60_000; return app.look(); })"
    )
    page.locator(".board-row .btn", has_text="No answer").first.click()
    page.get_by_text("Undo: Ada at").wait_for()
    if width == 390:
        # Both at one moment: the page draws its rows anew whenever something came in.
        until(page, "document.querySelectorAll('.board-row').length >= 8")
        last, tabs = page.evaluate(
            "[[...document.querySelectorAll('.board-row')][7].getBoundingClientRect().bottom, document.querySelector('.phone-tabs').getBoundingClientRect().top]"
        )
        assert last <= tabs, "eight do not fit on one screen"
    # Found and measured within one step of the page: what is drawn anew between two would measure nothing.
    small = page.evaluate(
        "[...document.querySelectorAll('.board-row > .btn, a.board-who')].map((one) => one.getBoundingClientRect()).filter((box) => box.height < 52 || box.width < 52).length"
    )
    wrong.extend([f"{small} targets are small"] if small else [])
    look("board")
    page.locator(".board-row", has_text="Cleo").locator("a.board-who").click()
    page.get_by_text("More about Cleo").wait_for()
    look("board-door")
    page.get_by_text("More about Cleo").click()
    page.get_by_role("link", name="One more door for Cleo").click()
    page.get_by_role("heading", name="A door for Cleo").wait_for()
    look("board-doors")
    shut(context)
    eyes.check()
    assert not wrong, "\n".join(wrong)
