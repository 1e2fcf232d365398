"""What is said before the night: delegates by district, at large and of party leaders, and where each unit lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import live, planning, roster
from hustings.apps.contests.forms import ContestForm
from hustings.apps.contests.models import Contest, Unit, UnitFile
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.contests.counting_nights import a_caucus, a_report, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign

POOLS = {"districts": [["1", 8], ["2", 7]], "at_large": 5, "pleo": 3}
SAID = {
    "kind": "primary", "name": "Primary", "held_on": "2099-02-03", "opens_at": "19:00",
    "time_zone": "America/New_York", "ruleset": "dnc-proportional", "seats": "",
}  # fmt: skip
PARTED = {"districts": "1: 8\n2: 7\n", "at_large": "5", "pleo": "3"}


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    """A primary of two districts, behind the campaign's wall."""
    with tenant(campaign.pk):
        made = a_caucus(campaign, rules="dnc-proportional", name="Primary")
        made.kind, made.pools, made.seats = "primary", POOLS, 23
        made.save()
        yield made


def address(contest: Contest, name: str) -> str:
    return reverse(f"contests:{name}", args=[contest.campaign.slug, contest.pk])


def test_a_primary_is_made_with_its_districts_and_their_sum_is_the_number_in_all(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    answer = alice_signed_in.post(reverse("contests:new", args=[campaign.slug]), SAID | PARTED)

    assert answer.status_code == 302
    with tenant(campaign.pk):
        made = Contest.objects.get()
        assert (made.pools, made.seats) == (POOLS, 23)
        form = alice_signed_in.get(address(made, "change")).content.decode()
    assert "1: 8\n2: 7</textarea>" in form


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"districts": "1: 8\nsecond 7"}, "districts", "Line 2: write a district and its delegates as «1: 8», not «second 7»."),
        ({"districts": "1: 8\n\n01: 7"}, "districts", "Line 3: the district «01» is there twice."),
        ({"districts": "1: 0"}, "districts", "Line 1: write a district"),
        ({"districts": "1: -4"}, "districts", "Line 1: write a district"),
        ({"districts": "\u202e1: 4"}, "districts", "Line 1: write a district"),
        ({"seats": "24"}, "seats", "are 23 together"),
        ({"seats": "23"}, "", ""),
        ({"districts": "CD 1\t8\nCD 2\t7"}, "", ""),
        ({"districts": "", "pleo": ""}, "", ""),
        ({"kind": "constituency", "ruleset": "uk-parliament"}, "districts", "Only a primary and a caucus give delegates so"),
        ({"ruleset": ""}, "ruleset", "Delegates are given by rules"),
        ({"at_large": "0"}, "at_large", "greater than or equal to 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_a_sentence_at_its_field(
    changed: dict[str, str], field: str, says: str
) -> None:
    form = ContestForm(SAID | PARTED | changed)

    assert form.is_valid() == (not says)
    assert says in (str(form.errors[field].as_text()) if field else "")


def test_without_any_of_them_a_primary_is_made_as_before(campaign: Campaign) -> None:
    form = ContestForm(SAID | {"seats": "8"})

    assert form.is_valid()
    assert (form.planned["pools"], form.planned["seats"]) == ({}, 8)


def test_the_parts_stay_once_a_report_is_here(alice_signed_in: Client, contest: Contest) -> None:
    said = SAID | PARTED | {"seats": "23", "name": contest.name}
    first = alice_signed_in.post(
        address(contest, "change"), said | {"at_large": "6", "seats": "24"}
    )
    a_report(a_unit(contest, "1"), "final", {"ash": 4})
    second = alice_signed_in.post(address(contest, "change"), said | {"at_large": "7", "seats": ""})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "both stay as they are" in second.content.decode()
    assert Contest.objects.get().pools["at_large"] == 6


@pytest.mark.parametrize(
    "column", ["District", "Congressional District", "legislative district", "CD"]
)
def test_the_roster_says_the_district_of_each_unit(contest: Contest, column: str) -> None:
    before = live.version_of(contest)
    text = f"precinct,{column}\nMill,02\nHall,1\nBarn,\n"
    file = roster.read(contest, text.encode(), "roster.csv", by=SETUP)
    roster.bring_in(file, by=SETUP)

    found = {unit.name: unit.district for unit in Unit.objects.all()}
    assert found == {"Mill": "2", "Hall": "1", "Barn": ""}
    moved = live.version_of(contest)
    again = roster.read(contest, b"precinct,district\nBarn,2\n", "second.csv", by=SETUP)
    assert roster.bring_in(again, by=SETUP)["changed"] == 1
    assert Unit.objects.get(name="Barn").district == "2"
    assert len({before, moved, live.version_of(contest)}) == 3


def test_a_district_that_the_contest_has_not_is_told_of_with_its_row_and_nothing_is_kept(
    contest: Contest,
) -> None:
    with pytest.raises(BadInput) as refused:
        roster.read(contest, b"precinct,district\nMill,1\nHall,9\n", "roster.csv", by=SETUP)

    assert refused.value.where == "roster.csv, row 3, district"
    assert refused.value.message == "«9» is no district of this contest; there are 1, 2."
    assert not UnitFile.objects.exists()
    contest.pools = {}
    contest.save()
    read = roster.read(contest, b"precinct,district\nMill,9\n", "roster.csv", by=SETUP)
    roster.bring_in(read, by=SETUP)
    assert Unit.objects.get().district == "9"


def test_units_say_their_district_on_their_pages(alice_signed_in: Client, contest: Contest) -> None:
    unit = a_unit(contest, "1", district="2")

    listed = alice_signed_in.get(address(contest, "units")).content.decode()
    own = alice_signed_in.get(
        reverse("contests:unit", args=[contest.campaign.slug, contest.pk, unit.pk])
    ).content.decode()

    assert "District <bdi>2</bdi>" in listed
    assert "District <bdi>2</bdi>" in own


def test_the_changed_parts_make_another_mark(contest: Contest) -> None:
    before = live.version_of(contest)
    contest.pools = POOLS | {"pleo": 4}

    assert live.version_of(contest) != before


def test_a_contest_made_by_a_program_may_have_parts(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        form = ContestForm(SAID | PARTED)
        assert form.is_valid()
        made = planning.make(campaign, "primary", "P", by=SETUP, **form.planned)

    values: dict[str, Any] = made.pools
    assert values == POOLS
