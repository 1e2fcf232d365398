"""Every write, and every screen that shows somebody's details, leaves one line in the same transaction."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.parcels import Parcel
from hustings.apps.outings.handing_out import make_phone_link
from hustings.apps.outings.models import AtWorkbench, Turf, TurfDoor
from hustings.apps.people.models import Person
from hustings.apps.places.models import Door
from hustings.apps.register.models import RegisterEntry
from hustings.apps.statements.access import node_for
from tests.apps.a_row_of_each import MODELS
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP, signed_in
from tests.apps.contributions.planting import a_gift, nobody_pays, some_spending
from tests.apps.isolation_matrix import CANARY, ONLY_JSON, ROUTES, World
from tests.apps.knocking import IN_A_CAMPAIGN, ON_A_PHONE, a_phone, body, knock_with, undone
from tests.apps.planted import campaign, planted, world
from tests.core.ledger.campaigns import Campaign as Other

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["campaign", "planted", "world"]
pytestmark = pytest.mark.trust(11)
SOMEBODY = f"{CANARY}person"
"""The surname of everybody planted: where it stands, somebody's details are shown."""


def a_line_of_the_sheet(world: World) -> str:
    """The field of one person at the second door of the walk."""
    door = world.rows["walk_doors"][1]
    with tenant(world.campaign.pk):
        person = Person.objects.filter(household__address_key=door.address_key).earliest("pk")
    return f"said-{door.pk}-{person.pk}"


def a_parcel(world: World) -> SimpleUploadedFile:
    """What the met peer would send if it had nothing to say."""
    history = Other(f"{CANARY}met").history
    with tenant(world.campaign.pk):
        us = node_for(world.campaign).name
    return SimpleUploadedFile("p.json", str(Parcel(history.node, us, history)).encode())


def a_door(world: World) -> int:
    """A door of the street that the matrix looks at."""
    with tenant(world.campaign.pk):
        return Door.objects.filter(street_key=CANARY.lower()).values_list("pk", flat=True)[0]


def with_a_country(world: World) -> Mapping[str, object]:
    """The campaign says where it is, so that its join page can be opened."""
    type(world.campaign).objects.filter(pk=world.campaign.pk).update(country="GB")
    return {"sites": "https://example.org"}


def a_comer(world: World) -> Mapping[str, object]:
    """Somebody who comes to help."""
    return {"name": "Ada", "email": "ada@example.net", "near": "Mill Lane", "agreed": "on"}


def from_the_mill(world: World) -> Mapping[str, object]:
    """Somebody has an hour and a half near a walk of the planted round that is free."""
    action = world.rows["walk"].action
    with tenant(world.campaign.pk):
        free = a_walk(world.campaign, [920_001], number=702)
        for rows in (Turf.objects.filter(pk=free.pk), TurfDoor.objects.filter(turf=free)):
            rows.update(action=action)
    return {
        "minutes": "90", "lon": "9.52", "lat": "47.14", "once": uuid4(), "action": action.pk,
        "holder": "Ada",
    }  # fmt: skip


def a_file(world: World) -> SimpleUploadedFile:
    """One answer that the walk's phone could not send."""
    event = {
        "id": str(uuid4()), "sequence": 9, "turf": world.rows["walk"].pk,
        "door": world.rows["walk_doors"][1].pk, "kind": "no_answer",
        "occurred_at": "2026-06-13T12:00:00+00:00",
    }  # fmt: skip
    phone = {"id": str(world.rows["phone"].public_id)}
    file = {"what": "unsent answers", "version": 1, "phone": phone, "events": [event]}
    return SimpleUploadedFile("unsent.json", json.dumps(file).encode())


NOON = "2026-06-13T12:00"


def nothing_open(world: World) -> Mapping[str, object]:
    """End the planted polling day, so that the next can be opened."""
    from hustings.apps.audit.actors import command
    from hustings.apps.polling.actions import end_day

    end_day(world.rows["polling_day"], by=command("tests"))
    return {}


FORMS: dict[str, Callable[[World], Mapping[str, object]]] = {
    "erasure:erase": lambda world: {"request": "person", "word": "erase"},
    "settings:members": lambda world: {
        "email": "new@example.org",
        "name": "New",
        "role": "observer",
    },
    "phone:door": lambda world: {"whole_door": "no_answer"},
    "phone:add": lambda world: {"forename": "Ada", "surname": SOMEBODY},
    "phone:receipt": lambda world: {},
    "phone:code": lambda world: {"first_name": "Bob"},
    "phone:link": lambda world: {"first_name": "Bob"},
    "outings:dial": lambda world: {"precision": "household"},
    "phone:building": lambda world: {"floor": "2", "kind": "no_answer"},
    "phones:take-in": lambda world: {"file": a_file(world)},
    "phones:paper": lambda world: {a_line_of_the_sheet(world): "-"},
    "places:street": lambda world: {"doors": [a_door(world)], "lon": "9.52", "lat": "47.14"},
    "settings:walks": lambda world: {"doors_per_walk": "70"},
    "settings:law": lambda world: {"country": "GB", "copies_kept_days": "9"},
    "scripts:paste": lambda world: {"text": "== start ==\nGood evening."},
    "scripts:step": lambda world: {"say": "Good evening."},
    "scripts:words": lambda world: {"text-start": "Noswaith dda."},
    "scripts:scale": lambda world: {"label-0": "For"},
    "settings:doors": lambda world: {"script_wording": "Good evening."},
    "polling:new": lambda world: {
        **nothing_open(world),
        "name": "Council",
        "held_on": "2099-05-07",
        "told_until": "2099-06-07",
    },
    "polling:tell": lambda world: {"number": "41"},
    "sessions:new": lambda world: {
        "name": "Doors",
        "day": "2099-05-07",
        "begins": "14:00",
        "ends": "16:00",
        "place": "Mill Hall",
        "kind": "doors",
    },
    "sessions:change": lambda world: {"name": "Leaflets"},
    "contests:new": lambda world: {
        "name": "Primary",
        "held_on": "2099-02-03",
        "ruleset": "iowa-2020",
    },
    "contests:roster": lambda world: {"file": SimpleUploadedFile("u.csv", b"precinct\nHall\n")},
    "contests:change": lambda world: {"held_on": "2099-02-04"},
    "contests:units-away": lambda world: {
        "do": "away",
        "unit": world.rows["unit_by_mistake"].pk,
    },
    "contests:candidates": lambda world: {"ours": "Birch"},
    "contests:invite": lambda world: {
        "unit": world.rows["unit"].pk,
        "name": "Ada",
        "source": "captain",
    },
    "contests:reporter-correct": lambda world: {"telephone": "01632 960001"},
    "contests:enter": lambda world: {"count_ash": "3", "confirmed": "yes", "source": "paper"},
    "live:lots": lambda world: {
        "event": str(uuid4()),
        "unit": world.rows["count_tied"].pk,
        "step": "one less, turn 1",
        "chosen": "birch",
        "device": "a coin",
        "called_by": "the chair",
        "witnesses": "a neighbour",
    },
    "live:official": lambda world: {
        "file": SimpleUploadedFile("o.csv", b"name,Ash Hollow\nHall,1\n")
    },
    "live:support": lambda world: {
        "kind": "exit",
        "asked_by": "Somebody",
        "age-0-band": "17-29",
        "age-0-heads": "100",
    },
    "contributions:new-gift": lambda world: a_gift(),
    "contributions:new-spending": lambda world: some_spending(amount="5.00"),
    "contributions:new-help": lambda world: nobody_pays(),
    "contributions:change-help": lambda world: nobody_pays(),
    "materials:new": lambda world: {"name": "June", "headline": "A library"},
    "materials:next": lambda world: {"headline": "A library that stays"},
    "materials:places": lambda world: {"name": "Shed"},
    "materials:imprints": lambda world: {"country": "US", "paid_for_by": "Paid for by Riverside"},
    "clippings:desk": lambda world: {"text": "It rains in Kelby, Tom Marlow said."},
    "clippings:excerpt": lambda world: {"taken-side": "us", "taken-kind": "fact"},
    "lending:take-in": lambda world: {
        "file": SimpleUploadedFile("x.bundle", b"hustings-bundle@v1\n")
    },
    "lending:new-event": lambda world: {
        "title": "A talk",
        "starts": NOON,
        "ends": "2026-06-13T13:00",
        "campaign_event": "no",
    },
    "lending:change-event": lambda world: {"title": "Another talk"},
    "lending:lend": lambda world: {"release": world.rows["lendable"].pk},
    "lending:new-offer": lambda world: {
        "party": world.rows["sealing"].pk,
        "person_name": "Asha",
        "purpose": "Doors",
        "from_country": "GB",
        "to_country": "US",
        "starts_on": "2100-07-01",
        "ends_on": "2100-07-09",
        "keep_until": "2100-08-01",
        "answer_on": "2100-06-01",
    },
    "statements:draft": lambda world: {"kind": "fact", "body": "It rains."},
    "exchange:take": lambda world: {"file": a_parcel(world)},
    "statements:announce": lambda world: {},
    "statements:call": lambda world: {
        "evidence": "published",
        "text": "No.",
        "decision": "deny",
        "authority": "press_office",
    },
    "statements:respond": lambda world: {"decision": "deny", "text": "We did not."},
    "statements:retract": lambda world: {"reason": "We were misinformed."},
    "statements:new-matter": lambda world: {"why": "other", "words": "A paper rang."},
    "statements:receive": lambda world: {"text": "no bundle"},
    "statements:new-party": lambda world: {"name": "Harbour"},
    "statements:meet": lambda world: {"read_with": "Hal", "same": "on"},
    "statements:claim": lambda world: {
        "ours": "yes",
        "kind": "support",
        "quote": "They wrote.",
        "when": NOON,
    },
    "statements:hope": lambda world: {"kind": "support", "quote": "A message."},
    "statements:word": lambda world: {
        "kind": "fact",
        "body": "It rains.",
        "evidence": "told",
        "source": "x",
        "when": NOON,
    },
    "volunteers:teams": lambda world: {"name": "North"},
    "dispatch:new": lambda world: {
        "action": world.rows["walk"].action_id,
        "name": "Hall",
        "ends_at": "2099-06-13T12:00",
    },
    "dispatch:ninety": from_the_mill,
    "ninety": from_the_mill,
    "volunteers:join-page": with_a_country,
    "join:page": a_comer,
    "join:frame": a_comer,
    "join:again": lambda world: {"email": "canary@example.net"},
    "outings:new": lambda world: {"name": "June", "kind": "canvass", "absent": "any"},
    "outings:choose": lambda world: {"absent": "any"},
    "outings:cut": lambda world: {"units": "doors", "size": "20", "split_street": "12"},
}
"""What is sent to a screen that takes a form as well, where the matrix only looks at it."""
SHOWN_ONCE = {
    "lending:new-offer": "the answer is the link itself, which is kept nowhere",
    "contests:invite": "the answer is the link itself, which is kept nowhere",
    "join:page": "the answer is the thanks, with a link that is kept nowhere",
    "join:frame": "the answer is the thanks, with a link that is kept nowhere",
    "join:again": "the answer is the same whether or not the address is known",
}
NO_FORM_OF_A_CAMPAIGN = {
    "phone:start": "takes six letters and goes on to their page; nothing of a campaign is written or shown",
    "statements:recovery": "answers with the sheet itself; its line is looked for in test_notices_keys_and_codes.py",
    "me:change": "the link in the matrix leads nowhere; tests/apps/volunteers/test_own_page.py counts its lines",
    "me:pays": "the link in the matrix leads nowhere; tests/apps/volunteers/test_own_page.py counts its lines",
    "table:arrive": "the link in the matrix leads nowhere; tests/apps/dispatch/test_tables.py counts its lines",
    "help:page": "the link in the matrix leads nowhere; tests/apps/lending go through the page and count its lines",
    "phone:walk": "writes only on the plain page of a round; tests/apps/canvass/test_deliveries.py counts its lines",
    "phone:moved": "the link in the matrix leads nowhere; tests/apps/canvass/test_moving.py goes through it",
    "sign-in-link": "signs a user in, who stands outside every campaign",
}

ASKED_AND_DONE = 2, "who asked for the work is one line, what the work did another"
WHOEVER_IS_ON_IT = 1, "a look at people, or a file that leaves, is written down whoever is on it"
EXCEPTIONS: dict[str, tuple[int, str]] = {
    "outings:cut-again": ASKED_AND_DONE,
    "places:upload": ASKED_AND_DONE,
    "results:csv": WHOEVER_IS_ON_IT,
    "results:doors": WHOEVER_IS_ON_IT,
    "ninety (form)": (2, "who has the walk is one line, which phone asked for it another"),
    "volunteers:invite": (1, "a mail goes out; whom it went to is kept nowhere"),
    "contests:photo": WHOEVER_IS_ON_IT,
    "contests:reporters": WHOEVER_IS_ON_IT,
    "contests:reporter-correct": WHOEVER_IS_ON_IT,
    "contests:unit": WHOEVER_IS_ON_IT,
    "contests:roster (form)": ASKED_AND_DONE,
    "live:official (form)": ASKED_AND_DONE,
    "exchange:evidence": WHOEVER_IS_ON_IT,
    "exchange:give": WHOEVER_IS_ON_IT,
    "exchange:send": ASKED_AND_DONE,
    "clippings:carry": (2, "the record that it becomes is one line, that it was carried another"),
    "statements:bundle": WHOEVER_IS_ON_IT,
    "statements:code": WHOEVER_IS_ON_IT,
    "lending:parcel": WHOEVER_IS_ON_IT,
    "lending:borrow": (2, "the draft is one line, whence it came another"),
    "statements:record": WHOEVER_IS_ON_IT,
    "places:doors": WHOEVER_IS_ON_IT,
    "phones:tray": WHOEVER_IS_ON_IT,
    "register:problems": WHOEVER_IS_ON_IT,
    "outings:walk": WHOEVER_IS_ON_IT,
    "outings:cut (form)": ASKED_AND_DONE,
    "scripts:publish": (2, "what is said is one line, that the settings changed another"),
    "scripts:scale (form)": (2, "the levels are one line, that the settings changed another"),
    "settings:remove-member": (
        2,
        "the right to speak for the candidate ends with a line of its own",
    ),
    "statements:call (form)": (2, "their denial is one line, that it wants an answer another"),
    "statements:respond (form)": (2, "our answer is one line, that the matter is over another"),
    "statements:retract (form)": (
        3,
        "the claim is withdrawn, a correction lies ready, and the matter is over",
    ),
    "phone:code (form)": (2, "a phone that is new is one line, the walk it asks for another"),
    "phone:link (form)": (3, "a phone that is new, the walk it asks for, and that it was let in"),
    "phones:take-in (form)": (
        2,
        "what the file holds is one line, that it was taken in another",
    ),
    "phones:paper (form)": (
        2,
        "what was heard is one line, that it was typed in from a sheet another",
    ),
}
"""How many lines instead of one, and why."""


def named(world: World) -> World:
    """The planted world, everybody in it called by one name."""
    with tenant(world.campaign.pk):
        Person.objects.update(surname=SOMEBODY, name_key=SOMEBODY.lower())
        RegisterEntry.objects.update(surname=SOMEBODY)
    return world


def held(campaign: Campaign) -> list[Any]:
    """All that the campaign holds, but the lines themselves, and who looks at which cut at this moment."""
    tables = [m._meta.db_table for m in MODELS if m not in {AuditLine, AtWorkbench}]
    parts = [
        f"select '{table}', md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {table} t"  # noqa: S608  # tables of our own models
        for table in tables
    ]
    parts += [
        f"select '{table}', md5(string_agg(t::text, '' order by id)) from {table} t where {column} = '{campaign.pk}'"  # noqa: S608  # named in the next line, and our own id
        for table, column in (("accounts_membership", "campaign_id"), ("campaigns_campaign", "id"))
    ]
    with tenant(campaign.pk), connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        # The server may read the tables side by side, and then tells them in any order.
        return sorted(cursor.fetchall())


def told(
    client: Client, name: str, world: World, send: Mapping[str, object] | None
) -> tuple[int, bool, bool, list[str]]:
    """Status, whether anything changed, whether somebody was shown, and the verbs of the new lines."""
    before = held(world.campaign)
    with tenant(world.campaign.pk):
        newest = AuditLine.objects.order_by("-id").values_list("id", flat=True).first() or 0
    route = ROUTES[name]
    arguments = dict(route.arguments(world))
    if send is None:
        answer = knock_with(client, name, world.campaign, arguments, route.send(world))
    else:
        answer = client.post(address_of(name, world), dict(send))
    text = body(answer)
    shown = SOMEBODY in text or "application/pdf" in text
    with tenant(world.campaign.pk):
        lines = (
            AuditLine.objects.filter(id__gt=newest).order_by("id").values_list("verb", flat=True)
        )
        return answer.status_code, held(world.campaign) != before, shown, list(lines)


def address_of(name: str, world: World) -> str:
    """The whole address of a screen, as its form is sent to it."""
    route = ROUTES[name]
    arguments = {**route.arguments(world), **ARGUMENTS.get(name, lambda world: {})(world)}
    if not (route.open_to_all or route.phone):
        arguments["slug"] = world.campaign.slug
    return reverse(name, kwargs=arguments, query=dict(route.send(world)) or None)


def a_link(world: World) -> Mapping[str, object]:
    """A link for a phone that nobody used yet."""
    if "link" not in world.rows:
        turf = world.rows["walk"].pk
        world.rows["link"] = make_phone_link(world.campaign, turf, by=SETUP)
    return {"token": world.rows["link"]}


ARGUMENTS: dict[str, Callable[[World], Mapping[str, object]]] = {"phone:link": a_link}


def knocker(name: str, world: World, alice: Membership) -> Client:
    if name in ON_A_PHONE:
        return a_phone(world.rows["token"])
    return Client() if ROUTES[name].open_to_all else signed_in(alice)


@pytest.mark.parametrize("name", [*IN_A_CAMPAIGN, *ON_A_PHONE])
def test_what_changes_something_or_shows_somebody_leaves_one_line(
    name: str, world: World, alice: Membership
) -> None:
    status, changed, shown, lines = told(knocker(name, named(world), alice), name, world, None)

    assert status < 400 or name in ONLY_JSON
    expected = EXCEPTIONS.get(name, (1 if changed or shown else 0, ""))[0]
    assert len(lines) == expected, (changed, shown, lines)


class Filled(HTMLParser):
    """The forms of a page as a browser sends them when nothing is changed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "input" and name:
            if said.get("type") not in {"checkbox", "radio", "file"}:
                self.fields[name] = value
            elif "checked" in said:
                self.fields[name] = value or "on"
        elif tag in {"select", "textarea"}:
            self._select, self._text = (name, "") if tag == "select" else ("", name)
        elif tag == "option" and self._select and "selected" in said:
            self.fields[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] = self.fields.get(self._text, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self._select = self._text = ""


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_that_changes_something_leaves_one_line(
    name: str, world: World, alice: Membership
) -> None:
    client = knocker(name, named(world), alice)
    page = client.get(address_of(name, world)).content.decode()
    send = {**Filled(page).fields, **FORMS[name](world)}

    status, changed, _shown, lines = told(client, name, world, send)

    assert status == (200 if name in SHOWN_ONCE else 302)
    assert changed
    assert len(lines) == EXCEPTIONS.get(f"{name} (form)", (1, ""))[0], lines


def test_every_screen_that_takes_a_form_is_among_those_tried(
    world: World, alice: Membership
) -> None:
    takes = set()
    for name, route in ROUTES.items():
        if route.method == "post":
            continue  # the matrix itself sends something
        with undone():
            answer = knocker(name, world, alice).post(address_of(name, world), {})
        if answer.status_code != 405:
            takes.add(name)

    assert takes - {*FORMS} == {*NO_FORM_OF_A_CAMPAIGN}
    assert {*FORMS} <= takes


def test_every_name_of_an_exception_is_an_address() -> None:
    excepted = {name.removesuffix(" (form)") for name in EXCEPTIONS} | {*NO_FORM_OF_A_CAMPAIGN}

    assert excepted <= {*ROUTES}
    assert all(why for _lines, why in EXCEPTIONS.values())
