"""Help for tests: an open join page, and its form as somebody fills it in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.test import Client

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers import doors
from hustings.apps.volunteers.models import Volunteer

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

THINGS = ("travel", "stipend", "lodging", "wage")


def open_the_door(campaign: Campaign, country: str = "GB", sites: tuple[str, ...] = ()) -> None:
    """People may join; nobody was counted yet for coming too often."""
    cache.clear()
    Campaign.objects.filter(pk=campaign.pk).update(country=country)
    campaign.country = country
    doors.open_page(campaign, sites, by=command("tests"))


def a_form(campaign: Campaign, client: Client | None = None, **more: Any) -> dict[str, Any]:
    """The form as it was handed out, filled in by Vera."""
    page = (client or Client()).get(f"/join/{campaign.slug}/").content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found, page
    said = {
        "form_id": found[1], "name": "Vera Walker", "email": "vera@example.net",
        "phone": "+44 7700 900123", "near": "Mill Lane", "times": ["sat-morning", "sat-afternoon"],
        "wishes": ["knock", "drive"], "transport": "public", "no_stairs": "on",
        "language_1": "cy", "language_2": "en", "agreed": "on",
    }  # fmt: skip
    return said | more


def from_abroad(**more: Any) -> dict[str, Any]:
    """Somebody who lives in Australia and costs nobody anything."""
    said: dict[str, Any] = {
        "abroad": "on", "home_country": "AU", "from_on": "2026-06-01", "until_on": "2026-06-20",
    }  # fmt: skip
    return said | {f"{thing}_payer": "nobody" for thing in THINGS} | more


def send(campaign: Campaign, said: dict[str, Any], where: str = "") -> Response:
    """Send the form, as a browser that keeps no cookies."""
    return Client(enforce_csrf_checks=True).post(f"/join/{campaign.slug}/{where}", said)


def volunteers(campaign: Campaign) -> list[Volunteer]:
    """Everybody who came, in order."""
    with tenant(campaign.pk):
        return list(Volunteer.objects.of(campaign).select_related("person").order_by("pk"))


def own_page_in(page: Response) -> str:
    """The path of the own page that a thank-you shows."""
    found = re.search(r'href="(/me/[^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]
