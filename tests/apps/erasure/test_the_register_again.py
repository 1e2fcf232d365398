"""A register that comes again does not bring an erased person back, and says that it left somebody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person, Suppression
from hustings.apps.register.actions import import_file, undo
from hustings.apps.register.models import ImportProblem, RegisterEntry
from tests.apps.cast import SETUP
from tests.apps.register.files import line, register_file, update_file

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.register.comparing import Impact

pytestmark = [pytest.mark.trust(30), pytest.mark.django_db]

ADA = line(1, "Byron", "Ada", 3)
BEN = line(2, "Smith", "Ben", 3)
CYD = line(3, "Jones", "Cyd", 4)


def bring(campaign: Campaign, path: Path, *, whole: bool = False) -> Impact:
    with tenant(campaign.pk):
        return import_file(campaign, path, by=SETUP, whole=whole)[1]


def names(campaign: Campaign) -> set[str]:
    with tenant(campaign.pk):
        return set(RegisterEntry.objects.values_list("surname", flat=True))


def erase(campaign: Campaign, surname: str) -> None:
    with tenant(campaign.pk):
        person = Person.objects.get(surname=surname)
    erase_person(campaign, person.pk, request="person", by=SETUP)


@pytest.mark.parametrize("whole", [True, False])
def test_the_same_file_again_leaves_her_out_and_says_so(
    campaign: Campaign, tmp_path: Path, whole: bool
) -> None:
    file = register_file(tmp_path, ADA, BEN, CYD)
    bring(campaign, file)
    erase(campaign, "Byron")

    impact = bring(campaign, file, whole=whole)

    assert names(campaign) == {"Smith", "Jones"}
    assert impact.problems == {"erased": 1}
    assert (impact.left_out, impact.added, impact.unchanged, impact.removed) == (1, 0, 2, 0)
    with tenant(campaign.pk):
        [problem] = ImportProblem.objects.filter(kind="erased")
    assert (problem.row, problem.cell) == (2, "")


def test_she_stays_out_of_a_register_that_is_the_campaigns_first_again(
    campaign: Campaign, tmp_path: Path
) -> None:
    file = register_file(tmp_path, ADA)
    bring(campaign, file)
    erase(campaign, "Byron")

    bring(campaign, file)

    assert names(campaign) == set()


def test_she_stays_out_with_another_number_at_home_and_with_her_number_elsewhere(
    campaign: Campaign, tmp_path: Path
) -> None:
    bring(campaign, register_file(tmp_path, ADA, BEN))
    erase(campaign, "Byron")

    renumbered = line(77, "BYRON", "Ada", 3)
    moved = line(1, "Byron", "Ada", 9)
    impact = bring(campaign, register_file(tmp_path, renumbered, moved, BEN))

    assert names(campaign) == {"Smith"}
    assert impact.problems == {"erased": 2}


def test_somebody_else_who_gets_her_number_comes_in(campaign: Campaign, tmp_path: Path) -> None:
    bring(campaign, register_file(tmp_path, ADA, BEN))
    erase(campaign, "Byron")

    impact = bring(campaign, register_file(tmp_path, line(1, "Noether", "Eve", 5), BEN))

    assert names(campaign) == {"Smith", "Noether"}
    assert impact.problems == {}


def test_an_update_does_not_bring_her_back(campaign: Campaign, tmp_path: Path) -> None:
    bring(campaign, register_file(tmp_path, ADA, BEN))
    erase(campaign, "Byron")
    row = "Created,WA1-1,,,Byron,Ada,3 Albert Lane,Walthamstow,,,,E17 4JG"

    impact = bring(campaign, update_file(tmp_path, row))

    assert names(campaign) == {"Smith"}
    assert impact.problems == {"erased": 1}


def test_her_number_is_not_shown_again_where_a_file_asks_for_it(
    campaign: Campaign, tmp_path: Path
) -> None:
    bring(campaign, register_file(tmp_path, ADA, BEN))
    erase(campaign, "Byron")
    absent = tmp_path / "absent.csv"
    head = "Elector Number Prefix,Elector Number,Elector Number Suffix,Absent Type,Expiry"
    absent.write_text(f"{head}\nWA1,1,0,Postal,\nWA1,9,0,Postal,\n")

    impact = bring(campaign, absent)

    assert impact.problems == {"not_on_register": 2}
    with tenant(campaign.pk):
        cells = ImportProblem.objects.filter(kind="not_on_register").order_by("row")
        assert [problem.cell for problem in cells] == ["", "WA1-9"]


def test_undoing_the_file_she_came_with_does_not_bring_her_back(
    campaign: Campaign, tmp_path: Path
) -> None:
    bring(campaign, register_file(tmp_path, ADA, BEN))
    with tenant(campaign.pk):
        changed = register_file(tmp_path, line(1, "Byron-King", "Ada", 3), BEN)
        batch, _impact, _problems = import_file(campaign, changed, by=SETUP)
    erase(campaign, "Byron-King")

    with tenant(campaign.pk):
        undo(campaign, batch, by=SETUP)

    assert names(campaign) == {"Smith"}


def test_the_hash_is_keyed_by_the_installation_and_the_campaign(
    campaign: Campaign, rivals: Campaign, tmp_path: Path
) -> None:
    file = register_file(tmp_path, ADA)
    hashes = []
    for one, secret in ((campaign, "a" * 50), (rivals, "a" * 50)):
        with override_settings(SECRET_KEY=secret):
            bring(one, file)
            erase(one, "Byron")
        with tenant(one.pk):
            hashes.append(set(Suppression.objects.values_list("digest", flat=True)))

    assert len(hashes[0]) == len(hashes[1]) == 3
    assert hashes[0].isdisjoint(hashes[1])
    with override_settings(SECRET_KEY="b" * 50):
        bring(campaign, file)
    assert names(campaign) == {"Byron"}, "With another secret nobody can try names, nor we."
