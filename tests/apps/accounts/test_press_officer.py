"""A press officer has the press desk, sees the campaign's numbers as an observer does, and neither people, walks nor members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.apps.cast import signed_in
from tests.apps.isolation_matrix import CANARY, ROUTES
from tests.apps.knocking import IN_A_CAMPAIGN, body, knock

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World


@pytest.mark.trust(9)
def test_a_press_officer_starts_at_the_press_desk(petra: Membership, campaign: Campaign) -> None:
    answer = signed_in(petra).get(f"/c/{campaign.slug}/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/c/{campaign.slug}/statements/"
    rooms = [room["url"] for room in answer.context["rooms"]]
    assert rooms == [
        f"/c/{campaign.slug}/{room}/"
        for room in ("statements", "exchange", "materials", "lending", "results", "contests")
    ]


@pytest.mark.trust(9)
def test_a_press_officers_numbers_are_an_observers(
    petra: Membership, olive: Membership, campaign: Campaign, world: World
) -> None:
    def numbers(who: Membership) -> object:
        return knock(signed_in(who), "results:json", world, campaign).json()  # type: ignore[attr-defined]  # JSON

    assert numbers(petra) == numbers(olive)


@pytest.mark.trust(9)
def test_a_press_officer_opens_no_address_that_shows_a_walk_a_person_or_a_member(
    petra: Membership, campaign: Campaign, world: World
) -> None:
    client = signed_in(petra)
    rooms_of_people = ("people:", "register:", "phones:", "outings:", "places:", "settings:")

    refused = {name for name in IN_A_CAMPAIGN if name.startswith(rooms_of_people)}

    for name in sorted(refused):
        assert "press" not in ROUTES[name].roles
        answer = knock(client, name, world, campaign)
        assert answer.status_code == 403, name
        assert CANARY not in body(answer), name
