"""The sending side of the phone app in a real browser: what others did, a killed page, a closed store, codes, a move."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.models import LastSync
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person
from tests.apps.canvass.cast import a_phone, a_report
from tests.apps.cast import SETUP
from tests.e2e.conftest import context_of
from tests.e2e.test_doorstep import APP, all_sent, bob, carry, doorstep, kept, shut, start, to_door

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["bob", "doorstep"]

EVERYTHING = "import('/static/canvass/store.js').then((store) => store.all()).then((all) => JSON.stringify(all))"


def test_what_another_phone_did_is_here_within_a_minute_and_an_erased_name_is_gone(
    bob: Eyes, doorstep: Doorstep, alice: Membership
) -> None:
    page, asked = bob.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    first = page.locator(".list-row", has_text="2 Mill Lane")
    with tenant(doorstep.campaign.pk):
        other = a_phone(doorstep.turf, "Asha", alice)
        actions.record(other, [a_report(doorstep.turf, doorstep.doors[0].pk, "no_answer")])

    first.get_by_text("No answer").wait_for(timeout=60_000)

    assert any("/changes/?since=" in url for url in asked)
    assert not any(url.endswith("/data/") for url in asked)

    with tenant(doorstep.campaign.pk):
        adaeze = Person.objects.of(doorstep.campaign).filter(forename="Adaeze").first()
        assert adaeze is not None
        erase_person(doorstep.campaign, adaeze.pk, by=SETUP, request="person")
        left = Person.objects.of(doorstep.campaign).filter(forename="Adaeze").count()
    before = page.evaluate(EVERYTHING).count("Adaeze")
    page.evaluate(APP % "catchUp()")

    assert page.evaluate(EVERYTHING).count("Adaeze") == left < before


def test_with_a_clock_two_hours_wrong_come_back_is_at_the_right_time_in_the_phones_own_zone(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True, timezone_id="Asia/Kathmandu")
    context.add_init_script("const real = Date.now; Date.now = () => real.call(Date) + 7_200_000;")
    carry(context, doorstep, live_server.url)
    page = context.new_page()
    start(page, live_server.url)
    context.set_offline(True)
    page.reload()  # what is known of the clock lies on the phone
    for place in (0, 0, 2):
        to_door(page, doorstep, place)
        page.get_by_role("button", name="Come back").first.click()
        page.locator(".asked button").first.click()
        page.locator(".asked").wait_for(state="detached")
    shown = kept(page)[-1]["answer"]
    context.set_offline(False)
    all_sent(page)
    shut(context)

    events = doorstep.events()
    back = events[-1].come_back_at
    assert back is not None
    assert timedelta(minutes=40) < back - timezone.now() <= timedelta(minutes=60)
    assert shown.endswith(f"{back.astimezone(ZoneInfo('Asia/Kathmandu')):%H:%M}")
    assert [event.after for event in events] == [None, events[0].pk, None]
    with tenant(doorstep.campaign.pk):
        said = LastSync.objects.get(device=doorstep.device)
    assert abs((said.ahead_s or 0) - 7200) < 30
    assert (said.first, said.newest, said.unsent) == (1, 3, 3)
    assert {abs(timezone.now() - event.happened_at) < timedelta(minutes=3) for event in events} == {
        True
    }
