"""
Two servers in any weather: whatever is lost, doubled, late, replayed, forged or rolled back, in the end both hold the
same, or one refused loudly and kept the evidence.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings, target
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import calling, sending
from hustings.apps.exchange.access import leaves_of, log_size
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.calling import Answer, NoAnswer
from hustings.apps.exchange.files import give_file, take_file
from hustings.apps.exchange.following import counting, roots_at
from hustings.apps.exchange.models import Alarm, PeerHead
from hustings.apps.exchange.packing import pack
from hustings.apps.exchange.sending import is_behind, send, signed
from hustings.apps.statements import receiving, told
from hustings.apps.statements.histories import history_of
from hustings.apps.statements.models import Head, Record
from hustings.apps.statements.node import take_next_keys
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.recording import say
from hustings.core.exchange.signed_request import Request
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.note import read_note
from tests.apps.cast import SETUP
from tests.apps.exchange.liar import Stolen, shows, shrunken, with_a_phantom
from tests.apps.exchange.wire import Wire, address, delivered
from tests.apps.statements.talking import Desk

if TYPE_CHECKING:
    from hustings.apps.exchange.sending import Sent
    from hustings.apps.statements.models import Party

SIDES = st.sampled_from(["riverside", "harbour"])
WEATHER = st.sampled_from(
    ["clear", "clear", "clear", "lost", "answer lost", "server crashes", "caller crashes", "doubled", "changed"]
)  # fmt: skip


class Crash(Exception):
    """The process ends here; what was not committed is gone."""


def crashes(*_arguments: object, **_options: object) -> None:
    """What a power cut does."""
    raise Crash


class Two:
    """What stays the same in every example: two campaigns with keys, who met, and the wire."""

    wire: Wire
    desks: dict[str, Desk]
    parties: dict[str, Party]


class TwoServers(RuleBasedStateMachine):
    """Every rule is something that happens on one of the two servers, or on the way between them."""

    two: Two

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel("2027-06-13T12:00:00Z", tick=False)
        self.time = self.clock.start()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.wire = self.two.wire
        self.wire.passed.clear()
        self.sheets = {name: desk.sheet for name, desk in self.two.desks.items()}
        self.liars: set[str] = set()
        self.held: list[tuple[str, str]] = []
        self.sticks: list[tuple[str, str]] = []

    def teardown(self) -> None:
        try:
            self.in_the_end()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.clock.stop()
            for desk in self.two.desks.values():
                for file in (Path(django_settings.KEYS_FOLDER) / str(desk.campaign.pk)).iterdir():
                    if not file.name.endswith("-0"):
                        file.unlink()

    # --- who is who

    def desk(self, name: str) -> Desk:
        return self.two.desks[name]

    def other(self, name: str) -> Desk:
        return self.two.desks["harbour" if name == "riverside" else "riverside"]

    def peer(self, name: str) -> Party:
        """The other one, as this side knows it."""
        return self.two.parties[name]

    def a_second_passes(self, seconds: int = 1) -> None:
        self.time.shift(timedelta(seconds=seconds))

    # --- what is said

    @rule(who=SIDES, openly=st.booleans())
    def says(self, who: str, *, openly: bool) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        with tenant(desk.campaign.pk):
            say(
                desk.campaign, "statement", kind="greeting", body=f"Words of {who}.", lang="en",
                to=[] if openly else [self.peer(who).code], public=openly, seq=0,
            )  # fmt: skip

    @rule(who=SIDES)
    def withdraws_the_last(self, who: str) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        with tenant(desk.campaign.pk):
            last = (
                Record.objects.of(desk.campaign)
                .filter(kind="statement", issuer=desk.node).order_by("-id").first()
            )  # fmt: skip
            if last is not None:
                said = last.said
                say(
                    desk.campaign, "statement", kind="withdrawal", body="We take it back.",
                    lang="en", to=said["to"], public=said["public"], seq=0, supersedes=last.name,
                )  # fmt: skip

    @rule(who=SIDES)
    def claims(self, who: str) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        told.claim(
            desk.campaign, self.peer(who), kind="support", quote="They are with us.",
            when=timezone.now(), by=SETUP,
        )  # fmt: skip

    @rule(who=SIDES)
    def decides_about_what_came(self, who: str) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        with tenant(desk.campaign.pk):
            ledger = ledger_of(desk.campaign)
            for one in ledger.heard("claim"):
                if one.said["about"] == ledger.us and not ledger.about(one.name, "response"):
                    told.respond(
                        desk.campaign, ledger.rows[one.name], decision="deny", text="We did not.",
                        authority="press_office", by=SETUP,
                    )  # fmt: skip
            for one in ledger.heard("statement"):
                answers = dict(ledger.standing.statements[one.name].answers)
                if one.by != ledger.us and answers.get(ledger.us) == "received":
                    receiving.decide(desk.campaign, ledger.rows[one.name], accept=True, by=SETUP)

    # --- how it travels

    def calls_once(self, who: str, weather: str = "clear") -> Sent | None:
        desk = self.desk(who)
        self.wire.carry = getattr(self, "_" + weather.replace(" ", "_"))
        with pytest.MonkeyPatch.context() as here, tenant(desk.campaign.pk):
            if weather == "caller crashes":
                # Before anything of the answer was written; the other server has committed its part.
                here.setattr(sending, "take_in", crashes)
            try:
                return send(self.peer(who), by=SETUP)
            except Crash:
                return None
            finally:
                self.wire.carry = delivered

    @rule(who=SIDES, weather=WEATHER)
    def calls(self, who: str, weather: str) -> None:
        self.a_second_passes()
        self.calls_once(who, weather)

    @rule(
        who=SIDES,
        weather=st.sampled_from(
            ["lost", "answer lost", "server crashes", "caller crashes", "doubled"]
        ),
    )
    def says_something_in_bad_weather(self, who: str, weather: str) -> None:
        self.says(who, openly=False)
        self.calls(who, weather)

    _clear = _caller_crashes = staticmethod(delivered)

    @staticmethod
    def _lost(request: Request) -> Answer:
        raise NoAnswer("The request was lost.")

    @staticmethod
    def _answer_lost(request: Request) -> Answer:
        delivered(request)
        raise NoAnswer("The answer was lost.")

    @staticmethod
    def _server_crashes(request: Request) -> Answer:
        with contextlib.suppress(Crash), transaction.atomic():
            delivered(request)
            crashes()
        raise NoAnswer("The connection was broken.")

    @staticmethod
    def _doubled(request: Request) -> Answer:
        first, second = delivered(request), delivered(request)
        assert second.status == 401, "A request was taken twice."
        return first

    @staticmethod
    def _changed(request: Request) -> Answer:
        body = bytearray(request.body)
        body[len(body) // 2] ^= 1
        answer = delivered(replace(request, body=bytes(body)))
        assert answer.status == 401, "A request that was changed was taken."
        raise NoAnswer("The request was changed on its way, and refused.")

    @precondition(lambda self: self.wire.passed)
    @rule(which=st.integers(0, 99), times=st.integers(1, 3))
    def somebody_replays_what_passed(self, which: int, times: int) -> None:
        request, _answer = self.wire.passed[which % len(self.wire.passed)]
        self.a_second_passes()
        for _ in range(times):
            assert delivered(request).status == 401, "A request was taken a second time."

    @rule(who=SIDES)
    def packs_what_will_leave_later(self, who: str) -> None:
        with tenant(self.desk(who).campaign.pk):
            self.held.append((who, str(pack(self.peer(who), 0))))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9))
    def what_was_packed_leaves_out_of_order(self, which: int) -> None:
        who, parcel = self.held.pop(which % len(self.held))
        desk = self.desk(who)
        with tenant(desk.campaign.pk):
            request = signed(
                desk.campaign,
                Request("POST", f"{address(self.other(who))}exchange/inbox", {}, parcel.encode()),
            )
        self.wire.passed.append((request, delivered(request)))

    @rule(who=SIDES)
    def gives_a_stick(self, who: str) -> None:
        self.sticks.append((who, give_file(self.desk(who).campaign, self.peer(who), by=SETUP)))

    @precondition(lambda self: self.sticks)
    @rule(which=st.integers(0, 9))
    def a_stick_is_taken(self, which: int) -> None:
        who, text = self.sticks[which % len(self.sticks)]
        self.a_second_passes()
        try:
            take_file(self.other(who).campaign, text, by=SETUP)
        except Alarming:
            assert who in self.liars

    # --- keys, and those who hold them

    @rule(who=SIDES, stolen=st.booleans())
    def takes_the_next_keys(self, who: str, *, stolen: bool) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        since = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ") if stolen else ""
        words = " ".join(self.sheets[who].next_keys)
        self.sheets[who] = take_next_keys(desk.campaign, words, stolen_since=since, by=SETUP)

    @rule(who=SIDES, back=st.integers(0, 3))
    def somebody_with_the_keys_shows_another_log(self, who: str, back: int) -> None:
        desk = self.desk(who)
        self.a_second_passes()
        with tenant(desk.campaign.pk):
            after = max(log_size(desk.campaign) - back, 0)
        seen = self.seen_of(who)
        stolen = Stolen.of(desk)
        if after < stolen.history.now.log_size:
            return  # the keys of now sign nothing that early
        parcel = with_a_phantom(desk, self.peer(who), after, stolen)
        answer = shows(desk, self.other(who), parcel)
        self.liars.add(who)
        if after < seen:
            assert answer.status == 409, "A fork was taken."

    @rule(who=SIDES, back=st.integers(1, 3))
    def somebody_shows_less_of_the_log(self, who: str, back: int) -> None:
        desk = self.desk(who)
        with tenant(desk.campaign.pk):
            size = log_size(desk.campaign) - back
        if size < 1:
            return
        seen = self.seen_of(who)
        parcel = shrunken(desk, self.peer(who), size)
        self.a_second_passes(120)
        answer = shows(desk, self.other(who), parcel)
        if size < seen:
            self.liars.add(who)
            assert answer.status == 409, "A log that shrank was taken."

    def seen_of(self, who: str) -> int:
        """How much of this side's log the other one saw, by the heads that it stands for."""
        other = self.other(who)
        party = self.two.parties["harbour" if who == "riverside" else "riverside"]
        with tenant(other.campaign.pk):
            heads = counting(party, history_of(other.campaign, party.code))
            return heads[0].size if heads else 0

    # --- what always holds

    @invariant()
    def nothing_is_receipted_twice(self) -> None:
        for desk in self.two.desks.values():
            with tenant(desk.campaign.pk):
                rows = Record.objects.of(desk.campaign).filter(kind="receipt", issuer=desk.node)
                said = [(row.said["of"], row.said["decision"]) for row in rows]
            assert len(said) == len(set(said)), "A receipt was given twice."

    @invariant()
    def the_heads_that_were_seen_are_of_one_log(self) -> None:
        for name, desk in self.two.desks.items():
            party = self.two.parties[name]
            with tenant(desk.campaign.pk):
                leaves = leaves_of(party)
                heads = {
                    head.size: Checkpoint.of_text(read_note(head.note).text).root
                    for head in counting(party, history_of(desk.campaign, party.code))
                }
                roots = roots_at(leaves, set(heads))
            assert {size: heads[size] for size in roots} == roots, "Two logs were co-signed."

    def nobody_is_said_to_have_said_what_they_did_not(self) -> None:
        for name, desk in self.two.desks.items():
            other = self.other(name)
            with tenant(other.campaign.pk):
                theirs = set(Record.objects.of(other.campaign).values_list("name", flat=True))
            with tenant(desk.campaign.pk):
                held = {
                    row.name for row in ledger_of(desk.campaign).rows.values()
                    if row.issuer == other.node
                }  # fmt: skip
            liar = "harbour" if name == "riverside" else "riverside"
            assert held <= theirs or liar in self.liars

    # --- and in the end

    def in_the_end(self) -> None:
        self.a_second_passes(180)
        quiet = 0
        while quiet < 2:
            for who in self.two.desks:
                sent = self.calls_once(who)
                assert sent is not None
                quiet = 0 if sent.more else quiet + 1
        self.nobody_is_said_to_have_said_what_they_did_not()
        self.nothing_is_receipted_twice()
        self.the_heads_that_were_seen_are_of_one_log()
        for who in self.two.desks:
            other = "harbour" if who == "riverside" else "riverside"
            if who in self.liars:
                self.evidence_is_kept(other, against=who)
            else:
                assert self.alarms(other) == [], "An honest campaign was accused."
        if not self.liars:
            self.both_hold_the_same()

    def alarms(self, who: str) -> list[Alarm]:
        desk = self.desk(who)
        with tenant(desk.campaign.pk):
            return list(Alarm.objects.of(desk.campaign))

    def evidence_is_kept(self, at: str, *, against: str) -> None:
        """Both heads are signed by the same log, and cannot both be of it."""
        alarms = self.alarms(at)
        if not alarms:
            self.what_was_shown_was_put_aside(at, against)
            return
        desk = self.desk(at)
        with tenant(desk.campaign.pk):
            history = history_of(desk.campaign, self.desk(against).node)
        for alarm in alarms:
            seen, shown = read_note(alarm.seen), read_note(alarm.shown)
            before, after = Checkpoint.of_text(seen.text), Checkpoint.of_text(shown.text)
            for note in (seen, shown):
                assert any(note.signed_by(event.log) for event in history.events)
            leaves = [bytes.fromhex(line) for line in alarm.proof.split()]
            roots = roots_at(leaves, {after.size, min(before.size, len(leaves))})
            assert roots[after.size] == after.root
            if alarm.kind == "shrank":
                assert after.size < before.size
            elif before.size <= after.size:
                assert roots[before.size] != before.root

    def what_was_shown_was_put_aside(self, at: str, against: str) -> None:
        """No alarm: then the keys were changed as stolen, and nothing of the thief's counts."""
        desk, liar = self.desk(at), self.desk(against)
        with tenant(desk.campaign.pk):
            held = {
                row.name for row in ledger_of(desk.campaign).rows.values() if row.issuer == liar.node
            }  # fmt: skip
        with tenant(liar.campaign.pk):
            true = set(Record.objects.of(liar.campaign).values_list("name", flat=True))
        assert held <= true, "A lie was believed, and nothing says so."

    def both_hold_the_same(self) -> None:
        folded = []
        for name, desk in self.two.desks.items():
            party = self.two.parties[name]
            other = self.other(name)
            with tenant(other.campaign.pk):
                size = log_size(other.campaign)
                root = Checkpoint.of_text(
                    read_note(Head.objects.of(other.campaign).get(size=size).note).text
                ).root if size else b""  # fmt: skip
            with tenant(desk.campaign.pk):
                assert not is_behind(party), "Something is left to be sent."
                leaves = leaves_of(party)
                assert len(leaves) == size
                assert not size or roots_at(leaves, {size})[size] == root
                assert PeerHead.objects.of(desk.campaign).filter(size=size).exists() or not size
                standing = ledger_of(desk.campaign).standing
                folded.append((dict(standing.statements), dict(standing.claims)))
        assert folded[0] == folded[1], "The two sides see different states."
        target(float(len(folded[0][0])))


@pytest.fixture
def two(wire: Wire, riverside: Desk, harbour: Desk, settings: Any, tmp_path: Path) -> Two:
    made = Two()
    before = Path(settings.KEYS_FOLDER)
    settings.KEYS_FOLDER = tmp_path / "keys"
    made.wire = wire
    made.desks = {"riverside": riverside, "harbour": harbour}
    for desk in made.desks.values():
        shutil.copytree(
            before / str(desk.campaign.pk), Path(settings.KEYS_FOLDER) / str(desk.campaign.pk)
        )
    with time_machine.travel("2027-06-13T11:00:00Z", tick=False):
        there, here = wire.connect(riverside, harbour)
    made.parties = {"riverside": there, "harbour": here}
    return made


def test_two_servers_in_any_weather(two: Two) -> None:
    TwoServers.two = two
    run_state_machine_as_test(
        TwoServers,
        settings=settings(
            max_examples=12, stateful_step_count=16, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_thousand_replays_change_nothing(wire: Wire, riverside: Desk, harbour: Desk) -> None:
    there, _here = wire.connect(riverside, harbour)
    riverside.says()
    wire.brings(riverside, there)
    with tenant(harbour.campaign.pk):
        before = Record.objects.of(harbour.campaign).count()

    for number in range(1_000):
        request, _answer = wire.passed[number % len(wire.passed)]
        assert delivered(request).status == 401

    with tenant(harbour.campaign.pk):
        assert Record.objects.of(harbour.campaign).count() == before
        assert not Alarm.objects.exists()
    assert calling.call is wire
