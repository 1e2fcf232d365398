"""
Phones, a server and a network that do their worst, and one judge: the law.

Everything acknowledged is there once. Everything that is not acknowledged is still on the phone, except
what a reinstall destroyed unsent (the server shows the gap in that phone's numbers where it can know it)
and what an erasure removed (a tombstone stands in its place).
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, gaps, intake, tray
from hustings.apps.canvass.models import (
    CanvassEvent,
    DoorStanding,
    EventClash,
    LateReport,
    RefusedReport,
    Visit,
)
from hustings.apps.erasure.actions import erase_person
from hustings.apps.outings import handing_out
from hustings.apps.people.models import Person
from tests.apps.canvass.away import HOUSES, Phone, Street
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.outings.models import Turf

EXAMPLES, STEPS = 24, 25
PHONES = 3
ACKNOWLEDGED = {"stored", "known", "clash", "late", "erased"}
KINDS = ("answered", "answered", "no_answer", "refused", "do_not_contact")

ANY = st.integers(0, 999)
SOME = st.integers(1, 6)
HEARD = st.lists(
    st.tuples(st.integers(0, HOUSES - 1), st.sampled_from(KINDS), SOME), min_size=1, max_size=4
)
FATES = st.sampled_from(["there", "dies", "there", "answer lost", "twice", "no network", "lost"])
STATEMENT = st.integers(4, 26)
"""Before which statement of a request the server dies, where it does; the first find out whose it is."""


@dataclass
class Carried:
    """A phone as its owner knows it: what is unsent, what was refused, a copy in a backup."""

    phone: Phone
    unsent: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    last_at: dict[int, str] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    ahead: timedelta = timedelta()
    backup: tuple[list[dict[str, Any]], int] = field(default_factory=lambda: ([], 0))
    seen: dict[int, Any] = field(default_factory=dict)
    position: int = 0
    revoked: bool = False


@dataclass
class Packet:
    """A batch on its way, or the answer to one."""

    phone: Carried
    events: list[dict[str, Any]]
    body: str
    newest: int
    answer: list[dict[str, Any]] | None = None


class Storm(RuleBasedStateMachine):
    """The machine; every rule takes any numbers and finds something to do with them."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, dict[str, Any]] = {}
        self.acknowledged: set[str] = set()
        self.destroyed: set[str] = set()
        self.accepted: set[str] = set()
        self.erased: set[int] = set()
        self.before_revocation: dict[int, set[str]] = {}
        self.arrived: dict[int, set[int]] = defaultdict(set)
        self.newest: dict[int, int] = defaultdict(int)
        self.phones: list[Carried] = []
        self.ways: list[Packet] = []
        self.answers: list[Packet] = []
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self) -> None:
        """Whatever was on its way arrives, every phone sends until it is quiet; then the law once more."""
        try:
            self.the_end()
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.campaign = create_campaign("storm", "Storm")
        self.street = Street(self.campaign)
        self.turf: Turf = self.street.turf
        self.phones = [Carried(self.street.phone(f"Phone {n}")) for n in range(2)]

    # --- people and phones ----------------------------------------------------------------------

    @rule(which=ANY, heard=HEARD, fate=FATES, statement=STATEMENT, power=st.booleans())
    def on_the_doorstep(
        self, which: int, heard: list[tuple[int, str, int]], fate: str, statement: int, power: bool
    ) -> None:
        """As it mostly goes: a phone hears a few things, sends what it has, and waits for the answer."""
        carried, before = self.some(which), len(self.answers)
        for each in heard:
            self.record_one(carried, *each)
        if fate != "no network":
            self.on_its_way(carried, 10)
            self.deliver_one(len(self.ways) - 1, fate, statement, power=power)
            if len(self.answers) > before:
                self.hear(self.answers.pop())

    def record_one(self, carried: Carried, house: int, kind: str, level: int) -> None:
        more: dict[str, Any] = {"after": carried.last_at.get(house)}
        if kind == "answered":
            more["support"] = str(1 + level % 5)
        elif kind == "do_not_contact":
            more["person"] = self.street.people[house]
        self.make(carried, house, kind, **more)

    @rule(which=ANY, nth=ANY, undo=st.booleans())
    def correct(self, which: int, nth: int, undo: bool) -> None:
        carried = self.some(which)
        if carried.made:
            wrong = carried.made[nth % len(carried.made)]
            house = self.street.doors.index(wrong["door"])
            self.make(carried, house, "undo" if undo else "refused", corrects=wrong["id"])

    def make(self, carried: Carried, house: int, kind: str, **more: Any) -> None:
        at = timezone.now() + carried.ahead
        event = carried.phone.heard(house, kind, occurred_at=at, mark=len(self.made), **more)
        event = {name: value for name, value in event.items() if value is not None}
        self.made[event["id"]] = {**event, "device": carried.phone.device.pk}
        carried.last_at[house] = event["id"]
        carried.made.append(event)
        carried.unsent.append(event)

    @rule(which=ANY, what=st.sampled_from(["restored", "copied", "reinstalled", "clock"]))
    def a_phones_own_trouble(self, which: int, what: str) -> None:
        if what == "clock":
            self.set_the_clock(self.some(which), days=which % 5 * 1800 - 3600)
        elif what == "copied":
            self.copy_to_a_backup(self.some(which))
        elif what == "restored":
            carried = self.some(which)
            self.record_one(carried, 0, "no_answer", 1)
            self.send_all(carried)  # and what the copy does not know has arrived
            self.come_back_from_the_backup(carried)
            for house in range(2):  # and goes on, with numbers that it gave before
                self.record_one(carried, house, "no_answer", 1)
            self.send_all(carried)
        else:
            self.reinstall(which % len(self.phones))

    def send_all(self, carried: Carried) -> None:
        self.on_its_way(carried, len(carried.unsent))
        if (answer := self.take_in(self.ways.pop())) is not None:
            self.hear(answer)

    def set_the_clock(self, carried: Carried, *, days: int) -> None:
        # Before anything is recorded on it: a clock that is set meanwhile makes what was recorded late.
        if not carried.unsent:
            carried.ahead = timedelta(days=days)

    def copy_to_a_backup(self, carried: Carried) -> None:
        carried.backup = (list(carried.unsent), carried.phone.made)

    def come_back_from_the_backup(self, carried: Carried) -> None:
        """What was made since is gone, and its numbers are given again."""
        unsent, made = carried.backup
        there = {event["id"] for event in unsent}
        self.destroyed |= {event["id"] for event in carried.unsent} - there
        self.acknowledged -= there  # the copy has not heard of it, and sends it again
        carried.unsent, carried.phone.made = list(unsent), made
        carried.last_at, carried.made = {}, list(unsent)

    def reinstall(self, at: int) -> None:
        """The storage is gone and the phone is let in as a new one."""
        old = self.phones[at]
        self.destroyed |= {event["id"] for event in old.unsent}
        self.phones[at] = Carried(self.street.phone(f"Again {at}", self.turf))

    # --- the network ----------------------------------------------------------------------------

    @rule(which=ANY, most=SOME, backwards=st.booleans())
    def send(self, which: int, most: int, backwards: bool) -> None:
        self.on_its_way(self.some(which), most, backwards=backwards)

    def on_its_way(self, carried: Carried, most: int, *, backwards: bool = False) -> None:
        events = carried.unsent[:most]
        made = [event["sequence"] for event in (*carried.unsent, *carried.made)]
        newest = max([carried.phone.made, *made])
        batch = {
            "events": events[::-1] if backwards else events,
            "sent_at": (timezone.now() + carried.ahead).isoformat(),
            "newest": newest, "unsent": len(carried.unsent),
        }  # fmt: skip
        self.ways.append(Packet(carried, events, json.dumps(batch), newest))

    @precondition(lambda self: self.ways)
    @rule(which=ANY, fate=FATES, statement=STATEMENT, power=st.booleans())
    def deliver(self, which: int, fate: str, statement: int, power: bool) -> None:
        self.deliver_one(which, fate, statement, power=power)

    def deliver_one(self, which: int, fate: str, statement: int, *, power: bool) -> None:
        at = which % len(self.ways)
        packet = self.ways[at] if fate == "twice" else self.ways.pop(at)
        if fate in {"lost", "no network"}:
            return
        answer = self.take_in(packet, dies_at=statement if fate == "dies" else None, power=power)
        if answer is not None and fate != "answer lost":
            self.answers.append(answer)

    def take_in(
        self, packet: Packet, *, dies_at: int | None = None, power: bool = False
    ) -> Packet | None:
        client = packet.phone.phone.client
        client.raise_request_exception = False
        with connection.execute_wrapper(dying(dies_at, power=power)):
            answer = packet.phone.phone.post(packet.body)
        if answer.status_code >= 500:
            return None
        said = answer.json()["events"]
        refused = {each["id"] for each in said if each["status"] == "refused"}
        kept = {self.made[each].get("person") for each in refused}
        assert kept & self.erased == set(), "of somebody who was erased, and the phone keeps it"
        device = packet.phone.phone.device.pk
        self.newest[device] = max(self.newest[device], packet.newest)
        self.arrived[device] |= {event["sequence"] for event in packet.events}
        return Packet(packet.phone, packet.events, "", 0, said)

    @precondition(lambda self: self.answers)
    @rule(which=ANY)
    def answer(self, which: int) -> None:
        self.hear(self.answers.pop(which % len(self.answers)))

    def hear(self, packet: Packet) -> None:
        """The phone reads an answer: what is acknowledged goes from it, what is refused is kept."""
        carried = packet.phone
        for each in packet.answer or []:
            event = next((e for e in carried.unsent if e["id"] == each["id"]), None)
            if event is None:
                continue
            carried.unsent.remove(event)
            if each["status"] in ACKNOWLEDGED:
                self.acknowledged.add(event["id"])
            else:
                carried.refused.append(event)

    @rule(which=ANY)
    def ask_what_changed(self, which: int) -> None:
        """A phone puts together what it was told bit by bit, and it is what there is."""
        carried = self.some(which)
        said = carried.phone.changes(carried.position).json()
        assert set(said["erased"]) == self.erased
        if said["over"]:
            carried.seen, carried.position = {}, 0
            return
        carried.seen.update((door["id"], door) for door in said["doors"])
        carried.position = said["position"]
        now = carried.phone.changes().json()["doors"]
        assert carried.seen == {door["id"]: door for door in now}

    # --- the organiser --------------------------------------------------------------------------

    @rule(which=ANY, what=st.sampled_from(["erases", "revokes", "reassigns", "accepts", "lets in"]))
    def the_organiser(self, which: int, what: str) -> None:
        if what == "erases":
            self.erase(which % HOUSES)
        elif what == "revokes":
            self.revoke(self.some(which))
        elif what == "reassigns":
            self.reassign()
        elif what == "accepts":
            self.look_through_the_tray(counts=which % 4 > 0)
        elif len(self.phones) < PHONES:
            self.phones.append(Carried(self.street.phone(f"Phone {len(self.phones)}", self.turf)))

    def revoke(self, carried: Carried) -> None:
        device = carried.phone.device.pk
        if device not in self.before_revocation:
            with tenant(self.campaign.pk):
                actions.take_back(self.campaign, [carried.phone.again()], by=SETUP)
                self.before_revocation[device] = self.ids(device)

    def reassign(self) -> None:
        """The walk comes back, and its doors are given out as another."""
        with tenant(self.campaign.pk):
            handing_out.retire(self.campaign, self.turf.pk, by=SETUP)
            self.turf = a_walk(self.campaign, self.street.doors, number=self.turf.number + 1)

    def erase(self, house: int) -> None:
        person = self.street.people[house]
        if person not in self.erased:
            for away in self.phones:  # an answer of theirs is on every phone, and comes afterwards
                self.record_one(away, house, "answered", 1)
            with tenant(self.campaign.pk):
                erase_person(self.campaign, person, by=SETUP, request="person")
            self.erased.add(person)

    def look_through_the_tray(self, *, counts: bool) -> None:
        with tenant(self.campaign.pk):
            for entry in tray.waiting(self.campaign):
                if entry.about == "late":
                    late = LateReport.objects.get(pk=entry.id)
                    tray.settle(self.campaign, "late", entry.id, counts=counts, by=SETUP)
                    self.accepted |= {str(late.report_id)} if counts else set()

    # --- the law --------------------------------------------------------------------------------

    @invariant()
    def what_is_acknowledged_is_there_once(self) -> None:
        with tenant(self.campaign.pk):
            rows = list(CanvassEvent.objects.values_list("id", "more", "person_id"))
            late = list(LateReport.objects.values_list("report_id", "content"))
            put_away = set(
                RefusedReport.objects.filter(erased=True).values_list("report_id", flat=True)
            )
            kept = {*EventClash.objects.values_list("event_id", flat=True)}
        marks = [more["mark"] for _id, more, _person in rows if more]
        assert len(marks) == len(set(marks)), "counted twice"
        reports = [report for report, _content in late]
        assert len(reports) == len(set(reports)), "waits twice"
        there = {str(each) for each in ({row[0] for row in rows} | {*reports} | kept | put_away)}
        assert self.acknowledged - there == set(), "acknowledged, and not there"
        people = {person for _id, _more, person in rows} | {
            content.get("person") for _report, content in late
        }
        assert people & self.erased == set(), "about somebody who was erased"
        gone = {str(each) for each in put_away}
        assert {self.made[each].get("person") for each in gone} <= self.erased | {None}

    @invariant()
    def what_is_not_acknowledged_is_on_the_phone(self) -> None:
        on_a_phone = {
            event["id"] for each in self.phones for event in (*each.unsent, *each.refused)
        }
        assert set(self.made) - self.acknowledged - self.destroyed - on_a_phone == set()

    @invariant()
    def after_a_phone_was_revoked_nothing_of_it_counts_but_what_was_accepted(self) -> None:
        with tenant(self.campaign.pk):
            for device, before in self.before_revocation.items():
                assert self.ids(device) - before - self.accepted == set()

    @invariant()
    def the_gaps_are_what_never_came(self) -> None:
        devices = {event["device"] for event in self.made.values()}
        with tenant(self.campaign.pk):
            shown = gaps.gaps_of(self.campaign, devices)
        for device in devices:
            missing = {n for first, last in shown.get(device, []) for n in range(first, last + 1)}
            assert missing == {*range(1, self.newest[device] + 1)} - self.arrived[device]

    def the_end(self) -> None:
        """Everything arrives: no phone has anything left to send, and the sums are those of the events."""
        if not self.phones:
            return
        for packet in self.ways:
            self.take_in(packet)
        for carried in self.phones:
            for _try in range(3):
                if carried.unsent:
                    self.on_its_way(carried, len(carried.unsent))
                    answer = self.take_in(self.ways[-1])
                    assert answer is not None, "the server answers nothing any more"
                    self.hear(answer)
            assert carried.unsent == []
        self.what_is_acknowledged_is_there_once()
        self.after_a_phone_was_revoked_nothing_of_it_counts_but_what_was_accepted()
        self.the_gaps_are_what_never_came()
        with tenant(self.campaign.pk):
            before = self.sums()
            places = set(CanvassEvent.objects.values_list("turf_id", "door_id"))
            people = set(Person.objects.values_list("pk", flat=True))
            intake.lock(self.campaign, places, people)
            intake.work_out(self.campaign, places, [], [])
            assert self.sums() == before, "the sums are not those of the events"

    def sums(self) -> tuple[Any, ...]:
        return (
            set(DoorStanding.objects.values_list("turf_id", "door_id", "visits", "last_kind")),
            set(Visit.objects.values_list("turf_id", "door_id", "device_id", "day", "answers")),
        )

    def some(self, which: int) -> Carried:
        return self.phones[which % len(self.phones)]

    def ids(self, device: int) -> set[str]:
        found = CanvassEvent.objects.filter(device_id=device).values_list("id", flat=True)
        return {str(each) for each in found}


def dying(statement: int | None, *, power: bool) -> Callable[..., Any]:
    """A server that dies before its n-th statement: its process, or only its database's disk."""
    sent = 0

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal sent
        counts = not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        sent += counts
        if counts and sent == statement:
            raise RuntimeError("power cut") if power else OperationalError("disk full")
        return execute(sql, params, many, context)

    return run


@pytest.mark.slow
@pytest.mark.django_db
def test_phones_server_and_network_keep_the_law() -> None:
    run_state_machine_as_test(
        Storm,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), database=None, report_multiple_bugs=False,
            phases=[Phase.generate],  # add Phase.shrink for a short story; it takes minutes
        ),
    )  # fmt: skip
