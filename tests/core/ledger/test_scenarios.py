"""The two published stories, told with signed records, reach the states that were written down for them."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.ledger.absence import search_log
from hustings.core.ledger.announcing import Announcement, Permission, may_announce
from hustings.core.ledger.canonical import canonical, digest
from hustings.core.ledger.checkpoint import Checkpoint
from hustings.core.ledger.fields import posix_seconds
from hustings.core.ledger.states import Standing, fold, strongest
from tests.core.conftest import Vectors
from tests.core.ledger.campaigns import Campaign

WORDS = {
    "hoped": "hoped/expected; nothing received",
    "settled": "settled: denied and withdrawn",
}


class Told:
    """A scenario, event by event, in the two campaigns' own logs."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.a, self.b = Campaign("Alder"), Campaign("Birch")
        self.events, self.expect = scenario["events"], scenario["expect"]
        self.records: list[dict[str, Any]] = []

    def until(self, last: int) -> Standing:
        for number in range(len(self.records), last + 1):
            self.records.append(self._record(self.events[number]))
        return fold(self.records, "2017-07-01T00:00:00Z", us=self.a.node)

    def may_announce(self, standing: Standing, kind: str, quote: str, of: str = "") -> Permission:
        wanted = Announcement(self.a.node, self.b.node, kind, quote, of)
        return may_announce(standing, wanted, "2017-07-01T00:00:00Z")

    def _record(self, event: dict[str, Any]) -> dict[str, Any]:
        speaker = self.a if event["by"].startswith("A") else self.b
        created = when(event["t"])
        quote = event.get("quote", event.get("text", ""))
        claims = [record for record in self.records if record["type"] == "claim"]
        of = digest(claims[-1]) if claims else ""
        match event["do"]:
            case "note":
                # An aide's word: kept as what it is, a report of something that was told.
                inner = bare_statement(self.b.node, created, event["text"])
                fields = {"by": self.b.node, "evidence": "told", "source": "aide", "record": inner}
                record = speaker.say("report", created=created, **fields)
            case "claim":
                record = speaker.say(
                    "claim", created=created, claimant=speaker.node, about=self.b.node, kind="support",
                    quote=quote, where=event["where"], when=created,
                )  # fmt: skip
            case "deny":
                record = speaker.say(
                    "response", created=created, of=of, decision="deny", text=quote,
                    authority="press_office",
                )  # fmt: skip
            case "statement":
                record = speaker.statement(event["kind"], quote, created=created)
            case "retract":
                record = speaker.say("retraction", created=created, of=of, reason=event["reason"])
            case "expectation":
                record = speaker.say(
                    "expectation",
                    created=created,
                    about=self.b.node,
                    kind=event["kind"],
                    quote=quote,
                )
            case "event_series":
                record = speaker.say(
                    "event", created=created, uid="tour", sequence=0, ics="0" * 64, host=speaker.node,
                    campaignEvent=not event["kind"].endswith("not a campaign event"),
                    places=event["places"],
                )  # fmt: skip
            case other:
                raise AssertionError(other)
        speaker.add(record)
        return record


def bare_statement(node: str, created: str, body: str) -> dict[str, Any]:
    return {
        "id": "urn:uuid:00000000-0000-4000-8000-000000000000", "type": "statement", "issuer": node,
        "created": created, "kind": "support", "to": [], "body": body, "lang": "en", "public": True,
        "seq": 0,
    }  # fmt: skip


def when(moment: str) -> str:
    """Times of day are not in the sources except «Monday evening»; noon stands for the others."""
    return f"{moment}:00Z" if "T" in moment else f"{moment}T11:00:00Z"


@pytest.fixture
def walthamstow(vectors: Vectors) -> Told:
    return scenario(vectors, "walthamstow-2016")


@pytest.fixture
def hay(vectors: Vectors) -> Told:
    return scenario(vectors, "hay-tour-2017")


def scenario(vectors: Vectors, name: str) -> Told:
    found = {one["id"]: one for one in vectors.json("statements/scenarios.json")}
    return Told(found[name])


def test_a_message_nobody_sent_cannot_be_announced(walthamstow: Told) -> None:
    expected = walthamstow.expect[0]
    standing = walthamstow.until(expected["after"])
    claim = walthamstow.records[1]

    assert standing.claims[digest(claim)].state == expected["claim_state"]
    # Whatever it is made to rest on: nothing, the claim itself, or what the aide was told.
    for of in ("", *map(digest, walthamstow.records)):
        refused = walthamstow.may_announce(standing, "support", claim["quote"], of)
        assert not refused.allowed
        assert refused.sentence
    nothing = walthamstow.may_announce(standing, "support", claim["quote"])
    assert nothing.sentence == "No statement of theirs is on record for this."
    assert expected["label"] in nothing.instead
    told = digest(walthamstow.records[0])
    assert walthamstow.may_announce(standing, "support", "message", told).reason == "not-confirmed"


def test_the_whole_log_of_the_other_holds_no_message(walthamstow: Told) -> None:
    walthamstow.until(1)
    b = walthamstow.b
    head = Checkpoint(b.origin, b.log.size, b.log.root)

    searched = search_log(
        [*map(canonical, b.records)], head, lambda one: one["type"] == "statement"
    )

    assert searched.found == ()
    assert str(searched) == "No message on record (searched 0 of 0 records of birch.example/log)."


def test_the_denial_denies_and_the_retraction_settles(walthamstow: Told) -> None:
    _, denied, _, settled, _ = walthamstow.expect
    standing = walthamstow.until(denied["after"])
    claim = digest(walthamstow.records[1])
    assert standing.claims[claim].state == denied["claim_state"]

    standing = walthamstow.until(settled["after"])

    state = standing.claims[claim]
    assert WORDS[state.state] == settled["claim_state"]
    assert (state.answers, state.withdrawn) == (("deny",), True)
    seconds = posix_seconds(walthamstow.records[2]["created"]) - posix_seconds(
        walthamstow.records[1]["created"]
    )
    assert seconds / 3600 == pytest.approx(settled["hours_claim_to_denial_about"], abs=1)


def test_the_greeting_may_be_announced_as_a_greeting_and_as_nothing_more(walthamstow: Told) -> None:
    expected = walthamstow.expect[2]
    standing = walthamstow.until(expected["after"])
    greeting = walthamstow.records[3]
    strength = strongest(standing, walthamstow.b.node, walthamstow.a.node)

    assert (strength == "greeting") is expected["greeting_from_B"]
    assert expected["support_from_B"] == "none"
    for kind in expected["may_announce"]:
        assert walthamstow.may_announce(standing, kind, greeting["body"], digest(greeting)).allowed
    for kind in expected["may_not_announce"]:
        refused = walthamstow.may_announce(standing, kind, greeting["body"], digest(greeting))
        assert refused.reason == "too-strong"
    admires = walthamstow.may_announce(standing, "greeting", "admires Mr. Corbyn", digest(greeting))
    assert admires.reason == "not-exact"


def test_aides_who_were_due_are_a_hope_and_nothing_else(walthamstow: Told) -> None:
    expected = walthamstow.expect[4]
    standing = walthamstow.until(expected["after"])
    hope = digest(walthamstow.records[5])

    assert WORDS[standing.expectations[hope].state] == expected["expectation_state"]
    assert (
        strongest(standing, walthamstow.b.node, walthamstow.a.node) == "endorsement"
    ) is expected["counts_as_endorsement"]
    assert walthamstow.may_announce(standing, "fact", "aides", hope).reason == "a-hope"


def test_a_hoped_for_endorsement_a_fact_and_a_book_tour_are_three_things(hay: Told) -> None:
    first, last = hay.expect
    standing = hay.until(first["after"])
    hope = digest(hay.records[0])
    assert standing.expectations[hope].state == first["state"]
    assert not hay.may_announce(standing, "endorsement", "hopes", hope).allowed

    standing = hay.until(last["after"])

    events = [record for record in hay.records if record["type"] == "event"]
    assert [event["campaignEvent"] for event in events] == [last["events_are_campaign_events"]]
    assert strongest(standing, hay.b.node, hay.a.node) == ""
    assert last["endorsement"] == "none on record"
    assert standing.expectations[hope].state == "hoped"
    fact = hay.records[1]
    assert hay.may_announce(standing, "fact", fact["body"], digest(fact)).reason == "not-on-record"
