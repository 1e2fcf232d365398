"""What tired people do: wrong files, empty forms, no signal, no scripts, long names, large letters, two at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from tests.apps.isolation_matrix import PLANTERS, World
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

LONG_NAME = "Wilhelmina Konstantinopolitanska-Fotheringham-Oyelaran Smythe"
FROM_THE_RIGHT = "شارع النهر الطويل المؤدي إلى السوق"


@pytest.fixture
def world(campaign: Campaign) -> World:
    """Riverside, with one of everything."""
    planted = World(campaign)
    with tenant(campaign.pk):
        for plant in PLANTERS:
            plant(planted)
    return planted


@pytest.fixture
def at_the_desk(desk: Eyes, alice: Membership) -> Eyes:
    """Alice at her desk."""
    let_in(desk.page.context, alice, desk.server)
    return desk


def at_the_door(eyes: Eyes, world: World) -> str:
    """The phone's page of the walk's first door, on the phone that was let in."""
    cookie = {"name": DEVICE_COOKIE, "value": world.rows["token"]}
    eyes.page.context.add_cookies([{**cookie, "url": f"{eyes.server}/w/"}])
    return f"/w/walk/{world.rows['walk'].pk}/door/{world.rows['walk_doors'][0].pk}/"


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Eyes]:
    """A phone whose browser runs no scripts."""
    context = context_of(browser, "phone", java_script_enabled=False)
    yield eyes_on(context, "phone", live_server.url)
    context.close()


def test_a_wrong_file_is_refused_in_a_sentence(at_the_desk: Eyes, tmp_path: Path) -> None:
    at_the_desk.expect("422")
    picture = tmp_path / "holiday.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK\x03\x04 not a list")

    page = at_the_desk.open("/c/riverside/register/")
    page.locator('input[type="file"]').set_input_files(picture)
    page.get_by_role("button", name="Look through it").click()
    page.locator(".note-bad, .field-error").first.wait_for()
    assert len(page.locator(".note-bad, .field-error").first.inner_text()) > 20

    page = at_the_desk.open("/c/riverside/places/")
    page.get_by_role("button", name="Place the doors").click()
    expect(page.locator('input[type="file"]:invalid')).to_have_count(1)
    page.locator('input[type="file"]').set_input_files(letter)
    page.get_by_role("button", name="Place the doors").click()
    page.get_by_text("this file does neither").wait_for()


def test_a_broken_map_is_named_as_it_was_sent(at_the_desk: Eyes, tmp_path: Path) -> None:
    town = tmp_path / "OUR-TOWN.OSM.PBF"
    town.write_bytes(b"<html>Please sign in to download</html>")

    page = at_the_desk.open("/c/riverside/places/")
    page.locator('input[type="file"]').set_input_files(town)
    page.get_by_role("button", name="Place the doors").click()

    said = page.locator('.job[data-state="failed"]').inner_text()
    assert said.startswith("OUR-TOWN.OSM.PBF: This is not a whole OpenStreetMap extract")
    assert "waiting" not in said  # no folder of the server's is named


def test_an_action_without_a_name_is_asked_for_one(at_the_desk: Eyes) -> None:
    page = at_the_desk.open("/c/riverside/turf/new/")
    page.get_by_role("button", name="Go on to the size of a walk").click()

    expect(page.locator("#id_name:invalid")).to_have_count(1)
    assert page.url.endswith("/turf/new/")


def test_without_a_signal_what_was_tapped_stays_and_is_sent_later(
    phone: Eyes, world: World
) -> None:
    phone.expect("ERR_INTERNET_DISCONNECTED")
    page = phone.open(at_the_door(phone, world))
    page.locator(".answers label", has_text="Undecided").first.click()
    page.context.set_offline(True)

    page.get_by_role("button", name=re.compile("^Save")).click()

    page.get_by_text("No connection. What you tapped stays on this page").wait_for()
    assert page.locator('input[value="answered:3"]').first.is_checked()
    assert phone.overflow() <= 0

    page.context.set_offline(False)
    page.get_by_role("button", name=re.compile("^Save")).click()
    page.wait_for_url(re.compile(rf"/door/{world.rows['walk_doors'][1].pk}/"))
    with tenant(world.campaign.pk):
        from hustings.apps.canvass.models import CanvassEvent

        assert CanvassEvent.objects.of(world.campaign).filter(support="3").count() == 1


def test_a_door_is_recorded_without_scripts(without_scripts: Eyes, world: World) -> None:
    page = without_scripts.page
    page.goto(without_scripts.server + at_the_door(without_scripts, world))
    page.locator(".answers label", has_text="Undecided").first.click()
    page.get_by_role("button", name=re.compile("^Save")).click()

    page.wait_for_url(re.compile(rf"/door/{world.rows['walk_doors'][1].pk}/"))
    with page.expect_navigation():
        page.get_by_role("button", name="No answer", exact=True).click()
    expect(page.locator(".note-bad")).to_have_count(0)


def test_the_walks_are_listed_without_scripts(
    without_scripts: Eyes, world: World, alice: Membership
) -> None:
    page = without_scripts.page
    let_in(page.context, alice, without_scripts.server)
    page.goto(f"{without_scripts.server}/c/riverside/turf/cuts/{world.rows['cut'].pk}/")

    page.locator("#walks [data-walk]").first.click()

    page.get_by_role("link", name="Open walk 1").wait_for()
    said = page.locator("turf-map noscript p").bounding_box()
    assert said is not None
    assert said["height"] > 20


def test_long_names_and_letters_from_the_right_fit(
    world: World, alice: Membership, browser: Browser, live_server: LiveServer
) -> None:
    from hustings.apps.people.models import Person
    from hustings.apps.places.models import Building, Door

    with tenant(world.campaign.pk):
        Person.objects.of(world.campaign).update(
            surname=LONG_NAME, name_key=LONG_NAME.lower(), forename="x" * 40
        )
        Door.objects.of(world.campaign).update(street=FROM_THE_RIGHT)
        Building.objects.of(world.campaign).update(access_note=LONG_NAME * 2)
    walk, door = world.rows["walk"].pk, world.rows["walk_doors"][0].pk
    wrong = []
    for size in ("phone", "desk"):
        context = context_of(browser, size)
        eyes = eyes_on(context, size, live_server.url)
        let_in(context, alice, live_server.url)
        at_the_door(eyes, world)
        for path in (
            f"/w/walk/{walk}/", f"/w/walk/{walk}/door/{door}/", f"/w/walk/{walk}/receipt/",
            f"/w/walk/{walk}/building/{world.rows['building'].pk}/",
            f"/c/riverside/turf/walks/{world.rows['turf'].pk}/",
            f"/c/riverside/people/{world.rows['person'].pk}/", "/c/riverside/people/?q=wilhel",
            "/c/riverside/phones/", "/c/riverside/phones/tray/",
            f"/c/riverside/phones/walks/{walk}/paper/?who=Asha",
        ):  # fmt: skip
            page = eyes.open(path)
            assert page.locator("h1").count() == 1, path
            for way in ("ltr", "rtl"):
                page.evaluate("way => document.documentElement.dir = way", way)
                if eyes.overflow() > 0:
                    wrong.append(f"{path}, {size}, {way}: {eyes.overflow()} px too wide")
        context.close()
        eyes.check()
    assert not wrong, "\n".join(wrong)


def test_at_twice_the_size_nothing_is_cut_off(at_the_desk: Eyes, phone: Eyes, world: World) -> None:
    """200 % of 1360 px is a window of 680; a phone of 320 px is the narrowest there is."""
    at_the_desk.page.set_viewport_size({"width": 680, "height": 430})
    phone.page.set_viewport_size({"width": 320, "height": 568})
    wrong = []
    walk = world.rows["walk"].pk
    for eyes, paths in (
        (at_the_desk, ("register/", f"register/{world.rows['batch'].pk}/", "places/", "turf/",
                       "turf/new/", f"turf/cuts/{world.rows['cut'].pk}/", "phones/",
                       "settings/members/", "settings/audit/")),
        (phone, ("", "script/", "receipt/", f"door/{world.rows['walk_doors'][0].pk}/")),
    ):  # fmt: skip
        at_the_door(eyes, world)
        for path in paths:
            whole = f"/c/riverside/{path}" if eyes is at_the_desk else f"/w/walk/{walk}/{path}"
            page = eyes.open(whole)
            assert page.locator("h1").count() == 1, whole
            if eyes.overflow() > 0:
                wrong.append(f"{whole}: {eyes.overflow()} px too wide")
    assert not wrong, "\n".join(wrong)


def test_a_walk_that_another_organiser_gave_away_is_not_given_twice(
    at_the_desk: Eyes, world: World
) -> None:
    at_the_desk.expect("409|400|422")
    page = at_the_desk.open(f"/c/riverside/turf/walks/{world.rows['turf'].pk}/")
    other = page.context.new_page()
    other.goto(page.url)
    for tab, holder in ((other, "Tunde"), (page, "Asha")):
        tab.get_by_label("Who takes it").fill(holder)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Hand out").click()

    expect(page.locator("main")).to_contain_text("Tunde")
    other.reload()
    expect(other.locator("dd", has_text="Tunde")).to_be_visible()


def test_letters_of_a_walk_that_is_over_lead_nowhere_but_say_so(
    phone: Eyes, world: World, alice: Membership
) -> None:
    from hustings.apps.outings import handing_out

    handing_out.retire(world.campaign, world.rows["walk"].pk, by=alice.actor)
    phone.expect("404")

    page = phone.open("/w/")
    page.get_by_label("The six letters on your sheet").fill("ZQXCAN")
    page.get_by_role("button", name="Open").click()

    page.get_by_text(re.compile("not out any more|No walk has these letters")).wait_for()
    page = phone.open(at_the_door(phone, world))
    expect(page.get_by_role("heading", name="This is not on this phone now")).to_be_visible()
    assert phone.axe() == []
    page.get_by_role("link", name="To my walks").click()
    page.get_by_role("heading", name="Open a walk").wait_for()
