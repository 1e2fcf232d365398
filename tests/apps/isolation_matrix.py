"""
Every address there is, and how to knock on it: the table that ``test_isolation.py`` walks.

A new route without a row here fails. A row says how to build the address from a *world* (a campaign
planted with canaries), the method, what to send, and whether strangers may see anything at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.core.files.uploadedfile import SimpleUploadedFile

from hustings.apps.campaigns.models import Campaign

NOBODYS = "f" * 64
"""The hash of nothing that anybody has."""
CANARY = "Zqxcanary"
"""Planted in every name, street, note and label of Riverside; must never reach a stranger."""


@dataclass
class World:
    """A campaign planted with canaries; ``rows`` holds what routes need, by name."""

    campaign: Campaign
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """
    How to knock on one address.

    Parameters
    ----------
    arguments
        The address's arguments besides the campaign's slug, from the world.
    method, send
        ``get`` or ``post``, and the form or JSON to send.
    open_to_all
        The address belongs to no campaign (sign-in, front door); a stranger may see it, without canaries.
    roles
        Roles of the campaign for which the page opens (status below 400); the others are refused.
    phone
        For a phone that was let in, not for a member; the roles do not matter.
    screen
        A page with a design of its own: gets a picture at both sizes and an accessibility check.
    """

    arguments: Callable[[World], Mapping[str, object]] = lambda world: {}
    method: str = "get"
    send: Callable[[World], Mapping[str, object]] = lambda world: {}
    open_to_all: bool = False
    roles: frozenset[str] = frozenset({"organiser"})
    screen: bool = False
    phone: bool = False


def everyone(**options: Any) -> Route:
    """An address of no campaign."""
    return Route(open_to_all=True, **options)


def desk(*roles: str, **options: Any) -> Route:
    """An address of the desk, for these roles (organisers, where none is named)."""
    return Route(roles=frozenset(roles or {"organiser"}), **options)


def phone(**options: Any) -> Route:
    """An address for a phone that was let in to the world's walk."""
    return Route(phone=True, **options)


def a_list_of_postcodes() -> SimpleUploadedFile:
    """The smallest file of places."""
    return SimpleUploadedFile("postcodes.csv", b"postcode,lon,lat\nAB1 2CD,0.5,51.5\n")


ONLY_JSON = {
    "phone:events",
    "phone:reply-data",
    "phone:app-leave",
    "phone:app-move",
    "phone:hand-back",
    "check-in:signs",
}
"""Addresses that take no form: a form is refused, whoever sends it."""

PLANTERS: list[Callable[[World], None]] = []
"""Each app adds a function that plants its rows, with canaries, into a world (its wall is open)."""


def planter(function: Callable[[World], None]) -> Callable[[World], None]:
    """Register a planting function."""
    PLANTERS.append(function)
    return function


@planter
def plant_job(world: World) -> None:
    """A job whose note gives it away."""
    from hustings.apps.jobs.models import Job

    world.rows["job"] = Job.objects.create(
        campaign=world.campaign, kind="test", asked_kind="command", asked_label=CANARY, note=CANARY
    )


@planter
def plant_member(world: World) -> None:
    """A member whose name gives it away."""
    from hustings.apps.accounts.actions import add_member, let_speak
    from hustings.apps.audit.actors import command

    world.rows["member"] = add_member(
        world.campaign, "canary@example.org", "organiser", name=CANARY, by=command("tests")
    )
    let_speak(world.rows["member"], by=command("tests"))
    add_member(
        world.campaign, "second@example.org", "organiser", name="Second", by=command("tests")
    )


@planter
def plant_register(world: World) -> None:
    """A person on the register, and a file, whose names give them away."""
    from hustings.apps.people.models import Household, Person
    from hustings.apps.register.models import (
        BatchState,
        ImportBatch,
        ImportProblem,
        RegisterEntry,
    )

    campaign = world.campaign
    batch = ImportBatch.objects.create(
        campaign=campaign, file_name=f"{CANARY}.csv", made_by=CANARY, kind="register",
        counts={"rows": 1, "added": 1, "changed": 0, "removed": 0, "unchanged": 0,
                "problems": {"no_name": 1}},
    )  # fmt: skip
    BatchState.objects.create(campaign=campaign, batch=batch, state="checked", by=CANARY)
    ImportProblem.objects.create(campaign=campaign, batch=batch, kind="no_name", row=2, cell=CANARY)
    home = Household.objects.create(
        campaign=campaign, address_key="zqxcanary lane|", address=f"1 {CANARY} Lane"
    )
    person = Person.objects.create(
        campaign=campaign, household=home, surname=CANARY, name_key=CANARY.lower()
    )
    RegisterEntry.objects.create(
        campaign=campaign, person=person, number="ZQ-1", surname=CANARY, added_in=batch.pk
    )
    world.rows["batch"], world.rows["person"] = batch, person


def _batch(world: World) -> dict[str, object]:
    return {"batch_id": world.rows["batch"].pk}


@planter
def plant_script(world: World) -> None:
    """A version, a draft and a translation, all of which give themselves away."""
    from hustings.apps.audit.actors import command
    from hustings.apps.scripts import drafting, translating, versions
    from hustings.core.script.tree import Script, Step

    by, campaign = command("tests"), world.campaign
    said = Script((Step("start", CANARY, then="next"), Step("next", f"{CANARY}?")))
    world.rows["draft_edit"] = drafting.change(campaign, said, "paste", seen=0, by=by)
    version = versions.version_now(campaign)
    world.rows["translation"] = translating.translate(version, "cy", {"start": CANARY}, by=by)


@planter
def plant_walk(world: World) -> None:
    """A walk with two canary doors in one building, a phone that carries it, and one that waits."""
    from hustings.apps.audit.actors import command
    from hustings.apps.canvass import actions
    from hustings.apps.canvass.models import LateReport, Tally
    from hustings.apps.people.models import Household, Person
    from hustings.apps.places.models import Building, Door
    from tests.apps.canvass.cast import a_report, a_walk

    campaign = world.campaign
    building = Building.objects.create(campaign=campaign, name=CANARY, access_note=CANARY)
    doors = [
        Door.objects.create(
            campaign=campaign, address_key=f"{CANARY} {unit}", street=CANARY, number="7",
            unit=f"Flat {unit}", building=building, floor=unit, lon=9.52, lat=47.14,
        )
        for unit in (1, 2)
    ]  # fmt: skip
    for door in doors:
        home = Household.objects.create(
            campaign=campaign, address_key=door.address_key, address=f"7 {CANARY}"
        )
        Person.objects.create(campaign=campaign, household=home, surname=CANARY, origin="contacts")
    turf = a_walk(campaign, [door.pk for door in doors], number=701, code="ZQXCAN")
    world.rows["walk"], world.rows["walk_doors"], world.rows["building"] = turf, doors, building
    device, token = actions.ask_for_walk(turf, CANARY, by=command("tests"))
    waiting, waiting_token = actions.ask_for_walk(turf, CANARY)
    world.rows |= {"phone": device, "token": token, "waiting": waiting}
    world.rows["waiting_token"] = waiting_token
    report = a_report(turf, doors[0].pk)
    actions.record(device, [report])
    world.rows["event"] = report.id
    Tally.objects.create(
        campaign=world.campaign, turf=turf, device=device, day="2026-06-13", standing="over",
        kind="no_answer", doors=2,
    )  # fmt: skip
    world.rows["late"] = LateReport.objects.create(
        campaign=world.campaign, report_id=uuid4(), device=device, turf=turf, door_id=doors[0].pk,
        content={
            "id": str(uuid4()), "sequence": 2, "turf": turf.pk, "door": doors[0].pk,
            "kind": "no_answer", "occurred_at": "2026-06-13T12:00:00+00:00",
        },
        digest=b"late",
    )  # fmt: skip
    _plant_questions(world)
    _plant_decisions(world, doors[0].pk)


def _plant_decisions(world: World, door: int) -> None:
    """A late report that was decided about, two people of whom two phones heard different things, one decided."""
    from hustings.apps.audit.actors import command
    from hustings.apps.canvass import actions, differing, tray
    from hustings.apps.canvass.models import LateReport, Settlement
    from hustings.apps.people.models import Person
    from tests.apps.canvass.cast import a_report

    by, campaign, turf = command("tests"), world.campaign, world.rows["walk"]
    late = world.rows["late"]
    other = LateReport.objects.create(
        campaign=campaign, report_id=uuid4(), device=late.device, turf=turf, door_id=door,
        content={**late.content, "id": str(uuid4())}, digest=b"settled",
    )  # fmt: skip
    tray.settle(campaign, "late", other.pk, counts=False, by=by)
    settled = Settlement.objects.of(campaign).get(subject_id=other.pk)
    world.rows["settled_together"] = settled.together
    phones = [actions.ask_for_walk(turf, CANARY, by=by)[0] for _n in range(2)]
    home = Person.objects.of(campaign).filter(surname=CANARY, household__address_key=f"{CANARY} 1")
    people = [home.get()]
    people.append(
        Person.objects.create(
            campaign=campaign, household=people[0].household, surname=CANARY, origin="contacts"
        )
    )
    sides = {}
    for person in people:
        for phone, support in zip(phones, "14", strict=True):
            report = a_report(turf, door, "answered", person=person.pk, support=support)
            actions.record(phone, [report])
            sides[person.pk] = report.id
    world.rows["side"] = sides[people[0].pk]
    world.rows["ruling"] = differing.rule(campaign, sides[people[1].pk], by=by)


def _plant_questions(world: World) -> None:
    """A question that was replied to, and a batch that is held back."""
    from hustings.apps.audit.actors import command
    from hustings.apps.canvass import asking, holding

    by = command("tests")
    for row, phone in (("question", "phone"), ("question_held", "waiting")):
        world.rows[row] = asking.ask(
            world.campaign, world.rows[phone].pk, world.rows["walk"].pk, "other", figures={}, by=by
        )
    for row in ("question", "question_held"):
        asking.reply(world.rows[row], CANARY, by=by)
    world.rows["hold"] = holding.hold(
        world.campaign, world.rows["question_held"].pk, why=CANARY, by=by
    )


def _question(world: World) -> dict[str, object]:
    return {"question_id": world.rows["question"].pk}


def _walk(world: World) -> dict[str, object]:
    return {"turf_id": world.rows["walk"].pk}


def _walk_door(world: World) -> dict[str, object]:
    return {"turf_id": world.rows["walk"].pk, "door_id": world.rows["walk_doors"][0].pk}


@planter
def plant_turf(world: World) -> None:
    """A published walk with a canary in its streets, its name and at its doors, and one more draft."""
    from hustings.apps.audit.actors import command
    from hustings.apps.outings import publishing
    from tests.apps.outings.planting import a_cut, an_action, turfs_of

    action = an_action(world.campaign, CANARY)
    cut = a_cut(world.campaign, action, [910_001, 910_002], name=CANARY)
    publishing.publish(world.campaign, cut.pk, by=command("tests"))
    draft = a_cut(world.campaign, action, [910_003], name=CANARY)
    leaflets = an_action(world.campaign, CANARY)
    leaflets.kind = "leaflet"
    leaflets.save()
    leaflet_cut = a_cut(world.campaign, leaflets, [910_004], name=CANARY)
    publishing.publish(world.campaign, leaflet_cut.pk, by=command("tests"))
    world.rows |= {
        "action": action, "cut": cut, "draft": draft, "turf": turfs_of(cut)[0], "leaflets": leaflets,
    }  # fmt: skip


def an_action_of(world: World) -> Mapping[str, object]:
    """The planted action's address."""
    return {"action_id": world.rows["action"].pk}


def a_round_of(world: World) -> Mapping[str, object]:
    """The planted leaflet round's address."""
    return {"action_id": world.rows["leaflets"].pk}


def a_cut_of(world: World) -> Mapping[str, object]:
    """The planted cut's address."""
    return {"cut_id": world.rows["cut"].pk}


def a_draft_of(world: World) -> Mapping[str, object]:
    """The planted draft's address."""
    return {"cut_id": world.rows["draft"].pk}


def a_turf_of(world: World) -> Mapping[str, object]:
    """The planted walk's address."""
    return {"turf_id": world.rows["turf"].pk}


@planter
def plant_places(world: World) -> None:
    """A street whose name gives it away, and a map."""
    from tests.apps.places.a_map import plant_map

    plant_map(world.campaign, CANARY)


@planter
def plant_polling(world: World) -> None:
    """An open polling day with a mark and a promise."""
    from datetime import date

    from hustings.apps.audit.actors import command
    from hustings.apps.people.models import Person
    from hustings.apps.polling import actions

    by = command("tests")
    day = actions.open_day(
        world.campaign, CANARY, date(2099, 5, 7), turn_out=[], told_until=date(2099, 6, 7), by=by
    )
    world.rows["polling_day"] = day
    world.rows["mark"] = actions.mark_voted(day, "ZQ", "41", report_id=uuid4(), by=by)
    voter = Person.objects.create(campaign=world.campaign, surname=CANARY, name_key="zqxcanary")
    world.rows["promise"] = actions.promise(day, voter, CANARY, by=by)


@planter
def plant_safety(world: World) -> None:
    """Somebody who is overdue, and an alert that is settled."""
    from tests.apps.safety.planting import plant

    plant(world, CANARY)


@planter
def plant_sessions(world: World) -> None:
    """A session with somebody signed up, a change of it, and the volunteer's own link."""
    from tests.apps.shifts.planting import plant

    plant(world, CANARY)


@planter
def plant_a_wish(world: World) -> None:
    """Somebody at one more door of the planted walk wished for a poster."""
    from hustings.apps.canvass import actions
    from hustings.apps.outings.models import TurfDoor
    from hustings.apps.people.models import Household, Person
    from hustings.apps.places.models import Door
    from tests.apps.canvass.cast import a_report

    campaign, turf = world.campaign, world.rows["walk"]
    door = Door.objects.create(
        campaign=campaign, address_key=f"9 {CANARY}", street=CANARY, number="9", lon=9.52, lat=47.14
    )
    TurfDoor.objects.create(
        campaign=campaign, action_id=turf.action_id, turf=turf, door_id=door.pk, stop=3, live=True
    )
    home = Household.objects.create(
        campaign=campaign, address_key=door.address_key, address=f"9 {CANARY}", door=door
    )
    person = Person.objects.create(
        campaign=campaign, household=home, surname=CANARY, origin="contacts"
    )
    world.rows |= {"wished_door": door, "wished": person}
    report = a_report(
        turf, door.pk, "answered", sequence=60, person=person.pk, support="1", wishes="poster"
    )
    actions.record(world.rows["phone"], [report])


@planter
def plant_contests(world: World) -> None:
    """A caucus with what was reported from one precinct."""
    from tests.apps.contests.planting import plant

    plant(world, CANARY)


def a_contest(world: World) -> Mapping[str, object]:
    """The planted contest."""
    return {"contest_id": world.rows["contest"].pk}


def of_the_contest(**names: str) -> Callable[[World], Mapping[str, object]]:
    """The planted contest, and the numbers of rows of it: argument of the address → name of the row."""
    return lambda world: {
        **a_contest(world), **{name: world.rows[row].pk for name, row in names.items()},
    }  # fmt: skip


SEES_CONTESTS = ("organiser", "observer", "press")


@planter
def plant_tables(world: World) -> None:
    """An open table, and somebody who went out from it."""
    from tests.apps.dispatch.planting import plant

    plant(world, CANARY)


def a_table_of(world: World) -> Mapping[str, object]:
    """The planted table's address."""
    return {"table_id": world.rows["table"].pk}


@planter
def plant_copies(world: World) -> None:
    """A copy of register rows that somebody took, and one that is destroyed."""
    from hustings.apps.exports.models import Copy, Destroyed

    for destroyed in (True, False):
        copy = Copy.objects.create(
            campaign=world.campaign, path="pack", purpose="campaigning", receiver="own-campaign",
            rows=3, expires_on="2026-07-01", by=CANARY,
        )  # fmt: skip
        if destroyed:
            Destroyed.objects.create(campaign=world.campaign, copy=copy, by=CANARY)
    world.rows["copy"] = copy


@planter
def plant_contributions(world: World) -> None:
    """People who are lent, on their second terms."""
    from tests.apps.contributions.planting import plant

    plant(world, CANARY)


def a_release_of(world: World) -> Mapping[str, object]:
    """The planted release's address."""
    return {"release_id": world.rows["release"].pk}


@planter
def plant_statements(world: World) -> None:
    """A campaign with keys: parties, a draft, claims and a called-back word with canaries, and one public statement."""
    from datetime import UTC, datetime

    from hustings.apps.accounts.actions import add_member
    from hustings.apps.audit.actors import command
    from hustings.apps.statements import (
        drafting,
        node,
        parties,
        receiving,
        responding,
        told,
    )
    from hustings.apps.statements.recording import say
    from tests.core.ledger.campaigns import Campaign as Other

    campaign, by = world.campaign, command("tests")
    noon = datetime(2026, 6, 13, 12, tzinfo=UTC)
    node.make_node(campaign, by=by)
    writer = add_member(campaign, f"writer@{campaign.slug}.example", "press", name="W", by=by)
    party = parties.add_by_name(campaign, CANARY, telephone="01632 960 000", by=by)
    card = parties.card_of(Other(CANARY).history)
    call = told.Call(CANARY, "01632 960 000", noon, "Rosa", "Writer")
    said = {"kind": "greeting", "body": f"{CANARY} wishes you well.", "when": noon}
    world.rows |= {
        "refusal": receiving.receive(campaign, f"{CANARY} says hello", by=by),
        "matter": responding.open_matter(campaign, "other", CANARY, by=by),
        "party": party,
        "peer": parties.add_by_card(campaign, card, by=by),
        "entry": drafting.draft(campaign, kind="fact", body=CANARY, to=[], by=writer),
        "claim": told.claim(
            campaign, party, kind="support", quote=CANARY, when=noon, told_by=CANARY, by=by
        ),
        "of-us": told.claim(
            campaign, party, kind="support", quote=CANARY, when=noon, ours=False, by=by
        ),
        "word": told.word_of(
            campaign, party, **said, evidence="called_back", source="x", call=call, by=by
        ),
        "statement": say(
            campaign, "statement", kind="fact", to=[], body="It rains.", lang="en", public=True, seq=0
        ),
    }  # fmt: skip


@planter
def plant_materials(world: World) -> None:
    """An imprint, a published leaflet with copies at a place and in somebody's hands, and a draft after it."""
    from tests.apps.materials.planting import plant

    plant(world, CANARY)


@planter
def plant_clippings(world: World) -> None:
    """An article that gives it away, with excerpts that were confirmed."""
    from tests.apps.clippings.planting import plant

    plant(world, CANARY)


@planter
def plant_exchange(world: World) -> None:
    """A peer that was met: it refused something, cannot be reached, and showed two logs."""
    from hustings.apps.audit.actors import command
    from hustings.apps.exchange.models import Alarm, Contact, Delivery, PeerAddress
    from hustings.apps.statements import parties
    from hustings.apps.statements.recording import say
    from tests.core.ledger.campaigns import Campaign as Other

    campaign, by = world.campaign, command("tests")
    card = parties.card_of(Other(f"{CANARY}met").history)
    peer = parties.add_by_card(campaign, card, by=by)
    parties.meet(campaign, peer, read_with=CANARY, by=by)
    refused = say(
        campaign, "statement", kind="fact", to=[peer.code], body=CANARY, lang="en", public=False, seq=1
    )  # fmt: skip
    common = {"campaign": campaign, "party": peer}
    Delivery.objects.create(**common, record=refused, state="refused", sentence=CANARY)
    PeerAddress.objects.create(**common, address=f"https://{CANARY}.example/", entered_by=CANARY)
    Contact.objects.create(**common, way="out", good=False, sentence=f"{CANARY} is away.")
    world.rows |= {
        "met": peer,
        "refused": refused,
        "alarm": Alarm.objects.create(
            **common, kind="fork", sentence=CANARY, seen=CANARY, shown=CANARY, fingerprint="f"
        ),
    }


def a_met_peer(world: World) -> Mapping[str, object]:
    """The address of a peer that was met."""
    return {"party_id": world.rows["met"].pk}


def cut(which: str) -> Callable[[World], Mapping[str, object]]:
    """The address of a planted clipping."""

    def arguments(world: World) -> Mapping[str, object]:
        from tests.apps.clippings import planting

        found: Mapping[str, object] = getattr(planting, which)(world)
        return found

    return arguments


@planter
def plant_lending(world: World) -> None:
    """Somebody who was asked, somebody who said yes, and somebody who was referred to us, each a canary."""
    from tests.apps.lending.planting import plant, plant_works

    plant(world, CANARY)
    plant_works(world, CANARY)


@planter
def plant_volunteers(world: World) -> None:
    """A canary who leads a team, one who is in it and one who was, and an open join page."""
    from tests.apps.volunteers.planting import plant

    plant(world, CANARY)


def a_volunteer_of(world: World) -> Mapping[str, object]:
    """Somebody who came to help."""
    return {"volunteer_id": world.rows["volunteer"].pk}


def a_team_of(world: World) -> Mapping[str, object]:
    """A team that was handed over."""
    return {"team_id": world.rows["team"].pk}


def a_record(which: str) -> Callable[[World], Mapping[str, object]]:
    """The address of a planted record."""
    return lambda world: {"record_id": world.rows[which].pk}


def a_matter(world: World) -> Mapping[str, object]:
    """The planted matter's address."""
    return {"matter_id": world.rows["matter"].pk}


def an_event(which: str) -> Callable[[World], Mapping[str, object]]:
    """The address of a planted event."""
    return lambda world: {"key": getattr(world.rows[which], "name", NOBODYS)}


def a_party(world: World) -> Mapping[str, object]:
    """The planted party's address."""
    return {"party_id": world.rows["party"].pk}


def press(**options: Any) -> Route:
    """An address of the press desk."""
    return desk("organiser", "press", **options)


def says(**options: Any) -> Route:
    """An address where a campaign shows its own word to everyone."""
    return everyone(arguments=lambda world: {"slug": world.campaign.slug}, **options)


def says_so(**options: Any) -> Route:
    """The same for one statement."""
    return everyone(
        arguments=lambda world: {
            "slug": world.campaign.slug, "name": world.rows["statement"].name
        },
        **options,
    )  # fmt: skip


@planter
def plant_a_count(world: World) -> None:
    """A contest that is being counted."""
    from tests.apps.contests.planting_live import plant

    plant(world, CANARY)


def a_count(world: World) -> Mapping[str, object]:
    """The contest that is being counted."""
    return {"contest_id": world.rows["count"].pk}


def a_count_in_public(world: World) -> Mapping[str, object]:
    """The same, whose public page nobody opened."""
    return {"slug": world.campaign.slug, **a_count(world)}


SEES_COUNTS = ("organiser", "observer", "press")


def gift_of(world: World) -> Mapping[str, object]:
    """A gift that is not checked yet."""
    return {"gift_id": world.rows["gift"].pk}


def help_of(world: World) -> Mapping[str, object]:
    """People who are lent."""
    return {"help_id": world.rows["help"].pk}


def a_session(world: World) -> Mapping[str, object]:
    """The session that is planted."""
    return {"session_id": world.rows["session"].pk}


def my_session(world: World) -> Mapping[str, object]:
    """The same by a link that nobody has."""
    return {"token": f"{world.campaign.pk.hex}.nobodys", "session_id": world.rows["session"].pk}


ROUTES: dict[str, Route] = {
    "sessions:list": desk(screen=True),
    "sessions:new": desk(screen=True),
    "sessions:session": desk(arguments=a_session, screen=True),
    "sessions:change": desk(arguments=a_session, screen=True),
    "sessions:door": desk(arguments=a_session, screen=True),
    "sessions:session-verb": desk(
        method="post", arguments=a_session, send=lambda world: {"do": "missed"}
    ),
    "sessions:sign-up": desk(
        method="post",
        arguments=a_session,
        send=lambda world: {"volunteer": world.rows["helper"].pk},
    ),
    "sessions:came": desk(
        method="post",
        arguments=a_session,
        send=lambda world: {"volunteer": world.rows["helper"].pk},
    ),
    "sessions:walk-in": desk(
        method="post",
        arguments=a_session,
        send=lambda world: {"name": "Wanda", "report_id": str(uuid4())},
    ),
    "sessions:sign-up-verb": desk(
        method="post",
        arguments=lambda world: {"sign_up_id": world.rows["sign_up"].pk},
        send=lambda world: {"do": "chase"},
    ),
    "sessions:step-back": desk(
        method="post", arguments=lambda world: {"step_id": world.rows["step"].pk}
    ),
    "sessions:edit-back": desk(
        method="post", arguments=lambda world: {"edit_id": world.rows["edit"].pk}
    ),
    "my-sessions:mine": everyone(arguments=lambda world: {"token": "nobodys"}),
    "my-sessions:feed": everyone(arguments=lambda world: {"token": "nobodys"}),
    "my-sessions:session": everyone(arguments=my_session),
    "my-sessions:one-ics": everyone(arguments=my_session),
    "my-sessions:sign-up": everyone(method="post", arguments=my_session),
    "my-sessions:confirm": everyone(method="post", arguments=my_session),
    "my-sessions:cannot-come": everyone(method="post", arguments=my_session),
    "contests:calendar": desk(*SEES_CONTESTS, screen=True),
    "contests:new": desk(screen=True),
    "contests:season": desk(*SEES_CONTESTS, screen=True),
    "contests:season-json": desk(*SEES_CONTESTS),
    "contests:season-csv": desk(*SEES_CONTESTS),
    "contests:contest": desk(*SEES_CONTESTS, arguments=a_contest, screen=True),
    "contests:away": desk(),
    "contests:contest-away": desk(
        method="post",
        arguments=of_the_contest(contest_id="contest_by_mistake"),
        send=lambda world: {"do": "away"},
    ),
    "contests:units-away": desk(arguments=a_contest),
    "contests:change": desk(arguments=a_contest),
    "contests:candidates": desk(arguments=a_contest),
    "contests:units": desk(*SEES_CONTESTS, arguments=a_contest, screen=True),
    "contests:unit": desk(*SEES_CONTESTS, arguments=of_the_contest(unit_id="unit"), screen=True),
    "contests:photo": desk(arguments=of_the_contest(photo_id="sheet_photo")),
    "contests:roster": desk(arguments=a_contest, screen=True),
    "contests:roster-progress": desk(arguments=a_contest),
    "contests:file": desk(arguments=of_the_contest(file_id="unit_file"), screen=True),
    "contests:file-verb": desk(
        method="post",
        arguments=of_the_contest(file_id="unit_file"),
        send=lambda world: {"do": "drop"},
    ),
    "contests:file-row": desk(
        method="post",
        arguments=of_the_contest(file_id="unit_file", row_id="unit_file_row"),
        send=lambda world: {"unit": "new"},
    ),
    "contests:reporters": desk(arguments=a_contest, screen=True),
    "contests:reporters-mail": desk(
        method="post", arguments=a_contest, send=lambda world: {"do": "new"}
    ),
    "contests:invite": desk(arguments=a_contest),
    "contests:reporter-correct": desk(arguments=of_the_contest(reporter_id="reporter")),
    "contests:reporter-verb": desk(
        method="post",
        arguments=of_the_contest(reporter_id="reporter"),
        send=lambda world: {"do": "end"},
    ),
    "contests:enter-choose": desk(arguments=a_contest),
    "contests:enter": desk(
        arguments=lambda world: {**of_the_contest(unit_id="unit")(world), "phase": "first"},
        screen=True,
    ),
    "contests:early": desk(method="post", arguments=a_contest),
    "contests:tray": desk(arguments=a_contest, screen=True),
    "contests:tray-verb": desk(
        method="post",
        arguments=of_the_contest(tray_id="tray"),
        send=lambda world: {"do": "aside"},
    ),
    "contests:tray-lot": desk(
        method="post",
        arguments=of_the_contest(lot_id="tray_lot"),
        send=lambda world: {"do": "aside"},
    ),
    "night:shell": everyone(),
    "night:service-worker": everyone(),
    "night:page": everyone(arguments=lambda world: {"token": "nobodys"}),
    "night:facts": everyone(arguments=lambda world: {"token": "nobodys"}),
    "night:events": everyone(method="post", arguments=lambda world: {"token": "nobodys"}),
    "night:photo": everyone(
        method="post", arguments=lambda world: {"token": "nobodys", "event_id": uuid4()}
    ),
    "today:today": desk(screen=True),
    "today:now": desk(),
    "followups:cards": desk(screen=True),
    "followups:print-cards": desk(screen=True),
    "followups:knock-again": desk(method="post", arguments=an_action_of),
    "followups:tray": desk(screen=True),
    "followups:do": desk(
        method="post",
        send=lambda world: {
            "do": "take",
            "these": "-".join(
                str(row.pk)
                for row in (
                    world.rows["walk"],
                    world.rows["wished_door"],
                    world.rows["wished"],
                )
            )
            + "-poster",
        },
    ),
    "dispatch:tables": desk(screen=True),
    "dispatch:new": desk(screen=True),
    "dispatch:ninety": desk(screen=True),
    "dispatch:table": desk(screen=True, arguments=a_table_of),
    "dispatch:live": desk(arguments=a_table_of),
    "dispatch:print": desk(screen=True, arguments=a_table_of),
    "dispatch:verb": desk(
        method="post", arguments=lambda world: {**a_table_of(world), "verb": "close"}
    ),
    "dispatch:back": desk(
        method="post",
        arguments=lambda world: {**a_table_of(world), "arrival_id": world.rows["arrival"].pk},
    ),
    "scanned": everyone(arguments=lambda world: {"token": NOBODYS}),
    "table:arrive": everyone(arguments=lambda world: {"token": NOBODYS}),
    "table:tell": everyone(arguments=lambda world: {"token": NOBODYS}, method="post"),
    "ninety": phone(screen=True),
    "safety:desk": desk(screen=True),
    "safety:line": desk(),
    "safety:offer": desk(method="post"),
    "safety:settle": desk(
        method="post",
        arguments=lambda world: {"alert_id": world.rows["alert"].pk},
        send=lambda world: {"note": "At home."},
    ),
    "safety:back": desk(
        method="post", arguments=lambda world: {"settlement_id": world.rows["settlement"].pk}
    ),
    "check-in:offered": phone(arguments=_walk),
    "check-in:signs": phone(arguments=_walk, method="post"),
    "polling:day": desk("organiser", "teller", screen=True),
    "polling:new": desk(screen=True),
    "phones:knock": desk(method="post", arguments=lambda world: {"turf_id": world.rows["turf"].pk}),
    "polling:tell": desk("organiser", "teller", screen=True),
    "polling:back": desk(
        "organiser",
        method="post",
        arguments=lambda world: {"mark_id": world.rows["mark"].pk},
    ),
    "polling:end": desk(
        method="post", arguments=lambda world: {"day_id": world.rows["polling_day"].pk}
    ),
    "polling:promise": desk(
        method="post", arguments=lambda world: {"person_id": world.rows["person"].pk}
    ),
    "polling:promise-back": desk(
        method="post", arguments=lambda world: {"promise_id": world.rows["promise"].pk}
    ),
    "lending:home": press(screen=True),
    "lending:take-in": press(screen=True),
    "lending:parcel": press(arguments=a_record("referral")),
    "lending:new-offer": press(screen=True),
    "lending:offer": press(
        arguments=lambda world: {"offer_id": world.rows["offer"].pk}, screen=True
    ),
    "lending:new-link": press(
        method="post", arguments=lambda world: {"offer_id": world.rows["offer"].pk}
    ),
    "lending:people": desk(screen=True),
    "lending:delete": desk(
        method="post", arguments=lambda world: {"referred_id": world.rows["referred"].pk}
    ),
    "lending:lend": press(screen=True),
    "lending:call-back": press(
        method="post", arguments=lambda world: {"lent_id": world.rows["lent"].pk}
    ),
    "lending:works": press(screen=True),
    "lending:work": press(arguments=a_record("work"), screen=True),
    "lending:file": press(
        arguments=lambda world: {
            "record_id": world.rows["work"].pk,
            "sha256": getattr(world.rows["part"], "sha256", NOBODYS),
        }
    ),
    "lending:borrow": press(method="post", arguments=a_record("work")),
    "lending:events": press(screen=True),
    "lending:new-event": press(screen=True),
    "lending:event": press(arguments=an_event("our-event"), screen=True),
    "lending:change-event": press(arguments=an_event("our-event"), screen=True),
    "lending:event-verb": press(
        method="post", arguments=an_event("our-event"), send=lambda world: {"do": "call-off"}
    ),
    "lending:ics": press(arguments=an_event("our-event")),
    "volunteers:list": desk(screen=True),
    "volunteers:one": desk(arguments=a_volunteer_of, screen=True),
    "volunteers:welcome": desk(method="post", arguments=a_volunteer_of),
    "volunteers:leave": desk(method="post", arguments=a_volunteer_of),
    "volunteers:come-back": desk(
        method="post", arguments=lambda world: {"volunteer_id": world.rows["gone"].pk}
    ),
    "volunteers:put-in": desk(
        method="post",
        arguments=a_volunteer_of,
        send=lambda world: {"team": world.rows["other_team"].pk},
    ),
    "volunteers:take-out": desk(
        method="post", arguments=lambda world: {"place_id": world.rows["place"].pk}
    ),
    "volunteers:put-back": desk(
        method="post", arguments=lambda world: {"place_id": world.rows["old_place"].pk}
    ),
    "volunteers:teams": desk(screen=True),
    "volunteers:team": desk(arguments=a_team_of, screen=True),
    "volunteers:hand-over": desk(
        method="post", arguments=a_team_of, send=lambda world: {"lead": ""}
    ),
    "volunteers:hand-back": desk(method="post", arguments=a_team_of),
    "volunteers:rename-team": desk(
        method="post", arguments=a_team_of, send=lambda world: {"name": "North", "area": "Hill"}
    ),
    "volunteers:close-team": desk(method="post", arguments=a_team_of),
    "volunteers:reopen-team": desk(
        method="post", arguments=lambda world: {"team_id": world.rows["closed_team"].pk}
    ),
    "volunteers:join-page": desk(screen=True),
    "volunteers:close": desk(method="post"),
    "volunteers:invite": desk(method="post", send=lambda world: {"email": "new@example.org"}),
    "join:page": says(screen=True),
    "join:frame": says(),
    "join:again": says(),
    "me:page": everyone(arguments=lambda world: {"token": "A" * 43}),
    "me:change": everyone(arguments=lambda world: {"token": "A" * 43}),
    "me:pays": everyone(arguments=lambda world: {"token": "A" * 43}),
    "me:leave": everyone(method="post", arguments=lambda world: {"token": "A" * 43}),
    "help:page": everyone(arguments=lambda world: {"token": "A" * 43}),
    "materials:list": desk("organiser", "press", "canvasser", "observer", screen=True),
    "materials:new": desk("organiser", "press", screen=True),
    "materials:next": desk(
        "organiser",
        "press",
        arguments=lambda world: {"design_id": world.rows["design"].pk},
        screen=True,
    ),
    "materials:release": desk(
        "organiser", "press", "canvasser", "observer", arguments=a_release_of, screen=True
    ),
    "materials:publish": desk(
        "organiser",
        "press",
        method="post",
        arguments=lambda world: {"release_id": world.rows["draft_release"].pk},
    ),
    "materials:withdraw": desk(
        "organiser",
        "press",
        method="post",
        arguments=a_release_of,
        send=lambda world: {"why": "A wrong date."},
    ),
    "materials:count": desk(
        "organiser",
        "press",
        method="post",
        arguments=a_release_of,
        send=lambda world: {
            "kind": "given_out",
            "count": "2",
            "place": world.rows["stock_place"].pk,
            "holder": "Asha",
            "form_id": uuid4(),
        },
    ),
    "materials:pdf": desk("organiser", "press", arguments=a_release_of),
    "materials:picture": desk(
        "organiser", "press", "canvasser", "observer", arguments=a_release_of
    ),
    "materials:places": desk("organiser", "press", "canvasser", "observer", screen=True),
    "materials:copies": desk("organiser", "press", screen=True),
    "materials:imprints": desk(screen=True),
    "materials:end-imprint": desk(method="post", send=lambda world: {"country": "GB"}),
    "exports:list": desk(screen=True),
    "exports:destroyed": desk(method="post", send=lambda world: {"copy": world.rows["copy"].pk}),
    "contributions:list": desk(screen=True),
    "contributions:new-help": desk(screen=True),
    "contributions:help": desk(arguments=help_of, screen=True),
    "contributions:change-help": desk(arguments=help_of, screen=True),
    "contributions:new-gift": desk(screen=True),
    "contributions:gift": desk(arguments=gift_of, screen=True),
    "contributions:step": desk(
        method="post",
        arguments=gift_of,
        send=lambda world: {
            "kind": "checked",
            "permissible": "true",
            "on": "2026-11-20",
            "why": "Looked up.",
        },
    ),
    "contributions:new-spending": desk(screen=True),
    "contributions:strike": desk(
        method="post",
        arguments=lambda world: {"spending_id": world.rows["spending"].pk},
        send=lambda world: {"why": "A slip."},
    ),
    "contributions:decide": desk(
        method="post", arguments=help_of, send=lambda world: {"kind": "agreed"}
    ),
    "clippings:desk": press(screen=True),
    "clippings:article": press(arguments=cut("an_article"), screen=True),
    "clippings:mark": press(
        method="post",
        arguments=cut("an_article"),
        send=lambda world: {
            "mark-side": "us",
            "mark-kind": "fact",
            "mark-words": "the team added",
        },
    ),
    "clippings:source": press(
        method="post", arguments=cut("an_article"), send=lambda world: {"publication": "Courier"}
    ),
    "clippings:throw-away": press(method="post", arguments=cut("an_article")),
    "clippings:confirm": press(
        method="post",
        arguments=cut("a_proposal"),
        send=lambda world: {
            f"p{world.rows['proposal']}-side": "us",
            f"p{world.rows['proposal']}-kind": "correction",
        },
    ),
    "clippings:dismiss": press(method="post", arguments=cut("a_proposal")),
    "clippings:bring-back": press(method="post", arguments=cut("a_dismissed")),
    "clippings:excerpt": press(arguments=cut("an_excerpt"), screen=True),
    "clippings:take-back": press(method="post", arguments=cut("an_excerpt")),
    "clippings:carry": press(
        method="post", arguments=cut("an_excerpt"), send=lambda world: {"kind": "denial"}
    ),
    "clippings:timeline": press(arguments=a_party, screen=True),
    "clippings:timeline-of-ours": press(),
    "clippings:timeline-of-two": press(
        arguments=lambda world: {
            "party_id": world.rows["party"].pk,
            "other_id": world.rows["peer"].pk,
        },
    ),
    "verify": everyone(),
    "find-node": everyone(),
    "find-record": everyone(arguments=lambda world: {"name": world.rows["statement"].name[:16]}),
    "node:card": says(),
    "node:inbox": says(method="post"),
    "node:entries": says(),
    "node:inclusion": says(),
    "node:consistency": says(),
    "node:witness": says(method="post"),
    "node:verify": says_so(),
    "public:page": says(screen=True),
    "public:atom": says(),
    "public:feed": says(),
    "public:card": says(),
    "public:checkpoint": says(),
    "public:statement": says_so(screen=True),
    "public:bundle": says_so(),
    "public:code": says_so(),
    "statements:desk": press(screen=True),
    "statements:keys": desk(screen=True),
    "statements:make-keys": desk(method="post"),
    "statements:next-keys": desk(method="post"),
    "statements:card": press(),
    "statements:draft": press(screen=True),
    "statements:record": press(arguments=a_record("claim"), screen=True),
    "statements:bundle": press(arguments=a_record("statement")),
    "statements:verb": press(
        method="post", arguments=lambda world: {**a_record("entry")(world), "verb": "approve"}
    ),
    "statements:announce": press(arguments=a_record("word"), screen=True),
    "statements:call": press(arguments=a_record("claim"), screen=True),
    "statements:respond": press(arguments=a_record("of-us"), screen=True),
    "statements:retract": press(arguments=a_record("claim"), screen=True),
    "statements:where": press(arguments=a_record("word"), screen=True),
    "statements:code": press(arguments=a_record("statement")),
    "statements:refusal": press(
        arguments=lambda world: {"refusal_id": world.rows["refusal"].pk}, screen=True
    ),
    "statements:recovery": desk(screen=True),
    "statements:new-matter": press(screen=True),
    "statements:matter": press(arguments=a_matter, screen=True),
    "statements:matter-do": press(
        method="post", arguments=lambda world: {**a_matter(world), "verb": "take"}
    ),
    "statements:receive": press(screen=True),
    "statements:new-party": press(screen=True),
    "statements:between": press(arguments=a_party, screen=True),
    "statements:meet": press(
        arguments=lambda world: {"party_id": world.rows["peer"].pk}, screen=True
    ),
    "statements:claim": press(arguments=a_party, screen=True),
    "statements:hope": press(arguments=a_party, screen=True),
    "statements:word": press(arguments=a_party, screen=True),
    "exchange:peers": press(screen=True),
    "exchange:take": press(screen=True),
    "exchange:peer": press(arguments=a_met_peer, screen=True),
    "exchange:address": press(
        method="post", arguments=a_met_peer, send=lambda world: {"address": ""}
    ),
    "exchange:send": press(method="post", arguments=a_met_peer),
    "exchange:give": press(arguments=a_met_peer),
    "exchange:again": press(
        method="post",
        arguments=lambda world: {**a_met_peer(world), "record_id": world.rows["refused"].pk},
    ),
    "exchange:evidence": press(
        arguments=lambda world: {**a_met_peer(world), "alarm_id": world.rows["alarm"].pk}
    ),
    "phone:start": everyone(screen=True),
    "phone:code": everyone(arguments=lambda world: {"code": "ZQXCAN"}, screen=True),
    "phone:link": everyone(arguments=lambda world: {"token": "no-such-link"}, screen=True),
    "phone:leave": phone(method="post"),
    "phone:reply": phone(method="post", arguments=_question, send=lambda world: {"text": "two"}),
    "phone:reply-data": phone(method="post", arguments=_question),
    "phone:events": phone(method="post"),
    "phone:changes": phone(arguments=_walk),
    "phone:app": everyone(),
    "phone:manifest": everyone(),
    "phone:service-worker": everyone(),
    "phone:carried": everyone(),
    "phone:app-leave": phone(method="post"),
    "phone:app-move": phone(method="post"),
    "phone:moved": everyone(arguments=lambda world: {"token": "no-such-link"}, screen=True),
    "phone:walk-data": phone(arguments=_walk),
    "phone:walk-map": phone(arguments=_walk),
    "phone:receipt-data": phone(arguments=_walk),
    "phone:hand-back": phone(arguments=_walk, method="post"),
    "phone:walk": phone(arguments=_walk, screen=True),
    "phone:script": phone(arguments=_walk, screen=True),
    "phone:receipt": phone(arguments=_walk, screen=True),
    "phone:building": phone(
        arguments=lambda world: {**_walk(world), "building_id": world.rows["building"].pk},
        screen=True,
    ),
    "phone:door": phone(arguments=_walk_door, screen=True),
    "phone:add": phone(arguments=_walk_door, screen=True),
    "phone:undo": phone(
        method="post",
        arguments=_walk_door,
        send=lambda world: {"event": world.rows["event"], "form_id": uuid4()},
    ),
    "live:board": desk(*SEES_COUNTS, arguments=a_count, screen=True),
    "live:numbers": desk(*SEES_COUNTS, arguments=a_count),
    "live:json": desk(*SEES_COUNTS, arguments=a_count),
    "live:csv": desk(*SEES_COUNTS, arguments=a_count),
    "live:count-file": desk(*SEES_COUNTS, arguments=a_count),
    "live:publish": desk(method="post", arguments=a_count, send=lambda world: {"do": "publish"}),
    "live:lots": desk(*SEES_COUNTS, arguments=a_count, screen=True),
    "live:sealed": desk(
        method="post",
        arguments=lambda world: {"contest_id": world.rows["count_selection"].pk},
        send=lambda world: {
            "do": "seal",
            "call": world.rows["count_call"].pk,
            "side": "Left",
            "seal": NOBODYS,
        },
    ),
    "live:audits": desk(*SEES_COUNTS, arguments=a_count, screen=True),
    "live:audit-verb": desk(
        method="post",
        arguments=lambda world: {**a_count(world), "audit_id": world.rows["count_audit"].pk},
        send=lambda world: {"do": "take"},
    ),
    "live:official": desk(*SEES_COUNTS, arguments=a_count, screen=True),
    "live:official-verb": desk(
        method="post",
        arguments=lambda world: {**a_count(world), "file_id": world.rows["count_file"].pk},
        send=lambda world: {"do": "drop"},
    ),
    "live:support": desk(*SEES_COUNTS, arguments=a_count, screen=True),
    "count:page": everyone(arguments=a_count_in_public),
    "count:numbers": everyone(arguments=a_count_in_public),
    "count:json": everyone(arguments=a_count_in_public),
    "count:csv": everyone(arguments=a_count_in_public),
    "count:count-file": everyone(arguments=a_count_in_public),
    "results:overview": desk("organiser", "observer", "press", screen=True),
    "results:numbers": desk("organiser", "observer", "press"),
    "results:json": desk("organiser", "observer", "press"),
    "results:csv": desk("organiser", "observer", "press", arguments=lambda world: {"by": "walk"}),
    "results:doors": desk("organiser", "observer"),
    "results:route": desk("organiser", "observer", arguments=a_turf_of),
    "phones:list": desk(screen=True),
    "phones:lists": desk(),
    "phones:let-in": desk(method="post", send=lambda world: {"phone": world.rows["waiting"].pk}),
    "phones:paper": desk(
        arguments=_walk, send=lambda world: {"who": "Asha", "day": "2026-06-13"}, screen=True
    ),
    "phones:take-in": desk(screen=True),
    "phones:tray": desk(screen=True),
    "phones:settle": desk(
        method="post",
        send=lambda world: {"entry": f"late-{world.rows['late'].pk}", "counts": "no"},
    ),
    "phones:settle-batch": desk(
        method="post",
        send=lambda world: {
            "phone": world.rows["phone"].pk,
            "walk": world.rows["walk"].pk,
            "counts": "no",
        },
    ),
    "phones:unsettle": desk(
        method="post", send=lambda world: {"together": world.rows["settled_together"]}
    ),
    "phones:rule": desk(method="post", send=lambda world: {"event": world.rows["side"]}),
    "phones:unrule": desk(
        method="post", arguments=lambda world: {"ruling_id": world.rows["ruling"].pk}
    ),
    "phones:questions": desk(screen=True),
    "phones:progress": desk(screen=True),
    "phones:teams": desk(),
    "phones:ask": desk(
        method="post",
        send=lambda world: {
            "phone": world.rows["phone"].pk,
            "walk": world.rows["walk"].pk,
            "about": "other",
        },
    ),
    "phones:write-down": desk(
        method="post", arguments=_question, send=lambda world: {"text": "two of us"}
    ),
    "phones:hold": desk(method="post", arguments=_question),
    "phones:release": desk(
        method="post", arguments=lambda world: {"hold_id": world.rows["hold"].pk}
    ),
    "phones:settle-sums": desk(
        method="post",
        send=lambda world: {
            "entry": f"{world.rows['walk'].pk}-{world.rows['phone'].pk}-over",
            "counts": "no",
        },
    ),
    "phones:round": desk("organiser", "observer", arguments=a_round_of, screen=True),
    "phones:take-back": desk(method="post", send=lambda world: {"phone": world.rows["phone"].pk}),
    "home": everyone(screen=True),
    "healthy": everyone(),
    "sign-in-link": everyone(arguments=lambda world: {"secret": "no-such-secret"}, screen=True),
    "campaign-home": desk("organiser", "observer", "canvasser", "press", "teller"),
    "jobs:progress": desk(
        "organiser",
        "observer",
        "canvasser",
        "press",
        "teller",
        arguments=lambda world: {"job_id": world.rows["job"].pk},
    ),
    "jobs:progress-json": desk(
        "organiser",
        "observer",
        "canvasser",
        "press",
        "teller",
        arguments=lambda world: {"job_id": world.rows["job"].pk},
    ),
    "people:search": desk(send=lambda world: {"q": CANARY.lower()[:6]}, screen=True),
    "people:person": desk(
        arguments=lambda world: {"person_id": world.rows["person"].pk}, screen=True
    ),
    "erasure:erase": desk(
        arguments=lambda world: {"person_id": world.rows["person"].pk}, screen=True
    ),
    "erasure:list": desk(screen=True),
    "register:list": desk(screen=True),
    "register:upload": desk(
        method="post",
        send=lambda world: {
            "file": SimpleUploadedFile("foo.csv", b"Surname,Elector number\nA,B-1\n")
        },
    ),
    "register:batch": desk(arguments=_batch, screen=True),
    "register:progress": desk(arguments=_batch),
    "register:problems": desk(arguments=_batch),
    "register:columns": desk(method="post", arguments=_batch),
    "register:recheck": desk(method="post", arguments=_batch),
    "register:commit": desk(method="post", arguments=_batch),
    "register:undo": desk(method="post", arguments=_batch),
    "register:drop": desk(method="post", arguments=_batch),
    "places:coverage": desk(screen=True),
    "places:upload": desk(method="post", send=lambda world: {"file": a_list_of_postcodes()}),
    "places:doors": desk(),
    "places:street": desk(send=lambda world: {"street": CANARY.lower()}, screen=True),
    "map:style": desk("organiser", "observer"),
    "map:tile": desk(
        "organiser",
        "observer",
        arguments=lambda world: {"digest": "d" * 64, "zoom": 16, "column": 0, "row": 0},
    ),
    "scripts:home": desk(screen=True),
    "scripts:draft": desk(screen=True),
    "scripts:do": desk(
        method="post", send=lambda world: {"do": "undo", "seen": world.rows["draft_edit"].pk}
    ),
    "scripts:paste": desk(screen=True),
    "scripts:preview": desk(screen=True),
    "scripts:publish": desk(
        method="post", send=lambda world: {"seen": world.rows["draft_edit"].pk}
    ),
    "scripts:step": desk(arguments=lambda world: {"name": "start"}, screen=True),
    "scripts:version": desk(arguments=lambda world: {"number": 1}, screen=True),
    "scripts:again": desk(method="post", arguments=lambda world: {"number": 1}),
    "scripts:as-text": desk(arguments=lambda world: {"number": 1}),
    "scripts:as-json": desk(arguments=lambda world: {"number": 1}),
    "scripts:choose": desk(
        arguments=lambda world: {"number": 1}, send=lambda world: {"language": "cy"}
    ),
    "scripts:words": desk(arguments=lambda world: {"number": 1, "language": "cy"}, screen=True),
    "scripts:check": desk(
        method="post", arguments=lambda world: {"translation_id": world.rows["translation"].pk}
    ),
    "scripts:scale": desk(screen=True),
    "scripts:delete-level": desk(method="post", send=lambda world: {"of": "scale", "code": "9"}),
    "settings:walks": desk(screen=True),
    "settings:doors": desk(screen=True),
    "settings:members": desk(screen=True),
    "settings:law": desk(screen=True),
    "settings:answer-status": desk(
        method="post",
        arguments=lambda world: {"member_id": world.rows["member"].pk},
        send=lambda world: {"us_status": "citizen"},
    ),
    "settings:remove-member": desk(
        method="post", arguments=lambda world: {"member_id": world.rows["member"].pk}
    ),
    "settings:let-speak": desk(
        method="post", arguments=lambda world: {"member_id": world.rows["member"].pk}
    ),
    "settings:end-speaking": desk(
        method="post", arguments=lambda world: {"member_id": world.rows["member"].pk}
    ),
    "settings:audit": desk(screen=True),
    "outings:list": desk("organiser", "observer", screen=True),
    "outings:new": desk(screen=True),
    "outings:steps": desk(),
    "outings:action": desk("organiser", "observer", arguments=an_action_of, screen=True),
    "outings:choose": desk(arguments=an_action_of, screen=True),
    "outings:dial": desk(arguments=an_action_of, screen=True),
    "outings:cut": desk(arguments=an_action_of, screen=True),
    "outings:estimate": desk(arguments=an_action_of),
    "outings:cut-page": desk("organiser", "observer", arguments=a_cut_of, screen=True),
    "outings:cut-progress": desk("organiser", "observer", arguments=a_cut_of),
    "outings:split": desk("organiser", "observer", arguments=a_cut_of, screen=True),
    "outings:cut-again": desk(method="post", arguments=a_cut_of),
    "outings:cut-verb": desk(
        method="post",
        arguments=lambda world: {"cut_id": world.rows["draft"].pk, "verb": "throw-away"},
    ),
    "outings:doors-data": desk("organiser", "observer", arguments=a_cut_of),
    "outings:doors-tile": desk(
        "organiser",
        "observer",
        arguments=lambda world: {**a_cut_of(world), "zoom": 12, "column": 2048, "row": 2047},
    ),
    "outings:route-data": desk(
        "organiser", "observer", arguments=lambda world: {**a_cut_of(world), "number": 1}
    ),
    "outings:map-style": desk("organiser", "observer"),
    "outings:workbench": desk(arguments=a_draft_of, screen=True),
    "outings:workbench-news": desk(arguments=a_draft_of),
    "outings:workbench-doors": desk(arguments=a_draft_of),
    "outings:workbench-preview": desk(
        method="post", arguments=a_draft_of, send=lambda world: {"door": "910001", "to": "new"}
    ),
    "outings:workbench-step": desk(
        method="post", arguments=a_draft_of, send=lambda world: {"do": "lock", "walk": "1"}
    ),
    "outings:workbench-areas": desk(
        method="post",
        arguments=a_draft_of,
        send=lambda world: {"name": CANARY, "corners": "0, 0\n1, 0\n1, 1"},
    ),
    "outings:workbench-pins": desk(
        method="post", arguments=a_draft_of, send=lambda world: {"meant_for": CANARY, "street": "x"}
    ),
    "outings:cut-pack": desk(arguments=a_cut_of),
    "outings:walk": desk("organiser", "observer", arguments=a_turf_of, screen=True),
    "outings:why": desk(
        "organiser",
        "observer",
        arguments=lambda world: {**a_turf_of(world), "door_id": 910_001},
        screen=True,
    ),
    "outings:walk-pack": desk(arguments=a_turf_of),
    "outings:check-out": desk(
        method="post", arguments=a_turf_of, send=lambda world: {"holder": CANARY, "hours": "5"}
    ),
    "outings:extend": desk(method="post", arguments=a_turf_of, send=lambda world: {"hours": "5"}),
    "outings:phone-link": desk(method="post", arguments=a_turf_of),
    "outings:walk-verb": desk(
        method="post", arguments=lambda world: {**a_turf_of(world), "verb": "retire"}
    ),
}

NOT_OURS = ("account_", "mfa_", "usersessions_", "socialaccount_")
"""Names of the sign-in library's addresses; they know no campaign. Signed out, they are knocked on too."""
