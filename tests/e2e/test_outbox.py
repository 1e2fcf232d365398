"""The sending side of the phone app in a real browser: what others did, a killed page, a closed store, codes, a move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person
from tests.apps.canvass.cast import a_phone, a_report
from tests.apps.cast import SETUP
from tests.e2e.test_doorstep import APP, bob, doorstep

if TYPE_CHECKING:
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
