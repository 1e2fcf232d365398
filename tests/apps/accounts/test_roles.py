"""The table of roles is the whole law: what it does not allow is refused, and a change holds at once."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from hustings.apps.accounts.access import NotAllowed, require
from hustings.apps.accounts.actions import add_member, remove_member
from hustings.apps.accounts.models import Membership
from hustings.apps.accounts.roles import RIGHTS, Right, Role
from tests.apps.cast import member, signed_in
from tests.apps.isolation_matrix import ROUTES
from tests.apps.knocking import IN_A_CAMPAIGN, knock

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World


@pytest.mark.trust(9)
@pytest.mark.parametrize("role", [*Role.values, "", "no such role"])
@pytest.mark.parametrize("right", Right)
def test_a_role_has_the_rights_of_its_row_and_no_other(role: str, right: Right) -> None:
    somebody = Membership(role=role)

    if right in RIGHTS.get(role, frozenset()):
        require(somebody, right)
    else:
        with pytest.raises(NotAllowed):
            require(somebody, right)


@pytest.mark.trust(9)
@pytest.mark.slow
def test_another_role_holds_at_once_where_somebody_is_signed_in(
    world: World, campaign: Campaign
) -> None:
    """Every change from one role to another, at every address, in a session that stays open."""
    vera = member(campaign, "Vera", "observer")
    organiser = vera.actor
    client = signed_in(vera)
    wrong = []
    for before, after in itertools.permutations(Role.values, 2):
        add_member(campaign, vera.user.email, before, by=organiser)
        client.get(f"/c/{campaign.slug}/")
        add_member(campaign, vera.user.email, after, by=organiser)
        for name in IN_A_CAMPAIGN:
            if ROUTES[name].method == "post" and after in ROUTES[name].roles:
                continue  # what may be written is written in the matrix; here is refused what may not
            status = knock(client, name, world, campaign).status_code
            if (status < 400) != (after in ROUTES[name].roles):
                wrong.append((before, after, name, status))

    assert wrong == []


@pytest.mark.trust(9)
def test_who_is_no_member_any_more_is_shown_nothing_at_any_address(
    world: World, campaign: Campaign
) -> None:
    vera = member(campaign, "Vera", "organiser")
    client = signed_in(vera)
    assert knock(client, "people:search", world, campaign).status_code == 200

    remove_member(vera, by=vera.actor)

    statuses = {knock(client, name, world, campaign).status_code for name in IN_A_CAMPAIGN}
    assert statuses == {404}
