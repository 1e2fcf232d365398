"""The phantom message, through the actions: whatever is tried, it is not announced, and the states are those written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import receiving, told
from hustings.apps.statements.models import Arrival, Meeting, Party, Record
from hustings.apps.statements.publishing import published
from hustings.apps.statements.reading import Ledger, ledger_of
from hustings.core.ledger.canonical import canonical, digest
from hustings.core.ledger.keys import SecretKey
from hustings.core.ledger.proof import signed
from hustings.core.ledger.states import strongest
from tests.apps.statements.talking import Desk

WORDS = {
    "hoped": "hoped/expected; nothing received",
    "settled": "settled: denied and withdrawn",
}


@pytest.fixture(scope="module")
def story(test_data: Path) -> dict[str, Any]:
    text = (test_data / "vectors/statements/scenarios.json").read_text(encoding="utf-8")
    return next(one for one in json.loads(text) if one["id"] == "walthamstow-2016")


class Told:
    """The story, event by event, at Riverside's desk and (for what they sign) at Harbour's."""

    def __init__(self, story: dict[str, Any], us: Desk, them: Desk) -> None:
        self.us, self.them, self.events, self.expect = us, them, story["events"], story["expect"]
        self.party = us.meets(them)
        them.meets(us)
        self.made: list[Record] = []

    def until(self, last: int) -> Ledger:
        for event in self.events[len(self.made) : last + 1]:
            with tenant(self.us.campaign.pk):
                self.made.append(self._record(event))
        with tenant(self.us.campaign.pk):
            return ledger_of(self.us.campaign)

    def may_announce(self, kind: str, quote: str, of: str = "") -> Any:
        with tenant(self.us.campaign.pk):
            return receiving.permission(
                self.us.campaign, by_party=self.party.code, kind=kind, quote=quote, of=of
            )

    def _record(self, event: dict[str, Any]) -> Record:
        campaign, by, party = self.us.campaign, self.us.ada.actor, self.party
        when = datetime.fromisoformat(event["t"] if "T" in event["t"] else f"{event['t']}T11:00")
        when, quote = when.replace(tzinfo=UTC), event.get("quote", event.get("text", ""))
        match event["do"]:
            case "note":
                return told.word_of(
                    campaign, party, kind="support", body=quote, when=when, evidence="told",
                    source="an aide", by=by,
                )  # fmt: skip
            case "claim":
                return told.claim(
                    campaign, party, kind="support", quote=quote, when=when, where=event["where"],
                    told_by="an aide", by=by,
                )  # fmt: skip
            case "deny":
                return told.answer_of(
                    campaign, party, self.made[event["claim"]], decision="deny", text=quote,
                    authority="press_office", when=when, evidence="called_back", source="telephone",
                    call=told.Call("their press office", "01632 960 001", when, "Ada", "Ben"), by=by,
                )  # fmt: skip
            case "statement":
                return self.us.hears(self.them.bundle(self.them.says(quote, kind=event["kind"])))
            case "retract":
                claim = self.made[event["claim"]]
                return told.retract(campaign, claim, reason=event["reason"], by=by)
            case "expectation":
                return told.hope(campaign, party, kind=event["kind"], quote=quote, due=None, by=by)
        raise AssertionError(event)


@pytest.fixture
def walthamstow(story: dict[str, Any], riverside: Desk, harbour: Desk) -> Told:
    return Told(story, riverside, harbour)


def test_the_message_that_nobody_sent_rests_on_nothing_it_is_made_to_rest_on(
    walthamstow: Told,
) -> None:
    expected = walthamstow.expect[0]
    ledger = walthamstow.until(expected["after"])
    claim = walthamstow.made[1]

    assert ledger.standing.claims[claim.name].state == expected["claim_state"]
    for of in ("", *(one.name for one in walthamstow.made)):
        refused = walthamstow.may_announce("support", claim.said["quote"], of)
        assert not refused.allowed
        assert refused.sentence
    assert expected["label"] in walthamstow.may_announce("support", claim.said["quote"]).instead


def test_the_denial_and_the_retraction_reach_the_documented_states(walthamstow: Told) -> None:
    _, denied, _, settled, hoped = walthamstow.expect
    ledger = walthamstow.until(denied["after"])
    claim = walthamstow.made[1].name
    assert ledger.standing.claims[claim].state == denied["claim_state"]

    ledger = walthamstow.until(settled["after"])
    assert WORDS[ledger.standing.claims[claim].state] == settled["claim_state"]

    ledger = walthamstow.until(hoped["after"])
    hope = walthamstow.made[5].name
    assert WORDS[ledger.standing.expectations[hope].state] == hoped["expectation_state"]
    assert walthamstow.may_announce("fact", "aides", hope).reason == "a-hope"


def test_their_greeting_may_be_announced_as_a_greeting_in_their_words_and_as_nothing_more(
    walthamstow: Told,
) -> None:
    expected = walthamstow.expect[2]
    ledger = walthamstow.until(expected["after"])
    greeting = walthamstow.made[3]
    assert strongest(ledger.standing, walthamstow.party.code, ledger.us) == "greeting"

    for kind in expected["may_announce"]:
        assert walthamstow.may_announce(kind, greeting.said["body"], greeting.name).allowed
    for kind in expected["may_not_announce"]:
        refused = walthamstow.may_announce(kind, greeting.said["body"], greeting.name)
        assert refused.reason == "too-strong"
    admires = walthamstow.may_announce("greeting", "admires", greeting.name)
    assert admires.reason == "not-exact"


def test_the_action_refuses_and_writes_nothing(walthamstow: Told) -> None:
    walthamstow.until(1)
    campaign, claim = walthamstow.us.campaign, walthamstow.made[1]

    with tenant(campaign.pk):
        before = Record.objects.of(campaign).count()
        with pytest.raises(receiving.NotToBeAnnounced, match="No statement of theirs is on record"):
            receiving.announce(
                campaign, by_party=walthamstow.party.code, kind="support",
                quote=claim.said["quote"], of=claim.name, by=walthamstow.us.ada.actor,
            )  # fmt: skip
        assert Record.objects.of(campaign).count() == before


def written_past_the_program(desk: Desk, said: dict[str, Any]) -> Record:
    """A row as somebody with the database's password could write it."""
    row: Record = Record.objects.create(
        campaign=desk.campaign, name=digest(said), kind=said["type"], issuer=said["issuer"],
        content=canonical(said),
    )  # fmt: skip
    return row


def forged(issuer: str, key: SecretKey, type_: str, **fields: Any) -> dict[str, Any]:
    bare = {
        "id": uuid4().urn, "type": type_, "issuer": issuer, "created": "2016-08-21T11:00:00Z",
        **fields,
    }  # fmt: skip
    return signed(bare, key, f"{issuer}#{key.public.multikey}")


@pytest.mark.parametrize("party_too", [False, True], ids=["their-node", "an-invented-node"])
def test_a_phantom_written_straight_into_the_database_is_not_published(
    walthamstow: Told, *, party_too: bool
) -> None:
    walthamstow.until(1)
    desk, key = walthamstow.us, SecretKey(b"\x07" * 32)
    campaign = desk.campaign
    quote = "They condemned him because he wasn't electable."
    with tenant(campaign.pk):
        them = walthamstow.party.code
        if party_too:
            them = "node:zInvented"
            made = Party.objects.create(campaign=campaign, code=them, name="Harbour")
            Meeting.objects.create(
                campaign=campaign, party=made, note="hustings-met@v1\n", read_by="x", read_with="y"
            )
        phantom = written_past_the_program(
            desk, forged(them, key, "statement", kind="support", to=[], body=quote, lang="en",
                         public=True, seq=0),
        )  # fmt: skip
        Arrival.objects.create(
            campaign=campaign, record=phantom, bundle="hustings-bundle@v1\n", place=0, log_size=1
        )
        us = ledger_of(campaign).us
        written_past_the_program(
            desk, forged(us, key, "announcement", of=phantom.name, kind="support", quote=quote)
        )
        # Even an announcement that our own node signed rests on nothing then.
        from hustings.apps.statements.recording import say

        say(campaign, "announcement", of=phantom.name, kind="support", quote=quote)

        assert published(campaign) == []
        assert phantom.name in ledger_of(campaign).false
        refused = receiving.permission(
            campaign, by_party=them, kind="support", quote=quote, of=phantom.name
        )
        assert refused.reason == "not-on-record"


def test_what_they_did_send_is_announced_and_taken_out_when_they_withdraw_it(
    walthamstow: Told,
) -> None:
    walthamstow.until(2)
    us, them = walthamstow.us, walthamstow.them
    greeting = them.says("We wish you well.")
    heard = us.hears(them.bundle(greeting))
    with tenant(us.campaign.pk):
        receiving.decide(us.campaign, heard, accept=True, by=us.ada.actor)
        receiving.announce(
            us.campaign, by_party=them.node, kind="greeting", quote="wish you well",
            of=heard.name, by=us.ada.actor,
        )  # fmt: skip
        (item,) = published(us.campaign)
        assert (item.words, item.by, item.evidence) == ("wish you well", "Harbour", "signed")
        state = ledger_of(us.campaign).standing.statements[heard.name]
        assert dict(state.answers) == {us.node: "announced"}

    us.hears(them.bundle(them.says("We take it back.", kind="withdrawal", replaces=greeting.name)))

    with tenant(us.campaign.pk):
        assert published(us.campaign) == []
        assert ledger_of(us.campaign).standing.statements[heard.name].ended == "withdrawn"
