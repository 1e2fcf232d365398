"""Killed at a statement of an erasure, wherever it is: nothing is half done, and the next run does all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Erasure
from tests.apps.erasure.somebody import left_of_her, plant
from tests.apps.killing import killed_at

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.mark.trust(29, 62)
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_is_killed_did_nothing_and_the_next_does_all(
    campaign: Campaign, alice: Membership, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with tenant(campaign.pk):
        ada = plant(campaign)

    def erase() -> None:
        erase_person(
            campaign, ada.person.pk, request="person", by=alice.actor,
            members=[ada.membership.pk], phones=[ada.device.pk],
        )  # fmt: skip

    def left() -> dict[str, list[str]]:
        with tenant(campaign.pk):
            found = left_of_her(tmp_path)
        # The copy that waits may be gone before the rest: then it is sent again.
        return {table: sorted(rows) for table, rows in found.items() if table != "files"}

    def tombstones() -> int:
        with tenant(campaign.pk):
            return Erasure.objects.filter(person_number=ada.person.pk).count()

    # Each of the first, among which the person goes, and then every sixth: one kill looks through all tables.
    before, at, kills = left(), 1, 0
    while killed_at(at, erase):
        assert left() == before, at
        assert tombstones() == 0, at
        kills += 1
        at += 1 if at < 20 else 6

    assert kills > 50
    assert tombstones() == 1
    with tenant(campaign.pk):
        assert left_of_her(tmp_path) == {}
