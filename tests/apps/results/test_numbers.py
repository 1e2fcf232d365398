"""The numbers are what was recorded, say out of what, and are the same in every form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, actions
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from hustings.apps.results import queries, tables
from hustings.apps.results.definitions import FIGURES
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).resolve().parents[3] / "docs/reference/results.md"


class Evening:
    """Two walks of four doors with somebody behind each; Tom and Ann are out."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign, self.alice = campaign, alice
        doors = [
            Door.objects.create(campaign=campaign, address_key=f"{n}", street="Mill Lane", number=str(n))
            for n in range(8)
        ]  # fmt: skip
        self.people = [
            Person.objects.create(
                campaign=campaign,
                surname=f"Person{n}",
                origin="contacts",
                household=Household.objects.create(campaign=campaign, address_key=f"{n}"),
            )
            for n in range(8)
        ]
        self.doors = [door.pk for door in doors]
        self.first = a_walk(campaign, self.doors[:4], number=1)
        self.second = a_walk(campaign, self.doors[4:], number=2)
        self.tom = a_phone(self.first, "Tom", alice)
        self.ann = a_phone(self.second, "Ann", alice)

    def answers(self, phone: object, n: int, support: str, **more: object) -> object:
        turf = self.first if n < 4 else self.second
        report = a_report(
            turf, self.doors[n], "answered", support=support, person=self.people[n].pk, **more
        )
        actions.record(phone, [report])  # type: ignore[arg-type]  # a phone
        return report


def an_evening(campaign: Campaign, alice: Membership) -> Evening:
    """Five doors of eight were knocked on, and one answer was taken back."""
    with tenant(campaign.pk):
        night = Evening(campaign, alice)
        night.answers(night.tom, 0, "1")
        night.answers(night.tom, 1, "1")
        actions.record(night.tom, [a_report(night.first, night.doors[2])])
        night.answers(night.ann, 4, "4")
        actions.record(night.ann, [a_report(night.second, night.doors[5], "refused")])
        undone = night.answers(night.ann, 6, "5")
        actions.record(
            night.ann,
            [a_report(night.second, night.doors[6], "undo", corrects=undone.id)],  # type: ignore[attr-defined]  # a report
        )
    return night


@pytest.fixture
def evening(campaign: Campaign, alice: Membership) -> Evening:
    return an_evening(campaign, alice)


def page(client: Client, name: str, campaign: Campaign, **headers: str) -> object:
    return client.get(reverse(f"results:{name}", args=[campaign.slug]), headers=headers)


def test_the_numbers_are_what_was_recorded(evening: Evening, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        effort = queries.effort(campaign)

    total = effort.total
    assert (total.doors, total.knocked, total.contacts, total.answers) == (8, 5, 4, 3)
    assert {level.code: level.count for level in effort.levels} == {
        "1": 2, "2": 0, "3": 0, "4": 1, "5": 0,
    }  # fmt: skip
    assert [(row.knocked, row.contacts, row.answers) for row in effort.walks] == [
        (3, 2, 2), (2, 2, 1),
    ]  # fmt: skip
    assert {row.label: row.knocked for row in effort.phones} == {"Tom": 3, "Ann": 2}
    assert [(row.label, row.knocked) for row in effort.days] == [("2026-06-13", 5)]


def test_the_numbers_of_one_action_leave_the_other_out(
    evening: Evening, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        effort = queries.effort(campaign, evening.first.action_id)

    assert (effort.total.doors, effort.total.knocked, effort.total.answers) == (4, 3, 2)
    assert [row.label for row in effort.phones] == ["Tom"]


def test_a_rate_says_out_of_what(evening: Evening, alice: Membership, campaign: Campaign) -> None:
    text = page(signed_in(alice), "overview", campaign).content.decode()  # type: ignore[attr-defined]  # a response

    assert "5 of 8 doors on walks" in text
    assert "4 of 5 doors knocked" in text
    assert re.search(r"data-age", text)


def test_nothing_is_sent_again_while_nothing_changed(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    first = page(client, "numbers", campaign)
    mark = first["ETag"]  # type: ignore[index]  # a response

    same = page(client, "numbers", campaign, if_none_match=mark)
    with tenant(campaign.pk):
        evening.answers(evening.tom, 3, "2")
    changed = page(client, "numbers", campaign, if_none_match=mark)
    with tenant(campaign.pk):
        actions.hand_back(access.grant_for(evening.tom, evening.first.pk), by=evening.tom.actor)
    returned = page(client, "numbers", campaign, if_none_match=changed["ETag"])  # type: ignore[index]  # a response

    assert [r.status_code for r in (first, same, changed, returned)] == [200, 304, 200, 200]  # type: ignore[attr-defined]  # responses


def test_an_observer_sees_numbers_and_nobody(
    evening: Evening, olive: Membership, campaign: Campaign
) -> None:
    client = signed_in(olive)

    seen = [
        page(client, "overview", campaign).content.decode(),  # type: ignore[attr-defined]  # a response
        page(client, "json", campaign).content.decode(),  # type: ignore[attr-defined]  # a response
        *(
            client.get(reverse("results:csv", args=[campaign.slug, by])).content.decode()
            for by in tables.BY
        ),
    ]

    assert not [text for text in seen if re.search(r"\b(Tom|Ann|Person)\b", text)]
    assert json.loads(seen[1])["walks"][0]["support"]["1"] is None
    assert json.loads(seen[1])["total"]["answers"] == 3
    assert {level["answers"] for level in json.loads(seen[1])["support"]} == {None}


@pytest.mark.parametrize(
    ("answers", "said"),
    [((9, 7), "9 7"), ((9, 7, 3), "9"), ((9, 7, 3, 4), "9 7"), ((4,), ""), ((9, 0), "9")],
)
def test_few_answers_cannot_be_worked_out_from_the_rows_that_are_said(
    answers: tuple[int, ...], said: str
) -> None:
    rows = [queries.Row(key=number, label="", support={"1": number}) for number in answers]

    shown = queries.said_rows(rows, all_of_it=False)

    assert shown == {int(number) for number in said.split()}
    assert queries.said_rows(rows, all_of_it=True) == set(answers)


def test_the_table_the_csv_and_the_json_say_the_same(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)

    walks = client.get(reverse("results:csv", args=[campaign.slug, "walk"])).content.decode()
    rows = list(csv.DictReader(io.StringIO(walks.removeprefix("\ufeff"))))
    whole = json.loads(page(client, "json", campaign).content)  # type: ignore[attr-defined]  # a response

    assert [(row["Doors knocked"], row["With a contact"], row["Answers"]) for row in rows] == [
        ("3", "2", "2"), ("2", "2", "1"),
    ]  # fmt: skip
    assert [(w["knocked"], w["contacts"], w["answers"]) for w in whole["walks"]] == [
        (3, 2, 2), (2, 2, 1),
    ]  # fmt: skip
    assert sum(level["answers"] for level in whole["support"]) == whole["total"]["answers"]


@pytest.mark.parametrize("first", tables.DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(first: str) -> None:
    rows = tables.as_csv([[f"{first}SUM(A1:A9)", 5, None]])

    assert next(csv.reader(io.StringIO(rows.removeprefix("\ufeff"), newline=""))) == [
        f"'{first}SUM(A1:A9)", "5", "",
    ]  # fmt: skip


def test_every_figure_is_defined_in_the_reference() -> None:
    text = REFERENCE.read_text()

    assert [name for name in FIGURES if f"`{name}`" not in text] == []
    assert {figure.of for figure in FIGURES.values()} - {""} <= set(FIGURES)
    assert [f"`{name}`" for name in re.findall(r"^## `(\w+)`", text, re.M)] == [
        f"`{name}`" for name in FIGURES
    ]


def test_the_page_asks_few_questions_however_much_was_recorded(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)

    with (
        tenant(campaign.pk),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        queries.effort(campaign)
        queries.version_of(campaign, None)
        queries.actions_of(campaign)
    with CaptureQueriesContext(connection) as whole:
        page(client, "overview", campaign)

    assert len(asked) <= 9
    assert len(whole) <= 20, [q["sql"][:90] for q in whole]


def test_a_small_campaigns_numbers_do_not_read_a_large_ones_rows(
    evening: Evening, campaign: Campaign, rivals: Campaign, charlie: Membership
) -> None:
    with tenant(rivals.pk):
        turf = a_walk(rivals, [900_001])
        phone = a_phone(turf, "Rita", charlie)
        Door.objects.bulk_create(
            Door(pk=1_000_000 + n, campaign=rivals, address_key=f"far {n}") for n in range(1, 5001)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into canvass_doorstanding (campaign_id, turf_id, door_id, visits, contacted, answers, last_kind) "
                "select %s, %s, 1000000 + n, 1, true, 1, 'answered' from generate_series(1, 5000) n",
                [rivals.pk, turf.pk],
            )
            cursor.execute(
                "insert into canvass_visit (campaign_id, turf_id, door_id, device_id, day, contacted, answers) "
                "select %s, %s, 1000000 + n, %s, '2026-06-13', true, 1 from generate_series(1, 5000) n",
                [rivals.pk, turf.pk, phone.pk],
            )
            cursor.execute(
                "insert into canvass_answer (campaign_id, turf_id, door_id, device_id, day, support, disputed) "
                "select %s, %s, 1000000 + n, %s, '2026-06-13', '1', false from generate_series(1, 5000) n",
                [rivals.pk, turf.pk, phone.pk],
            )
    read_whole = {}
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("select set_config('enable_seqscan', 'off', true)")
        for question in ("_WALKS", "_VISITS", "_ANSWERS"):
            cursor.execute(
                "explain (format json) " + getattr(queries, question),
                {"campaign": campaign.pk, "action": None, "turfs": []},
            )
            read_whole[question] = re.findall(
                r'"Seq Scan"[^{}]*?"Relation Name": "(canvass_\w+|outings_turfdoor)"',
                json.dumps(cursor.fetchone()[0]),
            )

    assert read_whole == {"_WALKS": [], "_VISITS": [], "_ANSWERS": []}
