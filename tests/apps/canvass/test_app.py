"""What the phone app gets from the server: its page and files, the walk it carries, the receipt, leaving."""

from __future__ import annotations

import gzip
import json
import re
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, app_files, app_words, queries, walks
from hustings.apps.canvass.kinds import REPORTED
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.canvass.report import Report, Somebody
from hustings.apps.places.models import Building
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.canvass.test_phone_page import Shift, a_batch, post

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db
SOURCES = Path(app_files.__file__).parent / "static/canvass"
CASES = json.loads(
    (Path(__file__).resolve().parents[2] / "js/walk_cases.json").read_text(encoding="utf-8")
)


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def data(shift: Shift) -> dict[str, Any]:
    """The walk as the phone gets it."""
    answer = shift.client.get(shift.address("walk-data"))
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_walk_as_data_says_what_the_plain_pages_say(shift: Shift) -> None:
    walk = data(shift)

    assert [door["id"] for door in walk["doors"]] == [d.pk for d in shift.doors + shift.flats]
    assert [p["name"] for door in walk["doors"][:3] for p in door["people"]] == [
        "Person1", "Person3", "Person5",
    ]  # fmt: skip
    assert walk["wording"]["version"] == 1
    assert walk["wording"]["choices"][0]["label"] == "Strong support"
    assert 11 * 3600 < walk["seconds_left"] <= 12 * 3600
    assert set(walk["doors"][0]["people"][0]) == {"id", "name", "met", "absent", "stopped"}


def test_the_place_of_a_door_comes_with_the_map_and_not_with_who_lives_there(shift: Shift) -> None:
    assert not {"lon", "lat", "postcode"} & set(data(shift)["doors"][0])


def test_looking_at_the_walk_leaves_one_line_with_how_many_people_and_304_leaves_none(
    shift: Shift,
) -> None:
    first = shift.client.get(shift.address("walk-data"))
    again = shift.client.get(shift.address("walk-data"), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    with tenant(shift.campaign.pk):
        line = AuditLine.objects.get(verb="person.look")
    assert (line.actor_label, line.subject, line.count) == ("Tom", "turf", 3)


def test_the_walk_is_new_when_anything_was_recorded(shift: Shift) -> None:
    first = shift.client.get(shift.address("walk-data"))
    shift.says(shift.doors[0], "answered:1")

    again = shift.client.get(shift.address("walk-data"), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200


def test_a_phone_gets_its_own_events_that_count_and_of_others_only_how_the_door_stands(
    shift: Shift, alice: Membership
) -> None:
    shift.says(shift.doors[0], "answered:1")
    shift.says(shift.doors[0], "refused")
    with tenant(shift.campaign.pk):
        other = a_phone(shift.turf, "Asha", alice)
        actions.record(other, [a_report(shift.turf, shift.doors[1].pk, "come_back", come_back_at=a_report(shift.turf, 1).occurred_at)])  # fmt: skip

    first, second, third = data(shift)["doors"][:3]

    assert [(one["kind"], one["person"]) for one in first["mine"]] == [
        ("refused", first["people"][0]["id"])
    ]
    assert (first["elsewhere"], second["elsewhere"], third["elsewhere"]) == ("", "back", "")
    assert (second["mine"], third["mine"]) == ([], [])


def test_somebody_met_at_a_door_is_known_by_the_id_that_the_phone_gave_them(shift: Shift) -> None:
    met = uuid.uuid4()
    with tenant(shift.campaign.pk):
        actions.record(
            shift.device,
            [a_report(shift.turf, shift.doors[0].pk, "refused", met=met)],
            [Somebody(met, shift.doors[0].pk, "Jon")],
        )

    door = data(shift)["doors"][0]

    assert [p["name"] for p in door["people"] if p["met"] == str(met)] == ["Jon"]
    assert door["mine"][0]["met"] == str(met)


def test_a_walk_that_came_back_is_gone_for_the_app_and_its_slip_stays(shift: Shift) -> None:
    shift.says(shift.doors[0], "answered:1")

    back = shift.client.post(
        shift.address("hand-back"), "{}", content_type="application/json"
    ).json()

    assert back["returned_at"]
    assert (back["recorded"], back["received"]) == (1, 1)
    assert shift.client.get(shift.address("walk-data")).status_code == 404
    assert shift.client.get(shift.address("receipt-data")).json()["recorded"] == 1
    assert shift.client.get(reverse("phone:carried")).json()["walks"] == []


def test_a_form_of_another_site_hands_nothing_back_and_signs_nobody_out(shift: Shift) -> None:
    there = Client(enforce_csrf_checks=True)
    there.cookies[DEVICE_COOKIE] = shift.client.cookies[DEVICE_COOKIE].value

    answers = [
        there.post(shift.address("hand-back"), {}),
        there.post(reverse("phone:app-leave"), {}),
    ]

    assert [answer.status_code for answer in answers] == [415, 415]
    assert shift.client.get(shift.address("walk-data")).status_code == 200


def test_leaving_takes_the_leave_and_the_cookie_and_keeps_what_was_recorded(shift: Shift) -> None:
    shift.says(shift.doors[0], "answered:1")

    left = shift.client.post(reverse("phone:app-leave"), "{}", content_type="application/json")

    assert left.json() == {"left": True}
    assert left.cookies[DEVICE_COOKIE].value == ""
    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 1
        assert shift.device.revocations.exists()


def test_a_phone_says_who_it_is_and_where_its_numbers_go_on(shift: Shift) -> None:
    shift.says(shift.doors[0], "answered:1")

    carried = shift.client.get(reverse("phone:carried")).json()

    assert carried["phone"] == {"label": "Tom", "id": str(shift.device.public_id), "sequence": 2}
    assert [(walk["turf"], walk["doors"]) for walk in carried["walks"]] == [(shift.turf.pk, 12)]
    nobody = Client().get(reverse("phone:carried")).json()
    assert (nobody["phone"], nobody["walks"]) == (None, [])


def test_every_answer_says_the_right_time_for_phones_whose_clock_is_wrong(shift: Shift) -> None:
    answers = [
        shift.client.get(reverse("phone:carried")),
        shift.client.get(shift.address("changes")),
        post(shift, a_batch(shift)),
    ]

    for answer in answers:
        at = datetime.fromisoformat(json.loads(answer.content)["at"])
        assert abs(timezone.now() - at) < timedelta(minutes=1)


def test_a_tower_of_six_hundred_flats_is_few_questions_and_few_bytes(
    shift: Shift, django_assert_max_num_queries: object
) -> None:
    with tenant(shift.campaign.pk):
        tower = Building.objects.create(campaign=shift.campaign, name="High", street_key="high")
        flats = [
            shift.door("1", f"Resident{n}", unit=f"Flat {n}", building=tower, floor=n // 20)
            for n in range(600)
        ]
        turf = a_walk(shift.campaign, [flat.pk for flat in flats], number=8)
        actions.ask_for_walk(turf, "Tom", device=shift.device)
    address = reverse("phone:walk-data", args=[turf.pk])

    with django_assert_max_num_queries(31):  # type: ignore[operator]  # pytest-django's fixture
        answer = shift.client.get(address, headers={"Accept-Encoding": "gzip"})

    assert len(json.loads(gzip.decompress(answer.content))["doors"]) == 600
    assert len(answer.content) < 30_000


# --- the page and its files ---------------------------------------------------------------------


def test_the_page_has_nothing_of_a_campaign_in_it(shift: Shift) -> None:
    assert (
        shift.client.get(reverse("phone:app")).content == Client().get(reverse("phone:app")).content
    )


def test_the_service_worker_keeps_every_file_that_the_page_needs(client: Client) -> None:
    source = client.get(reverse("phone:service-worker")).content.decode()
    page = client.get(reverse("phone:app")).content.decode()
    facts = json.loads(source.removeprefix("self.hustings = ").split(";\n")[0])

    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))

    assert asked <= set(facts["files"])
    assert facts["shell"] == "/w/app/"
    assert re.fullmatch(r"[0-9a-f]{16}", facts["version"])


def test_the_version_changes_with_any_file_and_with_the_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version() -> str:
        source = client.get(reverse("phone:service-worker")).content.decode()
        return str(json.loads(source.removeprefix("self.hustings = ").split(";\n")[0])["version"])

    first = version()
    monkeypatch.setattr(app_files, "digest", lambda: "another")
    second = version()
    monkeypatch.setattr(app_words, "WORDS", {**app_words.WORDS, "left": "still to do"})

    assert len({first, second, version()}) == 3


def test_every_module_that_the_app_imports_is_in_the_list_and_every_one_listed_is_imported() -> (
    None
):
    seen: set[Path] = set()
    waiting = [SOURCES / "main.js"]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            text = file.read_text(encoding="utf-8")
            found = re.findall(r'^import (?:[^"]*? from )?"(\.[^"]+\.js)";$', text, re.MULTILINE)
            found += re.findall(r'await import\("(\.[^"]+\.js)"\)', text)  # when it is needed
            waiting += [(file.parent / name).resolve() for name in found]

    assert {file.relative_to(SOURCES.parent).as_posix() for file in seen} == {
        *app_files.modules(),
        *app_files.LATER,
    }


def test_what_is_loaded_later_is_small_and_needed_by_nothing_before(client: Client) -> None:
    whole = sum(
        len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 6))
        for name in app_files.LATER
    )
    names = {Path(name).name for name in app_files.LATER}
    at_once = [
        found
        for file in app_files.modules()
        for found in re.findall(
            r'^import (?:[^"]*? from )?"[^"]*?([\w-]+\.js)";$',
            Path(str(finders.find(file))).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]

    assert whole < 8_000
    assert names.isdisjoint(at_once)
    assert all(
        name in client.get(reverse("phone:service-worker")).content.decode() for name in names
    )


def test_the_app_is_smaller_than_155_kilobytes_on_the_wire(client: Client) -> None:
    page = gzip.compress(client.get(reverse("phone:app")).content, 6)
    files = {name: finders.find(name) for name in (*app_files.modules(), *app_files.LOOKS)}

    whole = len(page) + sum(
        len(Path(str(file)).read_bytes())
        if name.endswith(".woff2")
        else len(gzip.compress(Path(str(file)).read_bytes(), 6))
        for name, file in files.items()
    )

    assert whole < 155_000


def test_every_word_that_a_screen_says_is_there_and_every_word_is_said() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.js"))
    there = set(app_words.words())
    said = set(re.findall(r'\bsay\(\s*"(\w+)"', text))
    said |= {
        w
        for pair in re.findall(r'say\([^)"]*\? "(\w+)" : (?:[^)"]*\? )?"(\w+)"', text)
        for w in pair
    }
    quoted = set(re.findall(r'"(\w+)"', text))
    built = set(re.findall(r"say\(`(\w+_)\$", text))

    assert said <= there
    unused = {word for word in there if word not in quoted and not any(map(word.startswith, built))}
    assert unused == set()


def test_no_screen_has_words_of_its_own() -> None:
    for file in SOURCES.rglob("screens/*.js"):
        code = re.sub(
            r"/\*\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        sentences = re.findall(r'"([A-Z][a-z]+(?: [a-z]+)*)"', code)
        assert set(sentences) <= {"Hustings", "QuotaExceededError"}, file.name


# --- rules that the phone and the server share ------------------------------------------------------


def test_the_phone_sends_what_the_server_reads() -> None:
    types = (SOURCES / "types.d.ts").read_text(encoding="utf-8")
    report = types.split("export interface Report {")[1].split("}")[0]
    kinds = types.split("export type Kind =")[1].split(";")[0]

    sent = set(re.findall(r"^  (\w+)\??:", report, re.MULTILINE))
    # Unknown fields are for newer apps; the format says how to read the others.
    assert sent == set(Report.__slots__) - {"more"} | {"format"}
    assert set(re.findall(r'"(\w+)"', kinds)) == set(REPORTED)


def test_the_next_door_is_the_one_the_phone_would_name(shift: Shift) -> None:
    with tenant(shift.campaign.pk):
        grant = shift.device.grants.get()
        template = walks.doors_of(shift.campaign, shift.turf.pk)[0]

    from dataclasses import replace

    for case in CASES["next"]:
        doors = [
            replace(template, id=number, visits=0 if number in case["left"] else 1)
            for number in case["doors"]
        ]
        walk = queries.Walk(grant, [], doors)
        found = walk.next_door if case["after"] is None else walk.after(case["after"])
        assert (found.id if found else None) == case["next"], case


def test_doors_of_one_building_are_one_stop_as_on_the_phone(shift: Shift) -> None:
    from dataclasses import replace

    with tenant(shift.campaign.pk):
        template = walks.doors_of(shift.campaign, shift.turf.pk)[0]
    for case in CASES["stops"]:
        doors = [replace(template, building=building or None) for building in case["buildings"]]
        assert [len(stop.doors) for stop in walks.stops_of(doors)] == case["stops"], case


def test_a_door_says_what_the_phone_would_say(shift: Shift) -> None:
    door = shift.doors[0].pk
    for case in CASES["states"]:
        ids = {name: str(uuid.uuid4()) for name, _kind, _corrects in case["events"]}
        events = [
            {
                "id": ids[name], "sequence": nth, "turf": shift.turf.pk, "door": door, "kind": kind,
                "occurred_at": "2026-06-13T12:00:00+00:00",
                **({"corrects": ids[corrects]} if corrects else {}),
                **({"support": "1"} if kind == "answered" else {}),
                **({"come_back_at": "2026-06-13T18:00:00+00:00"} if kind == "come_back" else {}),
            }
            for nth, (name, kind, corrects) in enumerate(case["events"], 1)
        ]  # fmt: skip
        answer: HttpResponse = post(shift, *events)
        assert answer.status_code == 200, answer.content

        with tenant(shift.campaign.pk):
            state = next(
                d.state for d in walks.doors_of(shift.campaign, shift.turf.pk) if d.id == door
            )
        assert state == case["state"], case

        corrected = {corrects for _name, _kind, corrects in case["events"] if corrects}
        left = [e for e, (name, kind, _c) in zip(events, case["events"], strict=True) if kind != "undo" and name not in corrected]  # fmt: skip
        post(shift, *({**base(e), "id": str(uuid.uuid4()), "kind": "undo", "corrects": e["id"]} for e in left))  # fmt: skip


def base(event: dict[str, Any]) -> dict[str, Any]:
    """Where and when, without what."""
    return {name: event[name] for name in ("sequence", "turf", "door", "occurred_at")}
