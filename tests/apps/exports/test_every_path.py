"""
Every path on which rows of the register leave goes through ``exports.leaving``: recorded as the campaign's own, or blocked.

Every address is knocked on as everybody who may, with a planted elector; whatever is no page of the desk and
names them must have left a row, and must be in the registry. The sources that write files are listed as well.
"""

from __future__ import annotations

import gzip
import io
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exports import leaving
from hustings.apps.exports.asking import Asked
from hustings.apps.exports.models import Copy
from hustings.apps.exports.options import RECEIVERS
from hustings.apps.exports.paths import PATHS
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from hustings.apps.register.models import ImportProblem, RegisterEntry
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.isolation_matrix import ROUTES
from tests.apps.knocking import IN_A_CAMPAIGN, ON_A_PHONE, a_phone, knock, undone
from tests.apps.planted import campaign, planted, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from tests.apps.isolation_matrix import World

__all__ = ["campaign", "planted", "world"]
SOURCE = Path(__file__).resolve().parents[3] / "src/hustings"
ELECTOR = "zqxelector"
"""The surname of an elector at every door, and of one in a file with a problem."""
REGISTERED = {route for path in PATHS.values() for route in path.routes}
FILES = sorted(REGISTERED - set(ON_A_PHONE))
"""Addresses of the desk that hand rows out as a file."""


@pytest.fixture(autouse=True)
def electors(world: World) -> None:
    batch = world.rows["batch"]
    with tenant(world.campaign.pk):
        for door in Door.objects.of(world.campaign):
            home, _new = Household.objects.of(world.campaign).get_or_create(
                campaign=world.campaign, address_key=door.address_key, defaults={"address": "1"}
            )
            Household.objects.of(world.campaign).filter(pk=home.pk).update(door_id=door.pk)
            person = Person.objects.create(
                campaign=world.campaign, household=home, surname=ELECTOR, forename="Ada"
            )
            RegisterEntry.objects.create(
                campaign=world.campaign, person=person, number=f"EL-{door.pk}", surname=ELECTOR,
                added_in=batch.pk,
            )  # fmt: skip
        ImportProblem.objects.create(
            campaign=world.campaign, batch=batch, kind="no_name", row=3, cell=ELECTOR
        )


@pytest.fixture
def alice(campaign: Campaign) -> Membership:
    return member(campaign, "Alice", "organiser")


def what_it_says(answer: HttpResponseBase) -> str:
    """All words of an answer, also of a PDF, of what is compressed and of what is streamed."""
    content = (
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # only when streaming
        if answer.streaming
        else answer.content  # type: ignore[attr-defined]  # only when not
    )
    with suppress(OSError):
        content = gzip.decompress(content)
    if content.startswith(b"%PDF-"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return str(content.decode("utf-8", "replace"))


def is_a_page(name: str, answer: HttpResponseBase) -> bool:
    """A page of the desk is looked at, and audited; all else is a copy: files, data, and what is on a phone."""
    page = answer.headers.get("Content-Type", "").startswith("text/html")
    return page and "Content-Disposition" not in answer.headers and name not in ON_A_PHONE


def unrecorded(client: Client, names: list[str], world: World) -> dict[str, str]:
    """Addresses that gave an elector away without a row that says so, or outside of the registry."""
    wrong = {}
    for name in names:
        with undone(), tenant(world.campaign.pk):
            before = Copy.objects.of(world.campaign).count()
            answer = knock(client, name, world, world.campaign)
            if answer.status_code >= 400 or is_a_page(name, answer):
                continue
            if ELECTOR not in re.sub(r"\s", "", what_it_says(answer)).lower():
                continue
            on_the_phone = Copy.objects.of(world.campaign).filter(
                path="phone", destroyed__isnull=True, rows__gt=0,
                subject_id=f"{world.rows['phone'].pk}:{world.rows['walk'].pk}",
            )  # fmt: skip
            recorded = (
                on_the_phone.exists()
                if name in ON_A_PHONE
                else Copy.objects.of(world.campaign).count() == before + 1
            )
            if name not in REGISTERED:
                wrong[name] = "is in no path of exports/paths.py"
            elif not recorded:
                wrong[name] = "left no row"
    return wrong


def test_no_address_hands_an_elector_out_by_another_way(world: World, alice: Membership) -> None:
    assert unrecorded(signed_in(alice), IN_A_CAMPAIGN, world) == {}
    assert unrecorded(a_phone(world.rows["token"]), ON_A_PHONE, world) == {}


def test_this_test_finds_a_path_that_does_not_record(
    world: World, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.apps.outings.packs.leave", lambda *a, **o: None)
    monkeypatch.setitem(globals(), "REGISTERED", REGISTERED - {"register:problems", "phone:door"})
    with tenant(world.campaign.pk):
        walk = f"{world.rows['phone'].pk}:{world.rows['walk'].pk}"
        leaving.gone_from(world.campaign, "phone:walk", walk, by=SETUP)

    found = unrecorded(signed_in(alice), IN_A_CAMPAIGN, world)
    assert set(found) >= {"outings:cut-pack", "outings:walk-pack"}
    assert "phone:door" in unrecorded(a_phone(world.rows["token"]), ON_A_PHONE, world)


def test_every_address_of_the_registry_is_there() -> None:
    assert set(ROUTES) >= REGISTERED


@pytest.mark.parametrize("name", FILES)
def test_a_file_leaves_a_row_with_purpose_and_last_day(
    name: str, world: World, alice: Membership
) -> None:
    path = next(one for one in PATHS.values() if name in one.routes)
    with tenant(world.campaign.pk):
        before = set(Copy.objects.of(world.campaign).values_list("pk", flat=True))
        assert knock(signed_in(alice), name, world, world.campaign).status_code == 200
        (copy,) = Copy.objects.of(world.campaign).exclude(pk__in=before)

    assert (copy.path, copy.purpose, copy.receiver) == (path.name, path.purpose, path.receiver)
    assert copy.rows > 0
    assert copy.by == "Alice"
    assert copy.expires_on == timezone.localdate() + timedelta(days=30)
    assert "OWN-1" in copy.rules


ELSEWHERE = {
    "another-campaign": ({"receiver": "another-campaign"}, "OWN-1"),
    "another-person": ({"receiver": "another-person"}, "OWN-1"),
    "another-country": ({"country": "US"}, "OWN-1"),
    "a day that is over": ({"until": "2026-01-01"}, "OWN-1"),
    "another purpose": ({"purpose": "other"}, "UK-12"),
}


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("name", FILES)
def test_a_file_for_somebody_else_is_blocked_on_every_path(
    name: str, where: str, world: World, alice: Membership
) -> None:
    said, rule = ELSEWHERE[where]
    Campaign.objects.filter(pk=world.campaign.pk).update(country="GB")
    arguments = {**ROUTES[name].arguments(world), "slug": world.campaign.slug}
    with tenant(world.campaign.pk):
        before = Copy.objects.of(world.campaign).count()

    with undone():
        answer = signed_in(alice).get(reverse(name, kwargs=arguments), said)
        shown = answer.content.decode()

    assert answer.status_code == 422
    assert rule in shown
    assert "read on 2026-11-26" in shown
    assert ELECTOR not in shown.lower()
    with tenant(world.campaign.pk):
        assert Copy.objects.of(world.campaign).count() == before


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("receiver", ["another-campaign", "another-person"])
@pytest.mark.parametrize("country", ["", "GB", "FI"])
def test_no_path_leads_to_a_stranger_whatever_the_country(
    path: str, receiver: str, country: str, world: World
) -> None:
    world.campaign.country = country
    with tenant(world.campaign.pk), pytest.raises(leaving.MayNotLeave, match="OWN-1"):
        leaving.leave(world.campaign, path, rows=1, by=SETUP, asked=Asked(receiver=receiver))


@pytest.mark.parametrize(
    ("days", "blocked"), [(-1, True), (0, False), (1, False)]
)  # fmt: skip
def test_the_last_day_may_be_today_and_not_yesterday(
    days: int, blocked: bool, world: World
) -> None:
    until = timezone.localdate() + timedelta(days=days)
    with tenant(world.campaign.pk):
        if blocked:
            with pytest.raises(leaving.MayNotLeave, match="was to be destroyed by"):
                leaving.leave(world.campaign, "pack", rows=1, by=SETUP, asked=Asked(until=until))
        else:
            assert leaving.leave(world.campaign, "pack", rows=1, by=SETUP, asked=Asked(until=until))


def test_what_cannot_be_meant_is_said_in_a_sentence(world: World, alice: Membership) -> None:
    address = reverse("places:doors", args=[world.campaign.slug])
    for said, sentence in (
        ({"until": "soon"}, "Write the day like"),
        ({"country": "Britain"}, "in two letters"),
        ({"receiver": "friend"}, "is one of"),
        ({"purpose": "fun"}, "is one of"),
    ):
        with undone():
            answer = signed_in(alice).get(address, said)
            assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


WRITERS = re.compile(
    r"\b(spreadsheet_lines|write_doors|pack_pdf\(|leaflet_pdf\(|dump\(|JsonResponse|FileResponse"
    r"|StreamingHttpResponse|content_type=|print\()"
)
NO_ROWS_LEAVE = {
    "apps/accounts/command.py": "names of campaigns, a member's address, a link",
    "apps/canvass/api.py": "what became of each event that a phone sent",
    "apps/canvass/replying.py": "the questions that were put to this phone",
    "apps/safety/api.py": "what this phone has on, and when it last said all right",
    "apps/exchange/command.py": "what campaigns say to each other, signed",
    "apps/exchange/views.py": "what campaigns say to each other, signed",
    "apps/exchange/node_views.py": "what campaigns say to each other, signed",
    "apps/statements/where_views.py": "a word that was refused, as it came",
    "apps/lending/views.py": "records with their proof, and what a volunteer ticked, sealed",
    "apps/lending/works_views.py": "a playbook or a design",
    "apps/lending/events_views.py": "an event for a calendar",
    "apps/shifts/own_views.py": "a volunteer's own sessions for their calendar",
    "apps/scripts/views.py": "what is said at a door",
    "apps/contests/board_files.py": "what was counted, by unit",
    "apps/contests/count_out.py": "rules, reports and lots of a contest",
    "apps/contests/live_views.py": "the files of board_files.py and count_out.py",
    "apps/contests/night_views.py": "a contest's units and candidates, for whoever reports from there",
    "apps/contests/public_views.py": "the files of board_files.py and count_out.py",
    "apps/contests/season_views.py": "sums of what was counted, by contest",
    "apps/contests/unit_views.py": "the photograph of a sheet",
    "apps/erasure/command.py": "how many rows of each table were erased",
    "apps/jobs/views.py": "how far a job is",
    "apps/materials/publishing.py": "a leaflet",
    "apps/materials/actions.py": "a leaflet",
    "apps/materials/views.py": "a leaflet",
    "apps/outings/data_views.py": "the packs of packs.py, and doors of the map without people",
    "apps/places/command.py": "the doors of places/actions.py",
    "apps/register/command.py": "how many rows a file has of each kind",
    "apps/results/views.py": "numbers, and doors of the map without people",
    "apps/statements/public_views.py": "what campaigns say in public",
    "apps/statements/views.py": "a record with its proof",
    "server/command_demo.py": "made-up people",
    "server/command_migrate.py": "names of migrations",
    "server/command_restore.py": "that it was done",
    "server/database/programs.py": "what backup and restore call",
    "server/middleware.py": "whatever a view answered",
    "server/views.py": "that the server is healthy",
    "apps/places/views.py": "the doors of places/actions.py, and the map",
    "server/once_more.py": "one sentence",
}
"""Sources that write something, and why no row of the register is in it; the others call ``leave``."""


def sources_that_write() -> Iterator[tuple[str, str]]:
    for file in sorted([*(SOURCE / "apps").rglob("*.py"), *(SOURCE / "server").rglob("*.py")]):
        text = file.read_text(encoding="utf-8")
        if "/migrations/" not in str(file) and WRITERS.search(text):
            yield str(file.relative_to(SOURCE)), text


def test_every_source_that_writes_files_is_known() -> None:
    found = dict(sources_that_write())

    unknown = {
        name for name, text in found.items() if not re.search(r"\bleave(_in_a_backup)?\(", text)
    }
    assert unknown - set(NO_ROWS_LEAVE) == set()
    assert set(NO_ROWS_LEAVE) - set(found) == set()


def test_the_options_of_commands_are_those_of_the_rules() -> None:
    assert list(RECEIVERS) == Copy.Receiver.values
