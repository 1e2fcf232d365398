"""A stick does what a wire does: the same rows on both sides; and «no message on record» is said of a whole log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.files import give_file, take_file
from hustings.apps.exchange.models import (
    Alarm,
    Contact,
    Cosignature,
    Delivery,
    PeerEntry,
    PeerHead,
    Taken,
)
from hustings.apps.exchange.taking import NotForUs, NotMet
from hustings.apps.statements import told
from hustings.apps.statements.models import Arrival, Record
from hustings.apps.statements.queries import log_search
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.exchange.wire import Wire
from tests.apps.statements.talking import Desk, a_desk

if TYPE_CHECKING:
    from hustings.apps.statements.models import Party

WHEN = "2016-08-22T19:00:00+00:00"


def carries(one: Desk, party: Party, other: Desk, back: Party) -> None:
    """A stick there, back with the answer, and there once more, as a wire goes."""
    for giver, to, taker in ((one, party, other), (other, back, one), (one, party, other)):
        take_file(taker.campaign, give_file(giver.campaign, to, by=SETUP), by=SETUP)


def a_conversation(one: Desk, there: Party, other: Desk) -> None:
    """A statement to everyone, one for them alone, and a claim about them."""
    from datetime import datetime

    one.says("We wish you well.")
    one.says("Between us: thank you.", public=False, to=[other.node])
    with tenant(one.campaign.pk):
        claim = told.claim(
            one.campaign, there, kind="support", quote="They are with us.",
            when=datetime.fromisoformat(WHEN), by=SETUP,
        )  # fmt: skip
        told.ask(one.campaign, claim, by=SETUP)


def rows_of(desk: Desk) -> dict[str, Any]:
    """What is held, by what it is and not by when or with which keys."""
    with tenant(desk.campaign.pk):
        campaign = desk.campaign
        ledger = ledger_of(campaign)
        body = {
            row.pk: (row.kind, row.said.get("body", row.said.get("quote", "")))
            for row in Record.objects.all()
        }
        return {
            "records": sorted(body.values()),
            "arrivals": sorted(body[row.record_id] for row in Arrival.objects.all()),
            "deliveries": sorted((body[row.record_id], row.state) for row in Delivery.objects.all()),
            "taken": sorted(row.sentence for row in Taken.objects.all()),
            "entries": [row.content is None for row in PeerEntry.objects.order_by("place")],
            "heads": sorted(set(PeerHead.objects.values_list("size", flat=True))),
            "seen": sorted(set(Cosignature.objects.values_list("head__size", flat=True))),
            "statements": sorted(one.state for one in ledger.standing.statements.values()),
            "claims": sorted(one.state for one in ledger.standing.claims.values()),
            "false": ledger.false,
        }  # fmt: skip


def test_a_stick_leaves_the_same_rows_as_a_wire(wire: Wire, riverside: Desk, harbour: Desk) -> None:
    there, _here = wire.connect(riverside, harbour)
    a_conversation(riverside, there, harbour)
    wire.brings(riverside, there)
    assert len(wire.passed) == 2
    one, other = (a_desk(create_campaign(name, name)) for name in ("alder", "birch"))
    party, back = one.meets(other), other.meets(one)
    a_conversation(one, party, other)

    carries(one, party, other, back)

    assert rows_of(one) == rows_of(riverside)
    assert rows_of(other) == rows_of(harbour)
    assert rows_of(other)["claims"] == ["queried"]
    assert len(rows_of(riverside)["deliveries"]) == 4
    assert rows_of(riverside)["statements"] == ["delivered", "delivered"]


def test_a_stick_taken_a_second_time_changes_nothing(riverside: Desk, harbour: Desk) -> None:
    party, _back = riverside.meets(harbour), harbour.meets(riverside)
    riverside.says()
    text = give_file(riverside.campaign, party, by=SETUP)
    take_file(harbour.campaign, text, by=SETUP)
    before = rows_of(harbour)

    again = [take_file(harbour.campaign, text, by=SETUP)[1].new for _ in range(3)]

    assert again == [0, 0, 0]
    assert rows_of(harbour) == before


def test_a_stick_of_last_week_is_old_and_no_alarm(riverside: Desk, harbour: Desk) -> None:
    party = riverside.meets(harbour)
    harbour.meets(riverside)
    riverside.says()
    old = give_file(riverside.campaign, party, by=SETUP)
    riverside.says("And more.")
    take_file(harbour.campaign, give_file(riverside.campaign, party, by=SETUP), by=SETUP)

    _party, outcome = take_file(harbour.campaign, old, by=SETUP)

    assert (outcome.new, outcome.refused) == (0, [])
    with tenant(harbour.campaign.pk):
        assert not Alarm.objects.exists()


def test_a_stick_for_another_or_from_nobody_is_refused(
    riverside: Desk, harbour: Desk, db: None
) -> None:
    party = riverside.meets(harbour)
    riverside.says()
    text = give_file(riverside.campaign, party, by=SETUP)
    hillside = a_desk(create_campaign("hillside", "Hillside"))

    with pytest.raises(NotMet, match="from nobody whose card is here"):
        take_file(harbour.campaign, text, by=SETUP)
    harbour.meets(riverside, spoke=False)
    with pytest.raises(NotMet, match="not met yet"):
        take_file(harbour.campaign, text, by=SETUP)
    hillside.meets(riverside)
    with pytest.raises(NotForUs):
        take_file(hillside.campaign, text, by=SETUP)
    for junk in ("", "{}", "x" * 100, text[:-2]):
        with pytest.raises(BadInput):
            take_file(hillside.campaign, junk, by=SETUP)


def test_a_stick_with_another_log_is_refused_loudly_and_the_contact_says_why(
    riverside: Desk, harbour: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    party = riverside.meets(harbour)
    harbour.meets(riverside)
    riverside.says()
    take_file(harbour.campaign, give_file(riverside.campaign, party, by=SETUP), by=SETUP)
    forked = json.loads(a_forked_stick(riverside, party))

    with pytest.raises(Alarming, match="is forked"):
        take_file(harbour.campaign, json.dumps(forked), by=SETUP)

    with tenant(harbour.campaign.pk):
        alarm = Alarm.objects.get()
        assert (alarm.kind, alarm.party.code) == ("fork", riverside.node)
        assert alarm.shown == forked["log"]["checkpoint"]
        assert len(alarm.proof.split()) == 2
        assert not Contact.objects.order_by("-id")[0].good


def a_forked_stick(desk: Desk, party: Party) -> str:
    """What this campaign would give if it had said something else from the beginning on."""
    import json

    from hustings.apps.statements.node import secrets_now
    from hustings.core.ledger.checkpoint import Checkpoint
    from hustings.core.ledger.merkle import root_of
    from hustings.core.ledger.note import to_base64

    parcel = json.loads(give_file(desk.campaign, party, by=SETUP))
    leaves = [b"\1" * 32, b"\2" * 32]
    with tenant(desk.campaign.pk):
        history, keys = secrets_now(desk.campaign)
    note = Checkpoint(history.now.record["origin"], 2, root_of(leaves)).sign(keys.key("log"))
    entries = [{"leaf": to_base64(leaf)} for leaf in leaves]
    return json.dumps(
        parcel | {"log": {"checkpoint": str(note), "start": 0, "entries": entries}, "bundles": []}
    )


def test_no_message_on_record_is_said_of_the_whole_log_and_says_what_could_not_be_read(
    riverside: Desk, harbour: Desk
) -> None:
    hillside = a_desk(create_campaign("hillside", "Hillside"))
    party, here = riverside.meets(harbour), harbour.meets(riverside)
    harbour.meets(hillside)
    harbour.says("Our opening hours.", kind="fact")
    harbour.says("For Hillside.", kind="endorsement", public=False, to=[hillside.node])
    with tenant(riverside.campaign.pk):
        assert log_search(riverside.campaign, party) is None
    take_file(riverside.campaign, give_file(harbour.campaign, here, by=SETUP), by=SETUP)

    with tenant(riverside.campaign.pk):
        search = log_search(riverside.campaign, party)
    assert search is not None
    assert (search.found, search.searched, search.records) == (0, 1, 2)
    assert search.cosigned_by == ("Riverside",)

    harbour.says("We wish you well.", to=[riverside.node])
    take_file(riverside.campaign, give_file(harbour.campaign, here, by=SETUP), by=SETUP)
    with tenant(riverside.campaign.pk):
        search = log_search(riverside.campaign, party)
    assert search is not None
    assert (search.found, search.searched, search.records) == (1, 2, 3)
