"""How far each walk is, by walk and by team: beside a phone stands what its receipt says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.canvass import access, actions, holding, progress, queries
from hustings.apps.canvass.models import WalkGrant
from tests.apps.canvass.cast import a_phone, a_walk
from tests.apps.canvass.test_holding import Day, asked, day, drawn, record
from tests.apps.cast import SETUP, signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership

pytestmark = pytest.mark.django_db
__all__ = ["day"]


def receipts(day: Day) -> list[tuple[int, int]]:
    """What each phone's receipt says: doors recorded, and those that are held."""
    found = []
    for phone in day.phones:
        receipt = queries.receipt_of(access.grant_for_receipt(phone, day.turf.pk))
        assert receipt.is_whole
        found.append((receipt.recorded, receipt.held))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_team_shows_the_numbers_of_its_phones_receipts(day: Day, seed: int) -> None:
    record(day, drawn(day, seed))
    holding.hold(day.campaign, asked(day, phone=seed % 3).pk, by=SETUP)

    (team,) = progress.teams(day.campaign)

    assert [(member.recorded, member.held) for member in team.members] == receipts(day)
    assert any(member.held for member in team.members)
    assert (team.doors, [member.name for member in team.members]) == (6, ["Tom", "Ann", "Bo"])
    assert team.knocked <= sum(member.recorded for member in team.members)


def test_the_list_is_new_as_soon_as_something_was_recorded(day: Day, alice: Membership) -> None:
    client = signed_in(alice)
    address = reverse("phones:teams", kwargs={"slug": day.campaign.slug})
    assert "0 of 6 doors" in client.get(address).content.decode()

    record(day, drawn(day, 0))

    (team,) = progress.teams(day.campaign)
    page = client.get(address).content.decode()
    assert team.knocked > 0
    assert f"{team.knocked} of 6 doors" in page
    for recorded, _held in receipts(day):
        assert f"{recorded} doors recorded" in page


def test_whoever_handed_the_walk_back_is_back_and_their_doors_stay(day: Day) -> None:
    record(day, drawn(day, 0))
    actions.hand_back(WalkGrant.objects.get(device=day.phones[1]), by=day.phones[1].actor)

    (team,) = progress.teams(day.campaign)

    assert [member.here for member in team.members] == [True, False, True]
    assert team.members[1].recorded > 0


def test_more_walks_and_phones_need_no_more_questions(day: Day, alice: Membership) -> None:
    counts = []
    for number in (8, 9):
        with CaptureQueriesContext(connection) as said:
            progress.teams(day.campaign)
        counts.append(len(said))
        turf = a_walk(day.campaign, [door.pk for door in day.doors], number=number)
        for name in ("Di", "Ed"):
            a_phone(turf, name, alice)

    assert len(progress.teams(day.campaign)) == 3
    assert counts[0] == counts[1]
