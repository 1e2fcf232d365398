"""A form that the database stopped twice says so, and one tap sends what was typed once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import handing_out, views
from hustings.apps.outings.models import Checkout
from tests.apps.campaigns.test_once_more import stopping
from tests.apps.canvass.cast import a_walk
from tests.e2e.test_doorstep import Doorstep, doorstep
from tests.e2e.test_follow_ups import at_both
from tests.e2e.test_organisers_side import organiser

if TYPE_CHECKING:
    import pytest

    from tests.e2e.conftest import Eyes

__all__ = ["doorstep", "organiser"]


def test_what_was_typed_is_sent_again_with_one_tap(
    doorstep: Doorstep, organiser: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = doorstep.campaign
    with tenant(campaign.pk):
        doors = [door.pk for door in doorstep.doors[6:8]]
        turf = a_walk(campaign, doors, number=8, code="QWERTA")
    organiser.expect("status of 503")
    page = organiser.open(reverse("outings:walk", args=[campaign.slug, turf.pk]))
    page.get_by_label("Who takes it").first.fill("Asha & Ben")
    monkeypatch.setattr(views.handing_out, "check_out", stopping(2, handing_out.check_out))

    page.get_by_role("button", name="Hand out").click()

    page.get_by_role("heading", name="Once more, please").wait_for()
    at_both(organiser, "once-more")
    page.get_by_role("button", name="Send it again").click()
    page.get_by_text("Asha & Ben has it now.").wait_for()
    with tenant(campaign.pk):
        assert Checkout.objects.get(turf=turf).holder == "Asha & Ben"
