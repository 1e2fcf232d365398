"""
A script from the desk to a door with no network; with ``HUSTINGS_PICTURES=yes`` it takes the guide's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from tests.e2e.conftest import context_of, eyes_on, let_in, until
from tests.e2e.test_doorstep import all_sent, bob, doorstep, kept, to_door

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["bob", "doorstep"]

A_QUARTER_OF_AN_HOUR_LATER = """
import('/static/canvass/main.js').then(async ({ app }) => {
  for (const walk of app.walks.values()) await app.store.keepWalk({ ...walk, whole_at: 0 });
  await app.look();
  await app.refresh();
  return [...app.walks.values()].some((walk) => JSON.stringify(walk).includes("Helo, gwirfoddolwr"));
})
"""
"""When a phone asks for its walks whole again; whether the script in Welsh has come with them."""
SCRIPT = """
== start ==
Hello, I am a volunteer with the campaign. How do you feel about us at this election?
- For it [support 1] -> poster
- Not sure yet [support 3] -> thanks
- Would rather not say -> thanks

== poster (personal) ==
Would you put a poster in your window?
- Yes, gladly [poster] -> thanks
- No -> thanks

== thanks ==
Thank you for your time. The polls are open from seven to ten.
"""


def test_a_script_goes_from_the_desk_to_a_door_without_a_network(
    desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, bob: Eyes,
    doorstep: Doorstep,
) -> None:  # fmt: skip
    campaign = doorstep.campaign
    let_in(desk.page.context, alice, live_server.url)
    small = context_of(browser, "phone")
    let_in(small, alice, live_server.url)
    phone = eyes_on(small, "phone", live_server.url)
    page, room = desk.page, f"/c/{campaign.slug}/scripts/"

    def both(name: str) -> None:
        phone.open(page.url.removeprefix(live_server.url))
        for eyes in (desk, phone):
            assert eyes.axe() == [], name
            assert eyes.overflow() <= 0, name
            eyes.picture(f"scripts-{name}", whole=True)

    # --- a draft, mended
    desk.open(f"{room}draft/paste/")
    both("paste")
    page.get_by_label("The script as text").fill(SCRIPT.replace("-> poster", "-> postre"))
    page.get_by_role("button", name="Put this in place of the draft").click()
    page.get_by_text("leads to “postre”").first.wait_for()
    assert not page.get_by_role("button", name="Publish").count()
    with page.expect_navigation():
        page.get_by_role("link", name="Change start").first.click()
    both("step")
    page.get_by_label("Leads to").first.select_option("poster")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Take out poster").click()
    page.get_by_role("button", name="Undo: took a step out: poster").click()
    page.get_by_text("Would you put a poster in your window?").first.wait_for()
    both("draft")

    # --- as the phone shows it
    page.get_by_role("link", name="As the phone shows it").click()
    page.get_by_role("link", name="For it").click()
    page.get_by_role("link", name="Yes, gladly").click()
    page.get_by_text("Recorded so far: Strong support, poster").wait_for()
    with page.expect_navigation():
        page.get_by_role("link", name="Back", exact=True).click()
    both("preview")

    # --- published, and in another language
    desk.open(f"{room}draft/")
    page.get_by_label("Why, in a few words").fill("Posters are here")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Version 2 is published").wait_for()
    both("home")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Version 2")).click()
    both("version")
    page.get_by_label("Another language").select_option("cy")
    page.get_by_role("button", name="Translate").click()
    page.locator("#text-start").fill("Helo, gwirfoddolwr ydw i. Beth ydych chi’n feddwl ohonom?")
    page.locator('[id="text-start/0"]').fill("O blaid")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("button", name="I speak it, and it is right").wait_for()
    both("words")
    page.get_by_role("button", name="I speak it, and it is right").click()
    page.get_by_text("checked by Alice").wait_for()

    desk.open(f"{room}scale/")
    both("scale")
    phone.check()
    small.close()

    # --- at a door, with no network
    door = bob.page
    door.reload()
    until(door, A_QUARTER_OF_AN_HOUR_LATER)
    to_door(door, doorstep, 0)
    door.get_by_role("link", name="With the script, step by step").wait_for()
    door.context.set_offline(True)
    door.get_by_role("link", name="With the script, step by step").click()
    door.get_by_role("heading", name="What to say").wait_for()
    assert bob.axe() == []
    bob.picture("app-script-walk")
    door.get_by_role("button", name="Cymraeg").click()
    door.get_by_text("Helo, gwirfoddolwr ydw i.").wait_for()
    door.get_by_role("button", name="O blaid").click()
    door.get_by_text("Recorded: Strong support").wait_for()
    door.get_by_text("This is not translated: said as it was written.").wait_for()
    assert bob.overflow() <= 0
    bob.picture("app-script-walk-next")
    door.get_by_role("button", name="Yes, gladly").click()
    door.get_by_text("Thank you for your time.").wait_for()
    door.get_by_role("button", name="Back", exact=True).click()
    door.get_by_text("Would you put a poster in your window?").wait_for()
    door.get_by_role("button", name="No", exact=True).click()
    door.get_by_role("button", name="Go on").click()
    door.get_by_text("That was all. Thank them.").wait_for()
    assert [entry["event"]["support"] for entry in kept(door)] == ["1", "1", "1"]

    door.context.set_offline(False)
    door.evaluate("import('/static/canvass/main.js').then(({ app }) => app.tryNow())")
    all_sent(door)
    with tenant(campaign.pk):
        events = list(
            CanvassEvent.objects.of(campaign).select_related("wording").order_by("position")
        )
    first, wished, last = events
    assert [event.corrects for event in events] == [None, first.id, wished.id]
    assert last.wording is not None
    assert (last.support, last.wording.version) == ("1", 2)
    assert [event.more["said_in"].partition(":")[0] for event in events] == ["cy", "cy", "cy"]
    assert doorstep.doors_recorded() == 1
