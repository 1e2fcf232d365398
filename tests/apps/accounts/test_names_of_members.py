"""A name is told by each campaign for itself, and none learns it from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.accounts.actions import add_member
from hustings.apps.audit.actors import command
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership

pytestmark = pytest.mark.django_db
HOST = command("campaign member")


@pytest.mark.trust(1)
def test_an_address_that_another_campaign_knows_brings_no_name_along(
    alice: Membership, charlie: Membership
) -> None:
    add_member(charlie.campaign, "gail@example.org", "canvasser", name="Gail Marsh", by=HOST)

    add_member(alice.campaign, "gail@example.org", "observer", by=HOST)
    page = signed_in(alice).get(f"/c/{alice.campaign.slug}/settings/members/")

    assert "gail@example.org" in page.text
    assert "Marsh" not in page.text


def test_a_change_of_role_keeps_the_name(alice: Membership) -> None:
    add_member(alice.campaign, "gail@example.org", "canvasser", name="Gail Marsh", by=HOST)

    changed = add_member(alice.campaign, "gail@example.org", "observer", by=HOST)

    assert (changed.called, changed.role) == ("Gail Marsh", "observer")


def test_who_gave_no_name_is_called_by_the_address(alice: Membership) -> None:
    member = add_member(alice.campaign, "gail@example.org", "canvasser", by=HOST)

    assert member.actor.label == "gail@example.org"
