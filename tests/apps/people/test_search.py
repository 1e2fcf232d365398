"""Finding people: by the beginning of a name, an address or a number, always by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse

from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Household, Person
from hustings.apps.people.queries import find_people
from hustings.apps.register.actions import import_file
from hustings.apps.register.models import RegisterEntry
from tests.apps.register.files import line, register_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import QuerySet
    from django.test import Client

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def inside(campaign: Campaign, tmp_path: Path) -> Iterator[Campaign]:
    """Riverside with a few electors, its wall open."""
    path = register_file(
        tmp_path,
        line(1, "Liles", "Patricia"),
        line(2, "O’Brien-Müller", "Zoë Ann", house=12),
        line(3, "Smith", "Jo", house=12),
        *(line(n, f"Filler{n}", "Al", house=n) for n in range(100, 900)),
    )
    with tenant(campaign.pk):
        import_file(campaign, path, by=command("tests"))
        yield campaign


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lil", ["Patricia Liles"]),
        ("LILES pat", ["Patricia Liles"]),
        ("patricia liles", ["Patricia Liles"]),
        ("obrien", ["Zoë Ann O’Brien-Müller"]),
        ("O'Brien Muller zoe", ["Zoë Ann O’Brien-Müller"]),
        ("wa1-2", ["Zoë Ann O’Brien-Müller"]),
        ("12 albert lane", ["Zoë Ann O’Brien-Müller", "Jo Smith"]),
        ("x", []),
        ("nobody", []),
        ("%", []),
    ],
)
def test_a_person_is_found_however_it_is_typed(
    inside: Campaign, typed: str, names: list[str]
) -> None:
    found = [person.name for person in find_people(inside, typed)]

    assert [name for name in found if not name.startswith("Al Filler")] == names
    assert found[: len(names)] == names


def plan(rows: QuerySet[Any]) -> str:
    """How the database would answer, as the web role, behind the wall."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    return str(rows.explain())


def test_every_way_of_finding_uses_an_index_behind_the_wall(inside: Campaign) -> None:
    by_name = plan(Person.objects.of(inside).filter(name_key__prefix="lil"))
    by_number = plan(RegisterEntry.objects.of(inside).filter(number="WA1-2"))
    by_beginning = plan(RegisterEntry.objects.of(inside).filter(number__prefix="WA1-2"))
    by_address = plan(Household.objects.of(inside).filter(address_key__prefix="12 albert"))
    at_home = plan(Person.objects.of(inside).filter(household_id=1))

    assert "person_by_name" in by_name
    assert "Index Cond" in by_name
    assert "^@" in by_name.split("Index Cond")[1].split("\n")[0] or "name_key >=" in by_name
    assert "one_entry_a_number" in by_number
    assert "number >= 'WA1-2'" in by_beginning
    assert "address_key >= '12 albert'" in by_address
    assert "person_by_household" in at_home


def test_startswith_would_not_use_it_which_is_why_prefix_exists(inside: Campaign) -> None:
    slow = plan(Person.objects.of(inside).filter(name_key__startswith="lil"))

    assert "name_key >=" not in slow


def test_each_look_is_written_down(alice_signed_in: Client, inside: Campaign) -> None:
    person = Person.objects.of(inside).get(surname="Liles")
    slug = {"slug": inside.slug}

    found = alice_signed_in.get(reverse("people:search", kwargs=slug), {"q": "lil"})
    page = alice_signed_in.get(reverse("people:person", kwargs={**slug, "person_id": person.pk}))

    assert "Patricia Liles" in found.content.decode()
    assert "WA1-1" in page.content.decode()
    lines = AuditLine.objects.filter(verb__startswith="person.").order_by("id")
    assert [(row.verb, row.count) for row in lines] == [("person.search", 1), ("person.look", 1)]
    assert "Liles" not in str([row.detail for row in lines])
