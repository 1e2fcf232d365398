"""Nothing of the register can come near what is lent, since nothing here may even import what holds it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint, Household, Person
from hustings.apps.register.models import RegisterEntry
from hustings.apps.statements.models import Record
from tests.apps.cast import signed_in
from tests.apps.lending.lending import TICKED, last, page, parcel

if TYPE_CHECKING:
    from tests.apps.lending.lending import Both

LENDING = Path(__file__).resolve().parents[3] / "src/hustings/apps/lending"
HELD_BY = {"people", "register", "canvass", "outings", "places", "results"}


def test_no_file_of_this_room_imports_a_room_that_holds_people() -> None:
    for file in LENDING.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""] if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names] if isinstance(node, ast.Import)
                else []
            )  # fmt: skip
            assert not [name for name in names if set(name.split(".")) & HELD_BY], file.name


def test_no_table_of_this_room_points_at_a_person_a_household_or_a_door() -> None:
    for model in apps.get_app_config("lending").get_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            assert target is None or target._meta.app_label in {
                "campaigns", "statements", "materials", "lending",
            }, field  # fmt: skip


def test_a_namesake_on_the_register_gives_nothing_to_the_form_the_page_or_the_parcel(
    both: Both, alice: object
) -> None:
    """Asha stands on the register with an address and a number; what she does not write herself is nowhere."""
    campaign = both.riverside.campaign
    with tenant(campaign.pk):
        home = Household.objects.create(
            campaign=campaign, address_key="zqx lane|", address="1 Zqxlane", postcode="ZQ1 1ZQ"
        )
        person = Person.objects.create(
            campaign=campaign,
            household=home,
            surname="Malik",
            forename="Asha",
            name_key="malik asha",
        )
        ContactPoint.objects.create(
            campaign=campaign, person=person, kind="phone", value="+447700900777"
        )
        RegisterEntry.objects.create(
            campaign=campaign,
            person=person,
            number="ZQX-7",
            surname="Malik",
            forename="Asha",
            added_in=1,
        )
    _one, token = both.offer()
    client = signed_in(alice)  # type: ignore[arg-type]  # a membership
    pages = [
        client.get(f"/c/{campaign.slug}/lending/offers/new/").content,
        page(token).content,
    ]
    page(token, do="accept", agreed="on", **TICKED)
    pages += [page(token).content, client.get(f"/c/{campaign.slug}/lending/").content]
    pages.append(parcel(both.riverside, last(both.riverside, "referral")))
    with tenant(campaign.pk):
        pages += [bytes(row.content) for row in Record.objects.of(campaign)]

    for content in pages:
        for word in (b"Zqxlane", b"ZQ1 1ZQ", b"7700900777", b"ZQX-7"):
            assert word not in content
