"""Every room is one or two taps away on a phone, and nothing scrolls sideways out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.conftest import let_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes


def names(eyes: Eyes) -> list[str]:
    """The rooms that can be seen and touched now, as they are called."""
    return [link.inner_text() for link in eyes.page.locator(".side .rooms a:visible").all()]


def test_what_the_bar_has_no_place_for_is_behind_one_tap(alice: Membership, phone: Eyes) -> None:
    let_in(phone.page.context, alice, phone.server)
    page = phone.open(f"/c/{alice.campaign.slug}/settings/")
    at_first = names(phone)
    bar = page.locator(".side").bounding_box()

    page.get_by_text("More", exact=True).click()
    phone.picture("rooms-more")

    assert at_first == ["Today", "Turf", "People", "Phones"]
    assert {"Results", "Statements", "Materials", "Register", "Places", "Settings"} <= set(
        names(phone)
    )
    assert bar is not None
    assert bar["width"] == 390
    assert (
        page.locator(".side .rooms").first.evaluate("list => list.scrollWidth - list.clientWidth")
        <= 0
    )
    assert phone.axe() == []
    page.get_by_role("link", name="Settings", exact=True).last.click()
    expect(page.locator(".side summary.here")).to_have_count(1)


def test_at_320_pixels_the_bar_is_whole(alice: Membership, phone: Eyes) -> None:
    phone.page.set_viewport_size({"width": 320, "height": 640})
    let_in(phone.page.context, alice, phone.server)

    page = phone.open(f"/c/{alice.campaign.slug}/results/")

    assert phone.overflow() <= 0
    assert (
        page.locator(".side .rooms").first.evaluate("list => list.scrollWidth - list.clientWidth")
        <= 0
    )


def test_a_desk_shows_every_room_at_once(alice: Membership, desk: Eyes) -> None:
    let_in(desk.page.context, alice, desk.server)

    page = desk.open(f"/c/{alice.campaign.slug}/results/")

    assert len(names(desk)) >= 9
    assert page.get_by_text("More", exact=True).is_hidden()
