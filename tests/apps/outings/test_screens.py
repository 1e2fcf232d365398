"""The turf screens in their four faces: empty, on the way, gone wrong, full."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs.models import Job
from hustings.apps.outings import actions, handing_out, publishing, sources
from hustings.apps.outings.models import Action, Cut, Turf, TurfDoor
from hustings.apps.outings.universe import Choice
from tests.apps.cast import SETUP, signed_in
from tests.apps.outings.planting import STREETS, a_cut, a_town, an_action, town_streets, turfs_of

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def at(campaign: Campaign, name: str, **arguments: object) -> str:
    return reverse(f"outings:{name}", kwargs={"slug": campaign.slug, **arguments})


def page(client: Client, campaign: Campaign, name: str, **arguments: object) -> str:
    response = client.get(at(campaign, name, **arguments))
    assert response.status_code == 200, response.content
    return response.content.decode()


@pytest.fixture
def town(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Riverside with four streets of twenty doors, two electors behind each."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
    return campaign


@pytest.fixture
def published(town: Campaign) -> list[Turf]:
    """Four walks of one street each, published."""
    with tenant(town.pk):
        action = actions.plan_action(town, "Saturday canvass", Choice(), by=SETUP)
        cut = actions.ask_for_cut(
            town, action.pk, units="doors", size=20, by=SETUP, cross_districts=True
        )
        publishing.publish(town, cut.pk, by=SETUP)
        return turfs_of(cut)


def test_an_empty_room_says_what_to_do_first(campaign: Campaign, alice_signed_in: Client) -> None:
    text = page(alice_signed_in, campaign, "list")

    assert "No walks yet" in text
    assert at(campaign, "new") in text


def test_an_observer_of_an_empty_room_is_not_told_to_plan(
    campaign: Campaign, olive: Membership
) -> None:
    text = page(signed_in(olive), campaign, "list")

    assert "No walks yet" in text
    assert at(campaign, "new") not in text


def test_an_organiser_goes_from_choice_to_published_walks(
    town: Campaign, alice_signed_in: Client
) -> None:
    first = alice_signed_in.post(
        at(town, "new"),
        {
            "name": "Saturday",
            "kind": "canvass",
            "streets": "kirk street\nMill Lane",
            "absent": "any",
        },
    )
    with tenant(town.pk):
        action = Action.objects.of(town).get()
    assert first["Location"] == at(town, "cut", action_id=action.pk)
    assert "40 doors make about" in page(alice_signed_in, town, "cut", action_id=action.pk)

    second = alice_signed_in.post(
        first["Location"],
        {"units": "doors", "size": "20", "split_street": "12", "cross_districts": "on"},
    )
    with tenant(town.pk):
        cut = Cut.objects.of(town).get()
    assert second["Location"] == at(town, "cut-page", cut_id=cut.pk)
    text = page(alice_signed_in, town, "cut-page", cut_id=cut.pk)
    assert "Publish these walks" in text
    assert "Kirk Street" in text

    alice_signed_in.post(at(town, "cut-verb", cut_id=cut.pk, verb="publish"))
    text = page(alice_signed_in, town, "cut-page", cut_id=cut.pk)
    assert "Hand out the next free walk" in text


def test_a_street_without_doors_is_named_and_nothing_is_planned(
    town: Campaign, alice_signed_in: Client
) -> None:
    response = alice_signed_in.post(
        at(town, "new"), {"name": "X", "kind": "canvass", "streets": "Nowhere Road"}
    )

    assert response.status_code == 422
    assert "No door is in Nowhere Road" in response.content.decode()
    with tenant(town.pk):
        assert not Action.objects.of(town).exists()


def test_the_steps_follow_the_form(town: Campaign, alice_signed_in: Client) -> None:
    response = alice_signed_in.get(at(town, "steps"), {"streets": "Kirk Street", "districts": "AA"})

    text = " ".join(response.content.decode().split())
    assert "In the districts" in text
    assert '<td class="num">20</td><td class="num">40</td>' in text


def test_an_area_is_read_from_geojson(town: Campaign, alice_signed_in: Client) -> None:
    ring = [[-1, -0.0005], [1, -0.0005], [1, 0.0005], [-1, 0.0005], [-1, -0.0005]]
    area = json.dumps({"type": "Polygon", "coordinates": [ring]})

    text = alice_signed_in.get(at(town, "steps"), {"area": area}).content.decode()

    assert '<td class="num">20</td><td class="num">40</td>' in text


def test_an_area_that_is_none_is_said(town: Campaign, alice_signed_in: Client) -> None:
    text = alice_signed_in.get(at(town, "steps"), {"area": "somewhere"}).content.decode()

    assert "neither a GeoJSON polygon" in text


def test_a_cut_that_failed_says_what_happened_and_where_to_go(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    with tenant(campaign.pk):
        action = actions.plan_action(campaign, "Empty", Choice(), by=SETUP)
        cut = actions.ask_for_cut(campaign, action.pk, by=SETUP)

    text = page(alice_signed_in, campaign, "cut-page", cut_id=cut.pk)

    assert "No door is left" in text
    assert at(campaign, "choose", action_id=action.pk) in text


def test_a_cut_on_its_way_shows_how_far_and_loads_the_page_when_done(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    with tenant(campaign.pk):
        job = Job.objects.create(
            campaign=campaign, kind="turf.cut", asked_kind="member", asked_label="Alice",
            started_at=timezone.now(), share_done=0.4, note="Improving the walks",
        )  # fmt: skip
        cut = Cut.objects.create(
            campaign=campaign, action=an_action(campaign), asked_by="Alice", job_id=job.pk
        )
    text = page(alice_signed_in, campaign, "cut-page", cut_id=cut.pk)
    assert "Improving the walks" in text
    assert at(campaign, "cut-progress", cut_id=cut.pk) in text

    with tenant(campaign.pk):
        Cut.objects.of(campaign).update(finished_at=timezone.now())
    response = alice_signed_in.get(at(campaign, "cut-progress", cut_id=cut.pk))
    assert response["HX-Refresh"] == "true"


def test_the_list_says_all_that_the_map_says(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    with tenant(town.pk):
        handing_out.check_out(town, published[1].pk, "Tom B.", by=SETUP)

    text = page(alice_signed_in, town, "cut-page", cut_id=published[0].cut_id)

    for turf in published:
        assert turf.name in text
        assert at(town, "walk", turf_id=turf.pk) in text
    assert "Tom B." in text
    assert "Streets kept whole" in text


def test_the_map_page_asks_as_often_for_many_walks_as_for_few(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    def questions(walks: int) -> int:
        with tenant(campaign.pk):
            first = walks * 1000
            cut = a_cut(campaign, an_action(campaign), *([first + i] for i in range(walks)))
            publishing.publish(campaign, cut.pk, by=SETUP)
            for turf in turfs_of(cut):
                handing_out.check_out(campaign, turf.pk, "Tom", by=SETUP)
        with CaptureQueriesContext(connection) as queries:
            page(alice_signed_in, campaign, "cut-page", cut_id=cut.pk)
        return len(queries)

    questions(1)
    assert questions(30) == questions(2)


def test_the_list_of_actions_asks_as_often_for_many_as_for_few(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(alice_signed_in, campaign, "list")
        return len(queries)

    with tenant(campaign.pk):
        an_action(campaign)
    few = questions()
    with tenant(campaign.pk):
        for i in range(20):
            an_action(campaign, f"Action {i}")

    assert questions() == few


def test_a_walk_asks_as_often_for_many_doors_as_for_few(
    town: Campaign, alice_signed_in: Client
) -> None:
    def questions(choice: Choice) -> int:
        with tenant(town.pk):
            action = actions.plan_action(town, "X", choice, by=SETUP)
            cut = actions.ask_for_cut(
                town, action.pk, units="doors", size=500, by=SETUP, cross_districts=True
            )
            turf = turfs_of(cut)[0]
        with CaptureQueriesContext(connection) as queries:
            page(alice_signed_in, town, "walk", turf_id=turf.pk)
        return len(queries)

    assert questions(Choice()) == questions(Choice(streets=("Kirk Street",)))


def test_the_counts_of_the_list_are_those_of_the_walks(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    with tenant(town.pk):
        for turf in published[:2]:
            handing_out.check_out(town, turf.pk, "Tom", by=SETUP)
            handing_out.take_back(town, turf.pk, by=SETUP)
            handing_out.check_out(town, turf.pk, "Asha", by=SETUP)
        handing_out.mark_knocked(published[1], stop_doors(published[1])[0], timezone.now())
        handing_out.return_turf(town, published[1].pk, by=SETUP)

    text = page(alice_signed_in, town, "list")

    for said in ("2 free", "1 out", "1 back", "1 of 61 doors knocked on"):
        assert said in text


def stop_doors(turf: Turf) -> list[int]:
    return list(turf.turf_doors.order_by("stop").values_list("door_id", flat=True))


def test_a_walk_lists_its_doors_in_order_and_says_why_they_are_there(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    turf = published[0]

    text = page(alice_signed_in, town, "walk", turf_id=turf.pk)

    assert f"The doors of {turf.name} are kept together: all 20 of them" in text
    assert text.count("Ada Surname") == 40
    assert turf.code in text


def test_a_look_at_the_people_of_a_walk_leaves_a_line_and_an_observer_sees_none(
    town: Campaign, published: list[Turf], alice_signed_in: Client, olive: Membership
) -> None:
    page(alice_signed_in, town, "walk", turf_id=published[0].pk)
    text = page(signed_in(olive), town, "walk", turf_id=published[0].pk)

    assert "Surname" not in text
    with tenant(town.pk):
        looks = AuditLine.objects.of(town).filter(verb="turf.look")
        assert [(line.actor_label, line.count) for line in looks] == [("Alice", 40)]


def test_an_observer_is_not_told_which_door_of_a_walk_was_knocked_on(
    town: Campaign, published: list[Turf], alice_signed_in: Client, olive: Membership
) -> None:
    turf, observer = published[0], signed_in(olive)

    def doors(client: Client) -> str:
        return page(client, town, "walk", turf_id=turf.pk).split("<tbody>")[1].split("</tbody>")[0]

    before = doors(observer)
    alice_signed_in.post(at(town, "check-out", turf_id=turf.pk), {"holder": "Tom", "hours": "3"})
    with tenant(town.pk):
        third = TurfDoor.objects.of(town).get(turf=turf, stop=3).door_id
        handing_out.mark_knocked(turf, third, timezone.now())
    out = doors(observer)
    alice_signed_in.post(at(town, "walk-verb", turf_id=turf.pk, verb="return"))

    assert (out, doors(observer)) == (before, before)
    told = doors(alice_signed_in)
    assert (told.count("knocked on"), told.count("free again")) == (1, 19)


def test_a_walk_is_handed_out_returned_and_that_is_undone(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    turf = published[0]

    def state() -> str:
        with tenant(town.pk):
            return Turf.objects.of(town).get(pk=turf.pk).state

    alice_signed_in.post(at(town, "check-out", turf_id=turf.pk), {"holder": "Tom B.", "hours": "3"})
    assert state() == "checked_out"
    assert "20 doors that nobody knocked on" in page(alice_signed_in, town, "walk", turf_id=turf.pk)
    for verb, then in (
        ("return", "returned"), ("undo-return", "checked_out"), ("retire", "retired"),
        ("undo-retire", "published"),
    ):  # fmt: skip
        alice_signed_in.post(at(town, "walk-verb", turf_id=turf.pk, verb=verb))
        assert state() == then


def test_handing_out_without_a_name_is_said_beside_the_field(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    response = alice_signed_in.post(
        at(town, "check-out", turf_id=published[0].pk), {"holder": "", "hours": "3"}
    )

    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_an_unknown_verb_is_not_here(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    turf = published[0]

    for url in (
        at(town, "walk-verb", turf_id=turf.pk, verb="burn"),
        at(town, "cut-verb", cut_id=turf.cut_id, verb="burn"),
    ):
        assert alice_signed_in.post(url).status_code == 404


def test_a_phone_link_is_shown_as_a_picture_and_never_kept(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    response = alice_signed_in.post(at(town, "phone-link", turf_id=published[0].pk))

    assert "data:image/svg+xml" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_the_doors_for_the_map_know_their_walk_and_are_not_sent_twice(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    url = at(town, "doors-data", cut_id=published[0].cut_id)
    response = alice_signed_in.get(url)

    features = json.loads(response.content)["features"]
    assert len(features) == 80
    assert {f["properties"]["walk"] for f in features} == {1, 2, 3, 4}
    assert "Surname" not in response.content.decode()
    again = alice_signed_in.get(url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_route_for_the_map_is_a_line_and_the_doors_in_order(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    turf = published[2]

    found = json.loads(
        alice_signed_in.get(at(town, "route-data", cut_id=turf.cut_id, number=3)).content
    )

    line, *doors = found["features"]
    assert line["geometry"]["type"] == "LineString"
    assert [door["properties"]["stop"] for door in doors] == list(range(1, 21))


def test_split_streets_are_listed_with_walks_and_reason(
    town: Campaign, alice_signed_in: Client
) -> None:
    with tenant(town.pk):
        action = actions.plan_action(town, "X", Choice(streets=("Mill Lane",)), by=SETUP)
        cut = actions.ask_for_cut(
            town, action.pk, units="doors", size=10, by=SETUP, cross_districts=True
        )

    text = page(alice_signed_in, town, "split", cut_id=cut.pk)
    assert "Mill Lane" in text
    assert "more than one walk" in text

    walk = page(alice_signed_in, town, "walk", turf_id=turfs_of_in(town, cut)[0].pk)
    assert "Mill Lane is shared with walk" in walk


def turfs_of_in(campaign: Campaign, cut: Cut) -> list[Turf]:
    with tenant(campaign.pk):
        return turfs_of(cut)


def test_all_packs_of_a_cut_come_in_one_file_with_every_name(
    town: Campaign, published: list[Turf], alice_signed_in: Client
) -> None:
    response = alice_signed_in.get(at(town, "cut-pack", cut_id=published[0].cut_id))

    assert response["Content-Type"] == "application/pdf"
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(response.content)).pages)
    assert all(f"Surname{i:04d}" in text for i in range(160))
    assert all(street in text for street in STREETS)
    assert all(turf.code in text for turf in published)
    with tenant(town.pk):
        line = AuditLine.objects.of(town).get(verb="turf.print")
        assert (line.count, line.detail["people"]) == (80, 160)


def test_a_leaflet_round_is_printed_without_names(town: Campaign, alice_signed_in: Client) -> None:
    with tenant(town.pk):
        action = actions.plan_action(town, "Leaflets", Choice(), by=SETUP, kind="leaflet")
        cut = actions.ask_for_cut(
            town, action.pk, units="doors", size=80, by=SETUP, cross_districts=True
        )
        turf = turfs_of(cut)[0]

    response = alice_signed_in.get(at(town, "walk-pack", turf_id=turf.pk))

    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(response.content)).pages)
    assert "Kirk Street" in text
    assert "Surname" not in text


def test_a_canvasser_never_sees_the_desk_of_walks(
    town: Campaign, published: list[Turf], bob_signed_in: Client
) -> None:
    for name, arguments in (
        ("list", {}), ("cut-page", {"cut_id": published[0].cut_id}),
        ("walk-pack", {"turf_id": published[0].pk}),
    ):  # fmt: skip
        assert bob_signed_in.get(at(town, name, **arguments)).status_code == 403


def test_a_walk_that_is_out_is_given_more_time(
    alice_signed_in: Client, campaign: Campaign, published: list[Turf]
) -> None:
    with tenant(campaign.pk):
        before = handing_out.check_out(campaign, published[0].pk, "Tom", by=SETUP).expires_at

    shown = page(alice_signed_in, campaign, "walk", turf_id=published[0].pk)
    alice_signed_in.post(at(campaign, "extend", turf_id=published[0].pk), {"hours": "100"})
    alice_signed_in.post(at(campaign, "extend", turf_id=published[0].pk), {"hours": "never"})

    assert "Change the time" in shown
    with tenant(campaign.pk):
        held = Turf.objects.of(campaign).get(pk=published[0].pk).open_checkout
        assert held is not None
        assert held.expires_at > before


@pytest.mark.parametrize(
    ("said", "kept"),
    [("0.001, 0.0005", [0.001, 0.0005]), ("5 bank street", [0.001, 0.0]), ("", None)],
)
def test_everybody_sets_out_from_an_address_or_a_place(
    alice_signed_in: Client, town: Campaign, said: str, kept: list[float] | None
) -> None:
    with tenant(town.pk):
        action = actions.plan_action(town, "Saturday canvass", Choice(), by=SETUP)

    alice_signed_in.post(
        at(town, "cut", action_id=action.pk),
        {"units": "doors", "size": "20", "split_street": "12", "start": said},
    )

    with tenant(town.pk):
        cut = Cut.objects.of(town).get()
        assert cut.wishes["start"] == (kept and [pytest.approx(degrees) for degrees in kept])
        assert cut.finished_at is not None


def test_an_address_that_no_door_has_is_said(alice_signed_in: Client, town: Campaign) -> None:
    with tenant(town.pk):
        action = actions.plan_action(town, "Saturday canvass", Choice(), by=SETUP)

    response = alice_signed_in.post(
        at(town, "cut", action_id=action.pk),
        {"units": "doors", "size": "20", "split_street": "12", "start": "Nowhere 3"},
    )

    assert response.status_code == 422
    assert "No placed door has this address" in response.content.decode()


def test_a_door_says_why_it_is_in_its_walk(
    alice_signed_in: Client, town: Campaign, published: list[Turf]
) -> None:
    turf = published[0]
    with tenant(town.pk):
        first = turf.turf_doors.order_by("stop").first()
        other = published[1].turf_doors.first()

    shown = page(alice_signed_in, town, "walk", turf_id=turf.pk)
    said = page(alice_signed_in, town, "why", turf_id=turf.pk, door_id=first.door_id)
    not_here = alice_signed_in.get(at(town, "why", turf_id=turf.pk, door_id=other.door_id))

    assert at(town, "why", turf_id=turf.pk, door_id=first.door_id) in shown
    assert f"{turf.streets[0]} is kept together: all its 20 doors are in this walk." in said
    assert "Its street (20 doors)" in said
    assert "+1 change of street" in said
    assert "Surname" not in said
    assert not_here.status_code == 404
