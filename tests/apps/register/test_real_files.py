"""The synthetic register of E17: everything counted against the files themselves."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Household, Person
from hustings.apps.register.actions import import_file, undo
from hustings.apps.register.models import AbsentVote, RegisterEntry
from tests.apps.register.files import everything

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign

ME = command("tests")


def rows_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as source:
        return list(csv.DictReader(source))


def number(row: dict[str, str]) -> str:
    late = row["Elector Number Suffix"]
    whole = f"{row['Elector Number Prefix']}-{row['Elector Number']}"
    return f"{whole}/{late}" if late not in ("", "0") else whole


@pytest.fixture
def e17(test_data: Path) -> Path:
    """The folder of the synthetic register."""
    return test_data / "register_uk" / "synthetic_e17"


def test_the_register_its_update_and_its_absent_voters(campaign: Campaign, e17: Path) -> None:
    register = e17 / "synthetic_register_xpress14.csv"
    rows = rows_of(register)
    by_number: dict[str, dict[str, str]] = {}
    for row in rows:
        by_number.setdefault(number(row), row)
    with tenant(campaign.pk):
        _batch, impact, problems = import_file(campaign, register, by=ME)

        assert impact.rows == len(rows) == 20_799
        assert impact.added == len(by_number) == 20_725
        assert impact.problems == {"number_twice": 74}
        assert impact.left_out == 74
        assert len(problems.examples) == 74
        entries = RegisterEntry.objects.of(campaign)
        assert dict(Counter(entries.values_list("markers", flat=True))) == dict(
            Counter(row["Elector Markers"] for row in by_number.values())
        )
        assert entries.exclude(attains=None).count() == sum(
            1 for row in by_number.values() if row["Elector DOB"]
        )
        assert entries.filter(surname="", forename="").count() == sum(
            1 for row in by_number.values() if row["Elector Forename"] == "N/A"
        )
        assert Household.objects.of(campaign).count() == len(
            {
                tuple(row[f"Address{n}"] for n in range(1, 7))
                for row in by_number.values()
                if row["Address1"]
            }
        )
        assert entries.values("district").distinct().count() == 15

        update = e17 / "synthetic_monthly_update.csv"
        changes = Counter(row["ChangeTypeID"] for row in rows_of(update))
        before = everything()
        batch, impact, _problems = import_file(campaign, update, by=ME)
        assert changes == {"Created": 44, "Amended": 64, "Deleted": 72}
        assert (impact.added, impact.changed, impact.removed) == (44, 64, 72)
        assert impact.problems == {}
        assert impact.fields["surname"] > 0
        assert RegisterEntry.objects.of(campaign).filter(removed_in=batch.pk).count() == 72
        assert Person.objects.of(campaign).count() == 20_725 + 44
        undo(campaign, batch, by=ME)
        assert everything() == before

        absent = e17 / "synthetic_absent_voters.csv"
        listed = rows_of(absent)
        _batch, impact, _problems = import_file(campaign, absent, by=ME)
        first_of = {number(row): row for row in reversed(listed)}
        assert (impact.rows, impact.added) == (len(listed), len(first_of)) == (3577, 3575)
        assert impact.problems == {"number_twice": 2}
        votes = AbsentVote.objects.of(campaign)
        assert votes.filter(expires=None).count() == sum(
            1 for row in first_of.values() if row["Expiry"] == "Indefinite"
        )
        assert dict(Counter(votes.values_list("kind", flat=True))) == {
            {"Postal": "postal", "Proxy": "proxy", "PostalProxy": "postal_proxy"}[kind]: count
            for kind, count in Counter(row["Absent Type"] for row in first_of.values()).items()
        }


def test_the_windows_register_with_one_column_for_the_name(campaign: Campaign, e17: Path) -> None:
    register = e17 / "synthetic_register_xpress13_cp1252.csv"
    rows = rows_of(register, "cp1252")
    with tenant(campaign.pk):
        _batch, impact, problems = import_file(campaign, register, by=ME)

        assert impact.rows == len(rows) == 1500
        assert impact.added == len({number(row) for row in rows})
        assert impact.problems.get("letter_lost") == sum(
            1 for row in rows if "?" in row["Elector Name"]
        )
        assert ("letter_lost", "Moss Ay?e W") in {(k, cell) for k, _row, cell in problems.examples}
        people = Person.objects.of(campaign)
        zoe = people.get(name_key="hepler zoe s")
        assert (zoe.surname, zoe.forename) == ("Hepler", "Zoë S")
        assert people.filter(name_key="ozturk jorge d").count() == 1


def test_the_synthetic_census_comes_in_as_a_register(campaign: Campaign, test_data: Path) -> None:
    census = test_data / "voters" / "pseudopeople_us_register_half_a.csv"
    rows = rows_of(census)
    with tenant(campaign.pk):
        _batch, impact, _problems = import_file(campaign, census, by=ME)

        assert impact.rows == len(rows) == 14_288
        assert impact.added == len({row["simulant_id"] for row in rows})
        one = RegisterEntry.objects.of(campaign).get(number=rows[0]["simulant_id"])
        assert one.surname == rows[0]["last_name"]
        assert one.born is not None
        assert one.born.isoformat() == rows[0]["date_of_birth"]
        assert one.facts == {"gender": rows[0]["sex"]}
