"""The doors on the map say what was heard there to who may know it, and only the walk's progress to others."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import hustings
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, actions
from hustings.apps.canvass.kinds import OF_DELIVERIES, REPORTED, Kind
from hustings.apps.places.actions import place_by_hand
from hustings.apps.places.models import Door, TownMap
from hustings.apps.places.style import style_of
from hustings.apps.results import doors, queries
from hustings.apps.results.actions import A_SITTING
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import member, signed_in
from tests.apps.places.a_map import plant_map
from tests.apps.planted import for_the_module
from tests.apps.results.test_numbers import Evening, an_evening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django.plugin import DjangoDbBlocker

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign

HUSTINGS = Path(hustings.__file__).parent
MAP_JS = HUSTINGS / "server/static/js/map.js"
PALETTE = HUSTINGS / "server/static/js/map/palette.js"
SHEET = HUSTINGS / "apps/results/static/results/results.css"
pytestmark = pytest.mark.django_db


def an_evening_on_the_map() -> Evening:
    """Door 0 … 7 stand along a street, a step apart."""
    campaign = create_campaign("riverside", "Riverside")
    night = an_evening(campaign, member(campaign, "Alice", "organiser"))
    with tenant(campaign.pk):
        for n, door in enumerate(night.doors):
            Door.objects.filter(pk=door).update(lon=place(n)[0], lat=place(n)[1])
    return night


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Evening]:
    with for_the_module(django_db_blocker, an_evening_on_the_map) as night:
        yield night


@pytest.fixture
def evening(planted: Evening, db: None) -> Evening:
    return deepcopy(planted)


@pytest.fixture
def campaign(evening: Evening) -> Campaign:
    return evening.campaign


@pytest.fixture
def alice(evening: Evening) -> Membership:
    return evening.alice


def place(n: int) -> tuple[float, float]:
    return (round(0.001 + n / 10_000, 5), 51.0)


def asked(client: Client, campaign: Campaign, query: str = "", **headers: str) -> Any:
    return client.get(reverse("results:doors", args=[campaign.slug]) + query, headers=headers)


def kinds(response: Any) -> dict[tuple[float, float], str]:
    """Each place on the map with its kind."""
    return {
        tuple(at): feature["properties"]["kind"]
        for feature in json.loads(response.content)["features"]
        for at in feature["geometry"]["coordinates"]
    }


def record(campaign: Campaign, phone: Device, *reports: Any) -> None:
    with tenant(campaign.pk):
        outcomes = actions.record(phone, list(reports))
    assert {outcome.status for outcome in outcomes} == {"stored"}


def test_a_door_shows_what_was_heard_there(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    shown = kinds(asked(signed_in(alice), campaign))

    assert [shown[place(n)] for n in range(8)] == [
        "support-1", "support-1", "tried", "todo", "support-4", "contact", "todo", "todo",
    ]  # fmt: skip


def test_the_colour_follows_the_newest_answer_that_counts(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    somebody_else = a_report(evening.first, evening.doors[0], "answered", support="5")
    record(campaign, evening.tom, somebody_else)
    newest = kinds(asked(client, campaign))[place(0)]
    record(campaign, evening.tom, a_report(evening.first, evening.doors[0], "no_answer"))
    nobody_home_later = kinds(asked(client, campaign))[place(0)]
    undo = a_report(evening.first, evening.doors[0], "undo", corrects=somebody_else.id)
    record(campaign, evening.tom, undo)
    undone = kinds(asked(client, campaign))[place(0)]

    assert (newest, nobody_home_later, undone) == ("support-5", "support-5", "support-1")


def test_an_answer_that_is_undone_leaves_the_map(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    heard = a_report(evening.first, evening.doors[3], "answered", support="2")
    record(campaign, evening.tom, heard)
    before = kinds(asked(client, campaign))[place(3)]
    record(
        campaign,
        evening.tom,
        a_report(evening.first, evening.doors[3], "undo", corrects=heard.id),
    )

    assert (before, kinds(asked(client, campaign))[place(3)]) == ("support-2", "todo")


@pytest.mark.parametrize("kind", sorted({*REPORTED} - {Kind.ANSWERED, Kind.UNDO, *OF_DELIVERIES}))
def test_a_door_without_an_answer_says_whether_somebody_was_spoken_to(
    kind: str, evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    person = evening.people[7].pk if kind in {Kind.MOVED, Kind.DECEASED} else None
    more = {Kind.LANGUAGE: {"language": "Polish"}, Kind.COME_BACK: {"come_back_at": timezone.now()}}
    report = a_report(
        evening.second, evening.doors[7], kind, person=person, **more.get(Kind(kind), {})
    )
    record(campaign, evening.ann, report)

    shown = kinds(asked(signed_in(alice), campaign))[place(7)]

    assert shown == ("tried" if kind in {Kind.NO_ANSWER, Kind.NO_ACCESS} else "contact")


def test_a_campaign_that_asks_by_parties_has_a_neutral_colour_for_each(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    campaign.support_as = "parties"
    campaign.parties = [{"code": f"p{n}", "label": f"Party {n}"} for n in range(1, 9)]
    campaign.script_version = 2
    campaign.save()
    for n, code in ((3, "p2"), (6, "p8")):
        turf, phone = (evening.first, evening.tom) if n < 4 else (evening.second, evening.ann)
        record(
            campaign,
            phone,
            a_report(turf, evening.doors[n], "answered", support=code, wording_version=2),
        )

    shown = kinds(asked(signed_in(alice), campaign))
    with tenant(campaign.pk):
        words = dict(doors.legend(queries.effort(campaign).levels, single_doors=True))

    assert (shown[place(3)], shown[place(6)]) == ("party-2", "answer")
    assert shown[place(0)] == "answer", "an answer to an earlier wording"
    assert words["party-2"] == "Party 2"
    assert set(shown.values()) <= set(words)


@pytest.mark.parametrize(
    ("levels", "shades"), [(2, "15"), (3, "135"), (4, "1245"), (5, "12345"), (7, "1223445")]
)
def test_a_scale_goes_from_for_to_against_however_many_levels_it_has(
    levels: int, shades: str, campaign: Campaign
) -> None:
    campaign.support_scale = [{"code": str(n), "label": str(n)} for n in range(levels)]

    kinds_by_level = queries.kinds_of_answers(campaign).values()

    assert "".join(kind.removeprefix("support-") for kind in kinds_by_level) == shades


def test_an_observer_is_told_of_no_single_door(
    evening: Evening, olive: Membership, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(olive)
    before = asked(client, campaign)
    record(campaign, evening.tom, a_report(evening.first, evening.doors[3], "refused"))
    after = asked(client, campaign)

    features = [
        (f["properties"]["number"], f["properties"]["kind"], len(f["geometry"]["coordinates"]))
        for f in json.loads(before.content)["features"]
    ]
    assert features == [(1, "walk-most", 4), (2, "walk-most", 4)]
    assert Counter(kinds(after).values()) == {"walk-all": 4, "walk-most": 4}
    assert not re.search("support|contact|tried|todo|party", before.content.decode())
    assert asked(signed_in(alice), campaign)["ETag"] != after["ETag"]


def test_an_organisers_map_kept_in_the_browser_is_not_an_observers(
    evening: Evening, olive: Membership, alice: Membership, campaign: Campaign
) -> None:
    organisers = asked(signed_in(alice), campaign)["ETag"]

    assert asked(signed_in(olive), campaign, if_none_match=organisers).status_code == 200


def test_there_are_no_names_and_no_addresses_among_the_doors(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    said = asked(signed_in(alice), campaign).content.decode()

    assert set(re.findall(r'"(\w+)":', said)) == {
        "type", "features", "properties", "walk", "number", "kind", "geometry", "coordinates",
    }  # fmt: skip
    assert not re.search("Mill Lane|Person|Tom|Ann", said)


def test_the_doors_are_not_sent_again_while_nothing_changed(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    answers = [asked(client, campaign)]

    def look() -> None:
        answers.append(asked(client, campaign, if_none_match=answers[-1].headers["ETag"]))

    look()
    assert answers[-1].status_code == 304
    answers.pop()
    record(campaign, evening.tom, a_report(evening.first, evening.doors[3]))
    look()
    with tenant(campaign.pk):
        actions.hand_back(access.grant_for(evening.tom, evening.first.pk), by=evening.tom.actor)
    look()
    with tenant(campaign.pk):
        place_by_hand(campaign, [evening.doors[7]], 0.5, 51.5, by=alice.actor)
    look()

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200]
    assert kinds(answers[-1])[(0.5, 51.5)] == "todo"


def test_a_door_of_another_campaign_is_never_shown(
    evening: Evening, charlie: Membership, rivals: Campaign, campaign: Campaign
) -> None:
    with tenant(rivals.pk):
        turf = a_walk(rivals, [900_001])
    client = signed_in(charlie)

    own = json.loads(asked(client, rivals).content)
    theirs_by_action = json.loads(
        asked(client, rivals, f"?action={evening.first.action_id}").content
    )
    line = client.get(reverse("results:route", args=[rivals.slug, evening.first.pk]))

    assert [feature["properties"]["walk"] for feature in own["features"]] == [turf.pk]
    assert theirs_by_action["features"] == []
    assert line.status_code == 404
    assert asked(client, campaign).status_code == 404


def test_one_action_shows_its_own_doors(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    shown = kinds(asked(signed_in(alice), campaign, f"?action={evening.second.action_id}"))

    assert set(shown) == {place(n) for n in range(4, 8)}


def test_a_door_that_went_back_undone_is_not_on_the_map(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        actions.hand_back(access.grant_for(evening.tom, evening.first.pk), by=evening.tom.actor)

    assert place(3) not in kinds(asked(signed_in(alice), campaign))


def test_a_walk_shows_its_line_once_it_is_published(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    with tenant(campaign.pk):
        type(evening.first).objects.filter(pk=evening.first.pk).update(route=[[0, 51], [0.1, 51]])
        type(evening.second).objects.filter(pk=evening.second.pk).update(published_at=None)

    def line(turf: Any) -> Any:
        return client.get(reverse("results:route", args=[campaign.slug, turf.pk]))

    assert [f["geometry"]["type"] for f in json.loads(line(evening.first).content)["features"]] == [
        "LineString"
    ]
    assert line(evening.second).status_code == 404


def test_looking_at_the_answers_leaves_one_line_a_sitting(
    evening: Evening, alice: Membership, olive: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    for n in (3, 2):
        asked(client, campaign)
        record(campaign, evening.tom, a_report(evening.first, evening.doors[n]))
    asked(signed_in(olive), campaign)
    with tenant(campaign.pk):
        lines = list(AuditLine.objects.of(campaign).filter(verb="results.map"))

    assert [(line.actor_id, line.count) for line in lines] == [(alice.actor.id, 3)]
    assert timezone.now() - lines[0].at < A_SITTING == timedelta(hours=1)


def test_the_map_asks_as_many_questions_for_many_doors_as_for_few(
    evening: Evening, alice: Membership, campaign: Campaign, django_assert_num_queries: Any
) -> None:
    client = signed_in(alice)
    asked(client, campaign)  # its line in the audit is there from now on

    def questions() -> int:
        with django_assert_num_queries(QUESTIONS):
            response = asked(client, campaign)
        return len(kinds(response))

    few = questions()
    with tenant(campaign.pk):
        turf = a_walk(campaign, range(800_000, 800_300), number=9)
        Door.objects.filter(pk__gte=800_000).update(lon=0.7)
        for n, door in enumerate(range(800_000, 800_300)):
            Door.objects.filter(pk=door).update(lat=51 + n / 1000)
        phone = a_phone(turf, "Asha", alice)
    reports = [
        a_report(turf, 800_000 + n, "answered", support=str(1 + n % 5), id=uuid.uuid4())
        for n in range(60)
    ]
    record(campaign, phone, *reports)

    assert (few, questions()) == (8, 308)


QUESTIONS = 9
"""Who asks, behind which wall, whether anything changed, the doors, and whether that is written down."""


def test_a_small_campaigns_map_does_not_read_a_large_ones_rows(
    campaign: Campaign, rivals: Campaign, charlie: Membership
) -> None:
    with tenant(rivals.pk):
        turf = a_walk(rivals, range(1_000_000, 1_005_000))
        phone = a_phone(turf, "Rita", charlie)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into canvass_doorstanding (campaign_id, turf_id, door_id, visits, contacted, answers, last_kind) "
                "select %s, %s, n, 1, true, 1, 'answered' from generate_series(1000000, 1004999) n",
                [rivals.pk, turf.pk],
            )
            cursor.execute(
                "insert into canvass_answer (campaign_id, turf_id, door_id, device_id, day, support, disputed) "
                "select %s, %s, n, %s, '2026-06-13', '1', false from generate_series(1000000, 1004999) n",
                [rivals.pk, turf.pk, phone.pk],
            )
    read_whole = {}
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute("select set_config('enable_seqscan', 'off', true)")
        for question in ("_HEARD", "_PROGRESS", "_NOT_PLACED"):
            cursor.execute(
                "explain (format json) " + getattr(doors, question),
                {"campaign": campaign.pk, "action": None},
            )
            read_whole[question] = re.findall(
                r'"Seq Scan"[^{}]*?"Relation Name": "(canvass_\w+|outings_turfdoor|places_door)"',
                json.dumps(cursor.fetchone()[0]),
            )

    assert read_whole == {"_HEARD": [], "_PROGRESS": [], "_NOT_PLACED": []}


def test_where_there_is_a_map_it_stands_beside_the_walks_and_where_not_the_rings_do(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    without = client.get(reverse("results:overview", args=[campaign.slug])).content.decode()
    with tenant(campaign.pk):
        plant_map(campaign, "Mill Lane")
    with_map = client.get(
        reverse("results:overview", args=[campaign.slug]) + f"?walk={evening.second.pk}"
    ).content.decode()

    assert ("<turf-map" in without, "chart-map" in without) == (False, True)
    assert ("<turf-map" in with_map, "chart-map" in with_map) == (True, False)
    assert re.findall(r'data-walk="(\d+)" aria-current="true"', with_map) == [
        str(evening.second.pk)
    ]


def test_doors_without_a_place_are_counted_beside_the_map(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        plant_map(campaign, "Mill Lane")
        Door.objects.filter(pk__in=evening.doors[:2]).update(lon=None, lat=None)

    text = signed_in(alice).get(reverse("results:overview", args=[campaign.slug])).content.decode()

    assert "2 doors of these walks have no place on the map." in text


def test_no_layer_of_the_towns_style_has_the_name_of_one_that_the_map_adds() -> None:
    town = TownMap(west=0, south=0, east=1, north=1)
    added = re.findall(r'addLayer\(\{ id: "([\w-]+)"', MAP_JS.read_text())

    assert {"doors", "walk-numbers"} <= set(added)
    assert {layer["id"] for layer in style_of(town, "")["layers"]} & set(added) == set()


def test_each_kind_of_door_looks_the_same_on_the_map_and_in_its_legend() -> None:
    looks = re.findall(r'"?([\w-]+)"?: \{ colour: "(#\w+)", ring: "(#\w+)"', PALETTE.read_text())
    sheet = SHEET.read_text()

    assert len(looks) >= 13
    for kind, colour, _ring in looks:
        rule = re.search(rf"\.kind-{kind}(?:, [^{{]*)? \{{[^}}]*background: (#\w+)", sheet)
        assert rule, kind
        assert rule[1] == colour, kind
