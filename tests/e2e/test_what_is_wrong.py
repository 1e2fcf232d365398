"""A form that was not taken shows what is wrong, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.conftest import let_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes


def test_the_first_thing_that_is_wrong_is_in_sight_and_has_the_keyboard(
    phone: Eyes, alice: Membership
) -> None:
    phone.expect("422")
    let_in(phone.page.context, alice, phone.server)
    page = phone.open("/c/riverside/sessions/new/")
    for name, said in (
        ("name", "Doors"), ("day", "2031-06-14"), ("begins", "14:00"), ("ends", "16:00"),
        ("place", "Mill Hall"), ("time_zone", "London"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(said)
    page.get_by_role("button", name="Make the session").click()

    page.get_by_text("There is no time zone of this name").wait_for()
    page.locator("[name=time_zone]:focus").wait_for()
    at = page.get_by_text("There is no time zone of this name").bounding_box()
    assert at
    assert 0 < at["y"] < page.evaluate("innerHeight") - at["height"]
