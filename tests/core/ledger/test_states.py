"""Where things stand, case by case; the laws hold for any mixture of them."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.ledger.announcing import Announcement, may_announce
from hustings.core.ledger.canonical import digest
from hustings.core.ledger.states import Standing, fold
from tests.core.ledger.campaigns import urn

A, B, C = "alder", "birch", "cedar"
NOW = "2016-08-24T12:00:00Z"


def record(type_: str, issuer: str, day: int = 20, /, **fields: Any) -> dict[str, Any]:
    return {
        "id": urn(f"{type_} {issuer} {day} {sorted(fields.items())!r}"), "type": type_, "issuer": issuer,
        "created": f"2016-08-{day}T12:00:00Z", **fields,
    }  # fmt: skip


def statement(by: str = B, kind: str = "greeting", **more: Any) -> dict[str, Any]:
    fields = {"kind": kind, "to": [], "body": "Be well.", "lang": "en", "public": True, "seq": 0}
    return record("statement", by, **fields | more)


def response(
    of: dict[str, Any], decision: str, by: str = B, day: int = 20, authority: str = "press_office"
) -> dict[str, Any]:
    fields = {"of": digest(of), "decision": decision, "text": "t", "authority": authority}
    return record("response", by, day, **fields)


def report(inner: dict[str, Any], evidence: str, by: str = A) -> dict[str, Any]:
    return record("report", by, 21, by=inner["issuer"], evidence=evidence, source="s", record=inner)


CLAIM = record("claim", A, claimant=A, about=B, kind="support", quote="q", when=NOW)
HOPE = record("expectation", A, about=B, kind="support", quote="q", due="2016-08-25T00:00:00Z")
DRAFT = record("draft", A, kind="support", to=[B], body="b", enteredBy="ann")


def at(*records: dict[str, Any], now: str = NOW) -> Standing:
    return fold(records, now, us=A)


def approval(by: str, role: str = "press", node: str = A, of: Any = DRAFT) -> dict[str, Any]:
    return record("approval", node, of=digest(of), by=by, role=role)


@pytest.mark.parametrize(
    ("approvals", "state"),
    [
        ([], "drafted"),
        ([approval("ben")], "drafted"),
        ([approval("ann"), approval("ben")], "drafted"),
        ([approval("ben"), approval("ben", "manager")], "drafted"),
        ([approval("ben"), approval("cat", node=B)], "drafted"),
        ([approval("ben"), approval("cat")], "approved"),
        ([approval("ben"), approval("cat"), statement(A, draft=digest(DRAFT))], "sent"),
    ],
)
def test_a_draft_needs_two_people_other_than_who_entered_it(
    approvals: list[dict[str, Any]], state: str
) -> None:
    assert at(DRAFT, *approvals).drafts[digest(DRAFT)].state == state


def test_what_speaks_for_the_candidate_needs_the_candidate_or_a_delegate() -> None:
    draft = DRAFT | {"speaksForCandidate": True}
    two = [approval("ben", of=draft), approval("cat", of=draft)]

    assert at(draft, *two).drafts[digest(draft)].state == "drafted"
    for role in ("candidate", "delegate"):
        spoken = [*two, approval("dee", role, of=draft)]
        assert at(draft, *spoken).drafts[digest(draft)].state == "approved"


def test_a_statement_goes_from_sent_to_acknowledged_as_its_recipient_answers() -> None:
    sent = statement(to=[A])

    def receipt(decision: str, by: str = A, day: int = 21) -> dict[str, Any]:
        return record("receipt", by, day, of=digest(sent), decision=decision)

    def state(*more: dict[str, Any]) -> tuple[str, Any]:
        found = at(sent, *more).statements[digest(sent)]
        return found.state, dict(found.answers).get(A)

    announced = record("announcement", A, of=digest(sent), kind="greeting", quote="Be well.")
    assert state() == ("sent", None)
    assert state(receipt("received", by=C)) == ("sent", None)
    assert state(receipt("received")) == ("delivered", "received")
    assert state(receipt("declined")) == ("delivered", "declined")
    assert state(receipt("accepted"), receipt("received", day=22)) == ("acknowledged", "accepted")
    assert state(receipt("accepted"), receipt("declined", day=22)) == ("delivered", "declined")
    assert state(receipt("accepted"), announced) == ("acknowledged", "announced")
    assert state(receipt("declined"), announced) == ("delivered", "declined")


def test_a_statement_ends_by_its_maker_or_its_date_and_by_nobody_else() -> None:
    said = statement(expires="2016-08-24T12:00:01Z")
    name = digest(said)

    def state(*more: dict[str, Any], now: str = NOW) -> str:
        return at(said, *more, now=now).statements[name].state

    withdrawal = statement(kind="withdrawal", supersedes=name)
    newer = statement(kind="support", supersedes=name)
    assert state() == "sent"
    assert state(now="2016-08-24T12:00:01Z") == "expired"
    assert state(newer) == "superseded"
    assert state(newer, withdrawal) == "withdrawn"
    assert state(statement(C, kind="withdrawal", supersedes=name)) == "sent"
    assert state(report(withdrawal, "published")) == "withdrawn"
    assert state(report(withdrawal, "told")) == "sent"
    assert state(report(withdrawal, "called_back", by=C)) == "sent"


QUERY = record("query", A, 21, of=digest(CLAIM), to=B, due="2016-08-24T12:00:01Z")
RETRACTION = record("retraction", A, 22, of=digest(CLAIM), reason="r")
CORRECTION = statement(A, kind="correction", supersedes=digest(CLAIM))


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ([], "claimed"),
        ([QUERY], "queried"),
        ([{**QUERY, "due": NOW}], "unanswered"),
        ([QUERY, response(CLAIM, "confirm")], "confirmed"),
        ([response(CLAIM, "deny")], "denied"),
        ([response(CLAIM, "correct")], "corrected"),
        ([response(CLAIM, "deny", authority="third_party")], "disputed"),
        ([response(CLAIM, "deny", by=C)], "disputed"),
        ([response(CLAIM, "confirm", by=C)], "claimed"),
        ([response(CLAIM, "confirm", by=A)], "claimed"),
        ([response(CLAIM, "deny", by=C), response(CLAIM, "confirm")], "confirmed"),
        ([response(CLAIM, "confirm"), response(CLAIM, "deny", day=21)], "denied"),
        ([response(CLAIM, "confirm", day=21), response(CLAIM, "deny")], "confirmed"),
        ([RETRACTION], "withdrawn"),
        ([CORRECTION], "corrected"),
        ([record("retraction", C, of=digest(CLAIM), reason="r")], "claimed"),
        ([RETRACTION, response(CLAIM, "deny")], "settled"),
        ([RETRACTION, response(CLAIM, "confirm")], "withdrawn"),
        ([report(response(CLAIM, "deny"), "published")], "denied"),
        ([report(response(CLAIM, "deny"), "called_back")], "denied"),
        ([report(response(CLAIM, "deny"), "told")], "claimed"),
        ([report(response(CLAIM, "deny"), "published", by=C)], "claimed"),
        ([response(CLAIM, "confirm"), report(response(CLAIM, "deny", day=23), "published")], "confirmed"),
    ],
)  # fmt: skip
def test_a_claim_is_confirmed_or_denied_by_the_party_it_is_about_alone(
    more: list[dict[str, Any]], state: str
) -> None:
    assert at(CLAIM, *more).claims[digest(CLAIM)].state == state


def test_both_answers_of_one_party_are_shown() -> None:
    found = at(CLAIM, response(CLAIM, "confirm"), response(CLAIM, "deny", day=21))

    assert found.claims[digest(CLAIM)].answers == ("confirm", "deny")


@pytest.mark.parametrize(
    ("more", "now", "state"),
    [
        ([], NOW, "hoped"),
        ([], "2016-08-25T00:00:00Z", "lapsed"),
        ([statement(kind="greeting")], NOW, "hoped"),
        ([statement(kind="support")], NOW, "fulfilled"),
        ([statement(kind="endorsement", to=[A])], NOW, "fulfilled"),
        ([statement(kind="support", to=[C])], NOW, "hoped"),
        ([statement(C, kind="support")], NOW, "hoped"),
        ([report(statement(kind="support"), "called_back")], NOW, "fulfilled"),
        ([report(statement(kind="support"), "published")], NOW, "hoped"),
        ([response(HOPE, "deny")], NOW, "declined"),
        ([response(HOPE, "deny", by=C)], NOW, "hoped"),
    ],
)
def test_a_hope_stays_one_until_their_own_word_comes(
    more: list[dict[str, Any]], now: str, state: str
) -> None:
    assert at(HOPE, *more, now=now).expectations[digest(HOPE)].state == state


def test_a_withdrawn_word_fulfils_nothing() -> None:
    said = statement(kind="support")
    withdrawal = statement(kind="withdrawal", supersedes=digest(said))

    assert at(HOPE, said, withdrawal).expectations[digest(HOPE)].state == "hoped"


@pytest.mark.parametrize(
    ("of", "kind", "quote", "reason"),
    [
        (statement(), "greeting", "Be well.", "signed"),
        (statement(), "greeting", "Be", "signed"),
        (statement(kind="endorsement"), "support", "Be well.", "signed"),
        (report(statement(), "called_back"), "greeting", "Be well.", "called-back"),
        (report(statement(), "published"), "greeting", "Be well.", "not-confirmed"),
        (report(statement(), "called_back", by=C), "greeting", "Be well.", "not-confirmed"),
        (statement(), "support", "Be well.", "too-strong"),
        (statement(kind="support"), "endorsement", "Be well.", "too-strong"),
        (statement(kind="invitation"), "greeting", "Be well.", "too-strong"),
        (statement(kind="invitation"), "invitation", "Be well.", "signed"),
        (statement(), "greeting", "Be well!", "not-exact"),
        (statement(), "greeting", " ", "not-exact"),
        (statement(public=False), "greeting", "Be well.", "not-public"),
        (statement(notBefore="2016-08-24T12:00:01Z"), "greeting", "Be well.", "embargoed"),
        (statement(notBefore=NOW), "greeting", "Be well.", "signed"),
        (statement(expires=NOW), "greeting", "Be well.", "expired"),
        (statement(to=[C]), "greeting", "Be well.", "not-for-us"),
        (statement(C), "greeting", "Be well.", "not-on-record"),
        (CLAIM, "support", "q", "not-on-record"),
        (HOPE, "support", "q", "a-hope"),
    ],
)
def test_the_gate_says_why_not_and_what_instead(
    of: dict[str, Any], kind: str, quote: str, reason: str
) -> None:
    found = may_announce(at(of), Announcement(A, B, kind, quote, digest(of)), NOW)

    assert found.reason == reason
    assert found.allowed is (reason in ("signed", "called-back"))
    assert found.allowed or found.instead


def test_what_is_not_well_formed_is_passed_over_and_said() -> None:
    found = at(
        {"type": "telegram"}, statement() | {"kind": "praise"}, statement(kind="withdrawal"), CLAIM
    )

    assert list(found.claims) == [digest(CLAIM)]
    assert len(found.passed_over) == 3
    assert any("telegram" in sentence for sentence in found.passed_over)


def test_a_word_that_its_maker_denies_is_not_announced_and_one_that_others_deny_is() -> None:
    word = report(statement(), "called_back")
    wanted = Announcement(A, B, "greeting", "Be well.", digest(word))

    def reason(*records: dict[str, Any]) -> str:
        return may_announce(at(word, *records), wanted, NOW).reason

    assert reason() == "called-back"
    assert reason(response(word, "deny", by=C)) == "called-back"
    assert reason(report(response(word, "deny"), "told")) == "called-back"
    assert reason(report(response(word, "deny"), "published")) == "denied"
    assert reason(response(word, "deny")) == "denied"
    assert reason(response(word, "deny"), response(word, "confirm", day=22)) == "called-back"
