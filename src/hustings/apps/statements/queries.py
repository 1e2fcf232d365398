"""What the press desk shows: what waits, what is between us and them, and one record with all that was said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hustings.apps.accounts.queries import members_of
from hustings.apps.statements.access import node_of, words_behind
from hustings.apps.statements.drafting import person
from hustings.apps.statements.histories import history_of, met
from hustings.apps.statements.models import Countdown, Party, Refusal
from hustings.apps.statements.times import read_moment
from hustings.apps.statements.witnesses import searched as search_of
from hustings.core.ledger.hearing import SIGNED

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.apps.statements.witnesses import LogSearch
    from hustings.core.ledger.hearing import Heard

SIGNED_BY, HOPED, CLAIMED, DENIED, TOLD = "signed", "hoped", "claimed", "denied", "told"
"""How a word looks: green, grey, amber, red; and without a colour what is only told or published."""


@dataclass(frozen=True, slots=True)
class Word:
    """One card between us and them."""

    look: str
    row: Record
    words: str
    kind: str
    at: datetime
    ours: bool
    state: str
    evidence: str = SIGNED
    details: dict[str, Any] = field(default_factory=dict)


def parties_of(campaign: Campaign) -> QuerySet[Party]:
    """Everybody we exchange a word with."""
    return Party.objects.of(campaign).order_by("name", "pk")


def met_by(campaign: Campaign) -> set[str]:
    """The codes of those whose words were compared by telephone."""
    node = node_of(campaign)
    return met(campaign, history_of(campaign, node.name)) if node else set()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft and what it waits for; ``may_approve`` says whether this member is one of those."""

    row: Record
    said: dict[str, Any]
    state: str
    entered_by: str
    approved_by: list[str]
    needed: int
    may_approve: bool
    needs_delegate: bool
    countdown: Countdown | None = None


def drafts_of(ledger: Ledger, member: Membership) -> list[Draft]:
    """Drafts that are not signed yet, the newest first."""
    names = {person(one): one.called for one in members_of(member.campaign)}
    running = Countdown.objects.of(member.campaign).filter(ended_at=None)
    by_draft = {countdown.draft_id: countdown for countdown in running}
    found = []
    for one in ledger.heard("draft"):
        state = ledger.standing.drafts[one.name]
        approvals = ledger.about(one.name, "approval")
        mine = {one.said["enteredBy"], *(approval.said["by"] for approval in approvals)}
        row = ledger.rows[one.name]
        found.append(
            Draft(
                row, one.said, state.state, names.get(one.said["enteredBy"], ""),
                [names.get(code, "–") for code in state.approved_by], state.needed,
                may_approve=state.state != "sent" and person(member) not in mine,
                needs_delegate=bool(one.said.get("speaksForCandidate"))
                and not any(a.said["role"] == "delegate" for a in approvals),
                countdown=by_draft.get(row.pk),
            )
        )  # fmt: skip
    return found


def waiting_statements(ledger: Ledger) -> list[Word]:
    """Their statements that nobody accepted or declined yet."""
    found = []
    for one in ledger.heard("statement"):
        if one.by == ledger.us or one.evidence != SIGNED:
            continue
        answer = dict(ledger.standing.statements[one.name].answers).get(ledger.us, "received")
        if answer == "received":
            found.append(_statement(ledger, one))
    return found


def claims_to_withdraw(ledger: Ledger) -> list[Word]:
    """Claims of ours that were denied, and still stand."""
    words = [_claim(ledger, one) for one in ledger.heard("claim")]
    return [word for word in words if word.ours and word.state == "denied"]


def between(ledger: Ledger, party: Party) -> list[Word]:
    """All that stands between us and them, the newest first."""
    found = [
        _statement(ledger, one)
        for one in ledger.heard("statement")
        if one.by == party.code or (one.by == ledger.us and party.code in one.said["to"])
    ]
    found += [
        _claim(ledger, one)
        for one in ledger.heard("claim")
        if party.code in (one.said["about"], one.said["claimant"])
    ]
    found += [
        _hope(ledger, one)
        for one in ledger.heard("expectation")
        if party.code in (one.said["about"], one.by)
    ]
    return sorted(found, key=lambda word: (word.at, word.row.pk), reverse=True)


def word_for(ledger: Ledger, row: Record) -> Word | None:
    """One record as a card; None where it is no statement, claim or hope, or does not count."""
    one = ledger.standing.heard.get(row.name)
    if one is None:
        return None
    make = {"statement": _statement, "claim": _claim, "expectation": _hope}
    kind = one.said["type"]
    return make[kind](ledger, one) if kind in make else None


def log_search(campaign: Campaign, party: Party) -> LogSearch | None:
    """Their whole log searched for a word to us; None where it is not held here."""
    return search_of(campaign, party)


def searched(ledger: Ledger, party: Party) -> tuple[int, int]:
    """How many of their records we hold, and how many their log is known to have."""
    held = sum(1 for one in ledger.standing.heard.values() if one.by == party.code)
    return held, max(held, ledger.sizes.get(party.code, 0))


def refused(campaign: Campaign) -> QuerySet[Refusal]:
    """Bundles that were refused, the newest first."""
    return Refusal.objects.of(campaign).order_by("-id")[:20]


def party_of(ledger: Ledger, row: Record) -> Party | None:
    """Whom a record is by, about or to, other than us."""
    said = row.said
    codes = {
        said.get("about"),
        said.get("claimant"),
        said.get("by"),
        row.issuer,
        *said.get("to", []),
    }
    others = sorted(ledger.parties, key=lambda party: party.pk)
    return next((party for party in others if party.code in codes - {None, ledger.us}), None)


def behind(campaign: Campaign, row: Record) -> dict[str, str]:
    """What is kept beside the record about people, if it was not erased."""
    said = row.said
    commitment = said.get("calledBack") or said.get("toldBy")
    return (words_behind(campaign, commitment) or {"erased": ""}) if commitment else {}


def _statement(ledger: Ledger, one: Heard) -> Word:
    state = ledger.standing.statements[one.name]
    answers = dict(state.answers)
    ended = state.ended in ("withdrawn", "denied")
    look = DENIED if ended else SIGNED_BY if one.is_their_word else TOLD
    ours = one.by == ledger.us
    return Word(
        look, ledger.rows[one.name], one.said["body"], one.said["kind"],
        read_moment(one.said["created"]), ours,
        state.state if ours else state.ended or answers.get(ledger.us, "received"),
        one.evidence,
        {
            "public": one.said["public"],
            "not_before": _moment(one.said.get("notBefore")),
            "expires": _moment(one.said.get("expires")),
            "approved_by": [part["role"] for part in one.said.get("approvedBy", [])],
            "answers": answers,
            "ended": state.ended,
        },
    )  # fmt: skip


def _claim(ledger: Ledger, one: Heard) -> Word:
    state = ledger.standing.claims[one.name]
    responses = [
        {
            "decision": said.said["decision"], "text": said.said["text"],
            "authority": said.said["authority"], "at": read_moment(said.said["created"]),
            "evidence": said.evidence, "ours": said.by == ledger.us,
        }
        for said in ledger.about(one.name, "response")
    ]  # fmt: skip
    retractions = [
        {"reason": said.said["reason"], "at": read_moment(said.said["created"])}
        for said in ledger.about(one.name, "retraction")
    ]
    over = state.state in ("denied", "settled", "withdrawn")
    look = DENIED if over else SIGNED_BY if state.state == "confirmed" else CLAIMED
    return Word(
        look, ledger.rows[one.name], one.said["quote"], one.said["kind"],
        read_moment(one.said["when"]), one.said["claimant"] == ledger.us, state.state,
        one.evidence,
        {
            "where": one.said.get("where", ""),
            "responses": responses,
            "retractions": retractions,
            "withdrawn": state.withdrawn,
            "asked": bool(ledger.about(one.name, "query")),
            "of_us": one.said["about"] == ledger.us,
        },
    )  # fmt: skip


def _hope(ledger: Ledger, one: Heard) -> Word:
    state = ledger.standing.expectations[one.name]
    return Word(
        HOPED, ledger.rows[one.name], one.said["quote"], one.said["kind"],
        read_moment(one.said["created"]), one.by == ledger.us, state.state, one.evidence,
        {"due": _moment(one.said.get("due"))},
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return read_moment(text) if text else None
