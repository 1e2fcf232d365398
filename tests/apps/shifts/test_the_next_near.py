"""A welcome names the next session near, and not where somebody lives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.welcome import nearest_to
from tests.apps.shifts.cast import a_session
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def test_a_welcome_names_the_next_session_with_its_place(campaign: Campaign) -> None:
    a_session(campaign, starts_at=timezone.now() + timedelta(days=2))
    with tenant(campaign.pk):
        line = nearest_to(a_volunteer(campaign))

    assert line is not None
    assert "Doors at the mill" in line.text
    assert "3 Mill Lane" in line.text


def test_only_what_is_known_to_be_near_is_called_near(campaign: Campaign) -> None:
    a_session(campaign, starts_at=timezone.now() + timedelta(days=2), lon=0.12, lat=52.2)
    with tenant(campaign.pk):
        here = nearest_to(a_volunteer(campaign, lon=0.13, lat=52.21))
        abroad = nearest_to(a_volunteer(campaign, "Ute Fern", lon=6.95, lat=50.94))
        nobody_knows = nearest_to(a_volunteer(campaign, "Nils Nah"))

    assert [line is not None and line.near for line in (here, abroad, nobody_knows)] == [
        True, False, False,
    ]  # fmt: skip


def test_a_home_is_not_told_in_a_welcome(campaign: Campaign) -> None:
    a_session(campaign, starts_at=timezone.now() + timedelta(days=2), at_a_home=True)
    with tenant(campaign.pk):
        line = nearest_to(a_volunteer(campaign))

    assert line is not None
    assert "Mill Lane" not in line.text


def test_without_a_session_nothing_is_promised(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        assert nearest_to(a_volunteer(campaign)) is None
